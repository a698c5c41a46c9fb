"""Two organisations merge: people, desks and open matters go along, the past stays, and everything can be undone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import visible_cases
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg
from luukku.network.actions.reforms import carrying_out
from luukku.network.actions.reforms.deciding import Part, decide, prepare, undo
from luukku.network.models import Desk, Organisation, Reform, Seat, Succession
from luukku.network.models.reforms import ReformKind, ReformState
from tests.cast import Cast, Member
from tests.factories.desk import CaseFactory, LegFactory
from tests.factories.network import OrganisationFactory

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
