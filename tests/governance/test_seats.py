"""What a member's seat is worth: asked when she is named, and once a year."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.governance.actions.groups import MemberForm, add_member, edit_member, end_membership
from luukku.governance.actions.seats import SeatAnswer, answer_seat
from luukku.governance.models import Group, Membership
from luukku.governance.queries.due import my_due
from tests.cast import Cast, Member
from tests.harness.client import Client


@pytest.fixture
def seat(cast: Cast, group: Group) -> Membership:
    """The adviser's, as secretary; nobody has asked yet."""
    return Membership.objects.select_related("group").get(group=group, person=cast.adviser.someone)


def asks(cast: Cast) -> list[str]:
    with act_as(cast.adviser.actor) as by:
        return [each.words for each in my_due(by) if each.url.endswith("/valtuus")]


def test_it_waits_in_her_list_until_she_has_answered_and_again_after_a_year(cast: Cast, seat: Membership) -> None:
    assert asks(cast) == ["Kerro, mihin paikkasi riittää: aika, valtuus, sijainen"]
    with act_as(cast.adviser.actor) as by:
        answer_seat(by=by, membership=seat, answer=SeatAnswer(10, "limits", "Enintään 5 000 euroa", cast.desklead.someone))
    assert asks(cast) == []
    found = Membership.objects.get(pk=seat.pk)
    assert (found.time_share, found.mandate_limits, found.deputy, found.asked_on) == (
        10, "Enintään 5 000 euroa", cast.desklead.someone, timezone.localdate(),
    )  # fmt: skip
    event = Event.objects.latest("id")
    assert (event.action, event.facts["share"]) == ("member.seat_answered", 10)
    assert "5" not in str(event.facts.get("limits", ""))
    Membership.objects.filter(pk=seat.pk).update(asked_on=timezone.localdate() - timedelta(days=365))
    assert len(asks(cast)) == 1


def test_naming_with_a_mandate_counts_as_asked_and_another_change_does_not(cast: Cast, group: Group, seat: Membership) -> None:
    with act_as(cast.coordinator.actor) as by:
        made = add_member(by=by, group=group, form=MemberForm(person=cast.partner.someone, mandate="decides", time_share=5))
        assert made.asked_on == timezone.localdate()
        edit_member(by=by, membership=seat, form=MemberForm(person=cast.adviser.someone, role="member"))
        Membership.objects.filter(pk=made.pk).update(asked_on=None)
        made.refresh_from_db()
        edit_member(by=by, membership=made, form=MemberForm(person=cast.partner.someone, role="chair"))
    found = Membership.objects.get(pk=made.pk)
    assert (found.role, found.mandate, found.time_share) == ("chair", "decides", 5)
    assert found.asked_on is None


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (SeatAnswer(0, "decides"), "time_share"),
        (SeatAnswer(101, "decides"), "time_share"),
        (SeatAnswer(5, ""), "mandate"),
        (SeatAnswer(5, "limits", " "), "mandate_limits"),
    ],
)
def test_answer_that_says_too_little_is_sent_back(cast: Cast, seat: Membership, answer: SeatAnswer, field: str) -> None:
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken) as broken:
        answer_seat(by=by, membership=seat, answer=answer)
    assert broken.value.field == field


def test_only_she_and_the_coordinator_answer_and_only_while_her_term_goes_on(cast: Cast, seat: Membership) -> None:
    answer = SeatAnswer(5, "carries")
    for member in (cast.steering, cast.partner, cast.desklead, cast.outsider):
        with act_as(member.actor) as by, pytest.raises(NotAllowed):
            answer_seat(by=by, membership=seat, answer=answer)
    with act_as(cast.coordinator.actor) as by:
        answer_seat(by=by, membership=seat, answer=answer)
        end_membership(by=by, membership=seat)
    with act_as(cast.adviser.actor) as by, pytest.raises(NotAllowed):
        answer_seat(by=by, membership=seat, answer=answer)


def test_she_answers_on_the_groups_page_and_members_read_it(
    cast: Cast, group: Group, seat: Membership, client_of: Callable[[Member], Client]
) -> None:
    browser, path = client_of(cast.adviser), f"/ryhmat/{group.pk}/"
    assert "Aikasi ja valtuutesi pitää vielä kysyä" in browser.get(path).content.decode()
    form = browser.get(f"{path}jasen/{seat.pk}/valtuus")
    wrong = browser.submit(form, {"time_share": "7", "mandate": "limits", "mandate_limits": ""})
    assert wrong.status_code == 422
    assert 'value="7"' in wrong.content.decode()
    assert browser.submit(form, {"time_share": "7", "mandate": "limits", "mandate_limits": "Hankinnat"}).status_code == 302
    shown = client_of(cast.steering).get(path).content.decode()
    assert "7 % työajasta" in shown
    assert "Päättää rajoissa: Hankinnat" in shown
    assert client_of(cast.outsider).get(f"{path}jasen/{seat.pk}/valtuus").status_code == 404
    assert client_of(cast.steering).get(f"{path}jasen/{seat.pk}/valtuus").status_code == 403
