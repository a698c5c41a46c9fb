"""Two matters look alike and are not the same: it is said once, with who and when, and taken back."""

from collections.abc import Callable

import pytest

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.models import Event
from luukku.desk.access import get_case
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.joining.apart import may_be_same, say_not_same
from luukku.desk.models import Case, Leg, NotSame
from luukku.desk.queries.apart import apart_from
from luukku.desk.queries.case_page import case_page
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


@pytest.fixture
def alike(send: Callable[..., Case], cast: Cast) -> tuple[Case, Case]:
    """Two matters of the same customer, in the adviser's hands."""
    found = (send(), send())
    with act_as(cast.adviser.actor) as by:
        for case in found:
            take_up(by=by, leg=Leg.objects.get(case=case))
    return found


def shown(cast: Cast, case: Case, member: str = "adviser") -> list[str]:
    with act_as(getattr(cast, member).actor) as by:
        return [same.number for same in case_page(by, case.number).same]


def test_it_is_not_shown_again_on_either_until_it_is_taken_back(alike: tuple[Case, Case], cast: Cast, client_of: ClientOf) -> None:
    first, second = alike
    assert (shown(cast, first), shown(cast, second)) == ([second.number], [first.number])
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{first.number}/")
    assert f"/yhdista/{second.number}/eri" in page.content.decode()
    assert browser.post(f"/asia/{first.number}/yhdista/{second.number}/eri").status_code == 302
    assert (shown(cast, first), shown(cast, second)) == ([], [])
    said = NotSame.objects.get()
    assert (said.case_id, said.other_id, said.said_by_id) == (first.pk, second.pk, cast.adviser.someone.pk)
    listed = browser.get(f"/asia/{second.number}/yhdista").content.decode()
    assert str(cast.adviser.someone.name) in listed
    assert browser.post(f"/asia/{second.number}/eri/{said.pk}/kumoa").status_code == 302
    assert shown(cast, first) == [second.number]
    actions = Event.objects.filter(action__in=("case.not_same", "case.maybe_same")).order_by("id").values_list("action", "facts__other")
    assert list(actions) == [("case.not_same", second.pk), ("case.maybe_same", first.pk)]


def test_said_twice_it_is_said_once(alike: tuple[Case, Case], cast: Cast) -> None:
    first, second = alike
    with act_as(cast.adviser.actor) as by:
        say_not_same(by=by, case=first, other=second)
        say_not_same(by=by, case=second, other=first)
    assert NotSame.objects.count() == 1
    assert Event.objects.filter(action="case.not_same").count() == 1


@pytest.mark.parametrize("name", ["outsider", "partner", "coordinator"])
def test_who_does_not_handle_it_neither_says_nor_sees_it(alike: tuple[Case, Case], cast: Cast, name: str) -> None:
    first, second = alike
    with act_as(cast.adviser.actor) as by:
        said = say_not_same(by=by, case=first, other=second)
    with act_as(getattr(cast, name).actor) as by:
        with pytest.raises((NotAllowed, NotFound)):
            say_not_same(by=by, case=first, other=second)
        with pytest.raises((NotAllowed, NotFound)):
            may_be_same(by=by, case=first, said=said)
        assert not NotSame.objects.exists()
        with pytest.raises(NotFound):
            get_case(by, first.number)


def test_customer_reads_nothing_of_it(alike: tuple[Case, Case], cast: Cast) -> None:
    first, second = alike
    with act_as(cast.adviser.actor) as by:
        say_not_same(by=by, case=first, other=second)
        assert [each.other.pk for each in apart_from(by, first)] == [second.pk]
    with act_as(Actor("link", (first.door_principal, second.door_principal))):
        assert not NotSame.objects.exists()
