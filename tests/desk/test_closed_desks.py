"""A matter is opened again after its desk has closed: somebody else must take it up, and reads no more than she may."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.desk.actions.ending import OutcomeForm, reopen, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.talking import add_note, write
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg, Message, Note
from luukku.network.models import Desk, Organisation, Succession
from tests.cast import Cast
from tests.factories.network import DeskFactory, OrganisationFactory

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.fixture
def settled(send: Callable[..., Case], cast: Cast) -> Case:
    """At the partner's desk, which has closed since."""
    case = send(at=MONDAY)
    Leg.objects.filter(case=case).update(desk=cast.partner_desk)
    Leg.objects.get(case=case).save()
    with act_as(cast.partner.actor) as by:
        take_up(by=by, leg=Leg.objects.get(case=case), at=MONDAY)
        write(by=by, case=case, body="Pankki kysyi vakuuksista.", at=MONDAY)
        add_note(by=by, case=case, body="Sisäinen huoli", at=MONDAY)
        settle(by=by, case=case, outcomes=[OutcomeForm("advice")], words="Valmis.", at=MONDAY)
    Desk.objects.filter(pk=cast.partner_desk.pk).update(deactivated_at=timezone.now())
    case.refresh_from_db()
    return case


def again(case: Case) -> Leg:
    door = Actor("link", (case.door_principal,))
    with act_as(door):
        reopen(by=door, case=case, words="Tarvitsen vielä apua.", at=MONDAY)
    return Leg.objects.get(case=case, is_open=True)


def test_reopened_matter_of_a_closed_desk_goes_to_the_front_desk_with_nothing_of_what_was_said_before(settled: Case, cast: Cast) -> None:
    leg = again(settled)
    settled.refresh_from_db()
    assert (leg.desk, leg.state, leg.handler, leg.due_kind, leg.routed) == (cast.here.desk, CaseState.NEW, None, "taken-up", {"by": "closed"})
    assert (settled.state, settled.sponsor) == (CaseState.IN_PROGRESS if settled.state == CaseState.IN_PROGRESS else CaseState.NEW, None)
    assert Leg.objects.get(case=settled, position=1).state == CaseState.SETTLED
    with act_as(cast.adviser.actor) as by:
        assert [each.body for each in Message.objects.filter(case=settled)] == ["Tarvitsen vielä apua."]
        assert not Note.objects.exists()
        take_up(by=by, leg=leg, at=MONDAY)
    with act_as(cast.partner.actor):
        assert Note.objects.get().body == "Sisäinen huoli"
        assert Message.objects.filter(body__startswith="Pankki").exists()


def test_reopened_matter_goes_to_the_legal_successor_who_reads_it_whole(settled: Case, cast: Cast) -> None:
    heir = _heir(cast.partners)
    desk = DeskFactory.create(organisation=heir, region=cast.here.region, name_fi="Perijä")
    assert again(settled).desk == desk
    assert not Note.objects.filter(withheld__contains=[heir.principal]).exists()


def test_own_new_desk_of_the_organisation_comes_first(settled: Case, cast: Cast) -> None:
    DeskFactory.create(organisation=_heir(cast.partners), region=cast.here.region, name_fi="Perijä")
    own = DeskFactory.create(organisation=cast.partners, region=cast.here.region, name_fi="Uusi tiski")
    assert again(settled).desk == own


def test_where_the_region_has_no_desk_left_she_is_told_to_send_anew(settled: Case, cast: Cast) -> None:
    Desk.objects.filter(region=cast.here.region).update(deactivated_at=timezone.now())
    with pytest.raises(RuleBroken):
        again(settled)


def _heir(organisation: Organisation) -> Organisation:
    heir = OrganisationFactory.create(name_fi="Seuraaja Oy")
    Succession.objects.create(predecessor=organisation, successor=heir, is_legal=True, since=timezone.localdate())
    return heir
