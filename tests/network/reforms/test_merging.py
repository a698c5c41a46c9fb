"""Two organisations merge: people, desks and open matters go along, the past stays, and everything can be undone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import visible_cases
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg
from luukku.network.actions.organisations import leave_region
from luukku.network.actions.reforms import carrying_out
from luukku.network.actions.reforms.deciding import Part, decide, prepare, undo
from luukku.network.models import Desk, Organisation, Reform, Seat, Succession
from luukku.network.models.reforms import ReformKind, ReformState
from tests.cast import Cast, Member
from tests.factories.desk import CaseFactory, LegFactory
from tests.factories.network import OrganisationFactory, SeatFactory

As = Callable[[Member | Actor], AbstractContextManager[Actor]]
pytestmark = pytest.mark.django_db


def merge(cast: Cast, source: Organisation, target: Organisation, *, is_legal: bool = True) -> Reform:
    """Prepared, tried, decided and carried out today."""
    part = Part(source=source, target=target, is_legal=is_legal)
    reform = prepare(by=cast.national.actor, kind=ReformKind.MERGE, day=timezone.localdate(), parts=[part])
    carrying_out.try_reform(by=HOUSE, reform_id=reform.pk)
    reform.refresh_from_db()
    decide(by=cast.national.actor, reform=reform)
    carry_through(reform)
    reform.refresh_from_db()
    return reform


def carry_through(reform: Reform) -> None:
    while carrying_out.carry_on(by=HOUSE, reform_id=reform.pk):
        pass


@pytest.fixture
def case(cast: Cast) -> Case:
    found: Case = CaseFactory.create(region=cast.here.region)
    LegFactory.create(case=found, desk=cast.partner_desk, state=CaseState.TAKEN_UP, handler=cast.partner.someone)
    return found


def test_people_desk_and_open_matters_go_to_the_new_organisation(cast: Cast, case: Case) -> None:
    new = OrganisationFactory.create(code="uusi-kamari", name_fi="Uusi Kamari ry")
    reform = merge(cast, cast.partners, new)
    assert reform.state == ReformState.DONE
    leg = Leg.objects.get(case=case)
    assert (leg.desk.organisation, leg.handler, leg.state) == (new, cast.partner.someone, CaseState.TAKEN_UP)
    assert leg.desk.name_fi == "Kauppakamarin neuvonta"
    assert [seat.organisation_id for seat in cast.partner.actor.seats] == [new.pk]
    cast.partners.refresh_from_db()
    assert cast.partners.deactivated_at is not None
    assert Succession.objects.get().successor == new
    assert reform.moves.get().moved["counts"]["desk.legs"] == 1
    assert reform.moves.get().tried == reform.moves.get().moved


def test_old_organisation_loses_and_the_new_one_gains_and_nobody_else(cast: Cast, case: Case, as_: As) -> None:
    new = OrganisationFactory.create(code="uusi-kamari", name_fi="Uusi Kamari ry")
    former = cast.partner.actor
    merge(cast, cast.partners, new)
    with as_(former):
        assert Case.objects.filter(pk=case.pk).count() == 0
        assert Leg.objects.filter(case=case).count() == 0
    with as_(cast.partner) as now:
        assert visible_cases(now).filter(pk=case.pk).exists()
        assert Leg.objects.filter(case=case).exists()
    for other in (cast.adviser, cast.outsider, cast.coordinator, cast.national):
        with as_(other):
            assert Case.objects.filter(pk=case.pk).count() == 0
    case.refresh_from_db()
    assert cast.partners.principal not in case.readers


@pytest.mark.parametrize("is_legal", [True, False])
def test_ended_matters_are_read_by_a_legal_successor_only(cast: Cast, as_: As, is_legal: bool) -> None:
    ended = CaseFactory.create(region=cast.here.region, state=CaseState.SETTLED, settled_at=timezone.now())
    LegFactory.create(
        case=ended, desk=cast.partner_desk, state=CaseState.SETTLED, handler=cast.partner.someone, settled_at=timezone.now(), due_at=None, due_kind=""
    )
    merge(cast, cast.partners, cast.here.organisation, is_legal=is_legal)
    assert Leg.objects.get(case=ended).desk == cast.partner_desk
    with as_(cast.adviser) as reader:
        assert visible_cases(reader).filter(pk=ended.pk).exists() is is_legal
        assert Case.objects.filter(pk=ended.pk).exists() is is_legal


def test_legal_successor_that_leaves_the_region_reads_nothing_of_its_predecessor_there(cast: Cast, as_: As) -> None:
    ended = CaseFactory.create(region=cast.here.region, state=CaseState.SETTLED, settled_at=timezone.now())
    LegFactory.create(
        case=ended, desk=cast.partner_desk, state=CaseState.SETTLED, handler=cast.partner.someone, settled_at=timezone.now(), due_at=None, due_kind=""
    )
    new = OrganisationFactory.create(code="uusi-kamari", name_fi="Uusi Kamari ry")
    merge(cast, cast.partners, new)
    SeatFactory.create(person=cast.partner.someone, organisation=new, region=cast.there.region)
    with as_(cast.partner):
        assert Case.objects.filter(pk=ended.pk).exists()
    Desk.objects.filter(organisation=new).update(deactivated_at=timezone.now())
    leave_region(by=HOUSE, organisation=new, region=cast.here.region)
    with as_(cast.partner):
        assert not Case.objects.filter(pk=ended.pk).exists()
        assert not Leg.objects.filter(case=ended).exists()


def test_no_request_says_who_came_after_whom(cast: Cast, as_: As) -> None:
    """It opens all that the one before was allowed to read."""
    with as_(cast.national), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
        Succession.objects.create(predecessor=cast.partners, successor=cast.here.organisation, is_legal=True, since=timezone.localdate())


def test_matters_go_to_the_receivers_own_desk_and_what_is_double_is_told(cast: Cast, case: Case) -> None:
    LegFactory.create(case=case, desk=cast.here.desk, position=2)
    reform = merge(cast, cast.partners, cast.here.organisation)
    assert set(Leg.objects.filter(case=case).values_list("desk", flat=True)) == {cast.here.desk.pk}
    assert reform.moves.get().moved["told"] == {"network.double_desk": 1, "desk.two_parts": 1}
    assert Desk.objects.get(pk=cast.partner_desk.pk).deactivated_at is not None


def test_undoing_puts_everything_back(cast: Cast, case: Case, as_: As) -> None:
    reform = merge(cast, cast.partners, cast.here.organisation)
    undo(by=cast.national.actor, reform=reform)
    assert carrying_out.undo_reform(by=HOUSE, reform_id=reform.pk)
    reform.refresh_from_db()
    assert reform.state == ReformState.UNDONE
    assert Leg.objects.get(case=case).desk == cast.partner_desk
    assert Organisation.objects.get(pk=cast.partners.pk).deactivated_at is None
    assert list(Seat.objects.filter(person=cast.partner.someone).values_list("organisation", "valid_until")) == [(cast.partners.pk, None)]
    assert not Succession.objects.exists()
    with as_(cast.partner):
        assert Case.objects.filter(pk=case.pk).exists()
    with as_(cast.adviser):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_undoing_is_refused_when_something_moved_has_been_touched_and_says_what(cast: Cast, case: Case) -> None:
    reform = merge(cast, cast.partners, cast.here.organisation)
    Leg.objects.filter(case=case).update(next_step="Soita asiakkaalle")
    undo(by=cast.national.actor, reform=reform)
    assert not carrying_out.undo_reform(by=HOUSE, reform_id=reform.pk)
    reform.refresh_from_db()
    assert (reform.state, reform.touched) == (ReformState.DONE, {"desk.legs": 1})
    assert Leg.objects.get(case=case).desk == cast.here.desk
    Reform.objects.filter(pk=reform.pk).update(done_at=timezone.now() - timedelta(days=31))
    reform.refresh_from_db()
    with pytest.raises(RuleBroken):
        undo(by=cast.national.actor, reform=reform)


def test_trial_changes_nothing_and_a_reform_is_not_decided_before_it(cast: Cast, case: Case) -> None:
    day = timezone.localdate() + timedelta(days=3)
    parts = [Part(source=cast.partners, target=cast.here.organisation, is_legal=True)]
    reform = prepare(by=cast.national.actor, kind=ReformKind.MERGE, day=day, parts=parts)
    with pytest.raises(RuleBroken):
        decide(by=cast.national.actor, reform=reform)
    carrying_out.try_reform(by=HOUSE, reform_id=reform.pk)
    reform.refresh_from_db()
    assert reform.moves.get().tried["counts"]["desk.legs"] == 1
    assert Leg.objects.get(case=case).desk == cast.partner_desk
    decide(by=cast.national.actor, reform=reform)
    assert not carrying_out.carry_on(by=HOUSE, reform_id=reform.pk)
    assert Leg.objects.get(case=case).desk == cast.partner_desk
    for nobody in (cast.coordinator, cast.desklead, cast.area):
        with pytest.raises(NotAllowed):
            prepare(by=nobody.actor, kind=ReformKind.MERGE, day=day, parts=parts)


def test_the_web_reads_no_step_of_a_reform(cast: Cast, case: Case, as_: As) -> None:
    from django.db import DatabaseError, connection, transaction

    merge(cast, cast.partners, cast.here.organisation)
    for who in (cast.national, cast.admin, cast.adviser):
        with as_(who), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select count(*) from network_reformstep")
    with act_as_house("count steps"), connection.cursor() as cursor:
        cursor.execute("select count(*) from network_reformstep")
        assert cursor.fetchone()[0] > 0
