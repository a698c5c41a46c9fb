"""Seventy-four employment offices become fifteen, as they once did: nobody and nothing is lost on the way, all comes back when it is undone, and a killed
house goes on where it was."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor, act_as_house
from luukku.core.registries import checks
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg
from luukku.network.access import actor_of_person
from luukku.network.actions.reforms import carrying_out
from luukku.network.actions.reforms.deciding import Part, decide, prepare, undo
from luukku.network.actions.reforms.moving import Mover
from luukku.network.enums import Role
from luukku.network.models import Organisation, Reform, Seat
from luukku.network.models.reforms import ReformKind, ReformState
from tests.cast import Cast, Member
from tests.factories.desk import CaseFactory, LegFactory
from tests.factories.network import DeskFactory, OrganisationFactory, ParticipationFactory, PersonFactory, RegionFactory, SeatFactory

pytestmark = pytest.mark.django_db
As = Callable[[Member | Actor], AbstractContextManager[Actor]]


def office(number: int) -> Organisation:
    """One employment office with its desk, two people, and three open matters and one that has ended."""
    region = RegionFactory.create(code=f"seutu{number}", name_fi=f"Seutu {number}", prefix=f"{chr(65 + number // 26)}{chr(65 + number % 26)}Q")
    found: Organisation = OrganisationFactory.create(code=f"toimisto-{number}", name_fi=f"Toimisto {number}")
    ParticipationFactory.create(organisation=found, region=region)
    desk = DeskFactory.create(organisation=found, region=region, name_fi=f"Toimiston {number} tiski")
    people = [PersonFactory.create(name=f"Virkailija {number} {each}") for each in "AB"]
    for person, role in zip(people, (Role.ADVISER, Role.DESK_LEAD), strict=True):
        SeatFactory.create(person=person, role=role, organisation=found, region=region)
    for each in range(3):
        case = CaseFactory.create(region=region, number=f"R{number}-26-{each}")
        LegFactory.create(case=case, desk=desk, state=CaseState.TAKEN_UP, handler=people[0])
    ended = CaseFactory.create(region=region, number=f"R{number}-26-9", state=CaseState.SETTLED, settled_at=timezone.now())
    LegFactory.create(case=ended, desk=desk, state=CaseState.SETTLED, handler=people[0], settled_at=timezone.now(), due_at=None, due_kind="")
    return found


def decided(cast: Cast, sources: list[Organisation], target: Organisation) -> Reform:
    parts = [Part(source=each, target=target, is_legal=True) for each in sources]
    reform = prepare(by=cast.national.actor, kind=ReformKind.MERGE, day=timezone.localdate(), parts=parts)
    carrying_out.try_reform(by=HOUSE, reform_id=reform.pk)
    reform.refresh_from_db()
    return decide(by=cast.national.actor, reform=reform)


def carry_through(reform: Reform) -> None:
    while carrying_out.carry_on(by=HOUSE, reform_id=reform.pk):
        pass


@pytest.mark.parametrize(("many", "few"), [(6, 2), pytest.param(74, 15, marks=pytest.mark.long)])
def test_offices_merge_and_nothing_is_lost(cast: Cast, as_: As, many: int, few: int) -> None:
    offices = [office(number) for number in range(many)]
    new = [OrganisationFactory.create(code=f"uusi-{number}", name_fi=f"Uusi toimisto {number}") for number in range(few)]
    reforms = [decided(cast, offices[number::few], new[number]) for number in range(few)]
    with act_as_house("see what is wrong with rows that no action made"):
        before = {sentence for check in checks.all() for sentence in check.run()}
    for reform in reforms:
        carry_through(reform)
        reform.refresh_from_db()
        assert reform.state == ReformState.DONE
    legs = Leg.objects.filter(case__number__startswith="R")
    assert legs.filter(is_open=True, desk__organisation__in=new).count() == 3 * many
    assert legs.filter(is_open=False, desk__organisation__in=offices).count() == many
    assert Seat.objects.filter(organisation__in=new, valid_until=None).count() == 2 * many
    assert not Seat.objects.filter(organisation__in=offices, valid_until=None).exists()
    old = {each.principal for each in offices}
    assert not any(old & set(case.readers) for case in Case.objects.filter(number__startswith="R", is_open=True))
    reader = PersonFactory.create(name="Uusi virkailija")
    SeatFactory.create(person=reader, role=Role.ADVISER, organisation=new[0])
    with as_(actor_of_person(reader.pk)):
        assert Case.objects.filter(number__startswith="R").count() == 4 * len(offices[0::few])
    with act_as_house("prove the counts"):
        assert {sentence for check in checks.all() for sentence in check.run()} <= before
    back = Reform.objects.get(pk=reforms[1].pk)
    undo(by=cast.national.actor, reform=back)
    assert carrying_out.undo_reform(by=HOUSE, reform_id=back.pk)
    for one in offices[1::few]:
        assert legs.filter(is_open=True, desk__organisation=one).count() == 3
        assert Seat.objects.filter(organisation=one, valid_until=None).count() == 2
    assert not legs.filter(is_open=True, desk__organisation=new[1]).exists()


def test_house_that_is_killed_between_two_organisations_goes_on_after_the_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    offices, new = [office(number) for number in range(3)], OrganisationFactory.create(code="uusi", name_fi="Uusi")
    reform = decided(cast, offices, new)
    assert carrying_out.carry_on(by=HOUSE, reform_id=reform.pk)
    with monkeypatch.context() as patch:
        patch.setattr(Mover, "keep", _die)
        with pytest.raises(RuntimeError), act_as_house("die in the midst"):
            carrying_out.carry_on(by=HOUSE, reform_id=reform.pk)
    here = [Leg.objects.filter(is_open=True, desk__organisation=each).count() for each in (*offices, new)]
    assert here == [0, 3, 3, 3]
    assert carrying_out.due() == [reform.pk]
    carry_through(reform)
    assert Leg.objects.filter(is_open=True, desk__organisation=new).count() == 9
    undo(by=cast.national.actor, reform=Reform.objects.get(pk=reform.pk))
    assert carrying_out.undo_reform(by=HOUSE, reform_id=reform.pk)
    assert [Leg.objects.filter(is_open=True, desk__organisation=each).count() for each in (*offices, new)] == [3, 3, 3, 0]


def _die(mover: Mover) -> None:
    raise RuntimeError("the machine stops")
