"""What the desk tells the rest of the house: in numbers, to those who see no case."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.checking import check_data
from luukku.core.months import ended_months
from luukku.core.registries import holds, measures
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.marks import give_feedback
from luukku.desk.models import Case, Leg
from tests.cast import Cast

Send = Callable[..., Case]


def test_open_matters_hold_desk_person_and_organisation(cast: Cast, case: Case, leg: Leg) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
    hold = holds["desk.cases"].find
    with act_as(cast.coordinator.actor):
        assert not Case.objects.exists()
        assert "1" in hold("network.desk", cast.here.desk.pk)[0]
        assert hold("network.person", cast.adviser.someone.pk)
        assert hold("network.organisation", cast.here.organisation.pk)
        assert hold("network.region", cast.here.region.pk)
        assert not hold("network.desk", cast.partner_desk.pk)
        assert not hold("network.person", cast.desklead.someone.pk)
        assert not hold("network.premises", cast.here.desk.pk)
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis.")
    assert not hold("network.desk", cast.here.desk.pk)


def test_measures_tell_share_mean_and_number(cast: Cast, send: Send) -> None:
    region = cast.here.region.pk
    months = ended_months(3)
    came = timezone.make_aware(datetime.combine(months.starts[1], time(9)))
    for number, face in enumerate((4, 1, 4, 1, 4)):
        case = send(at=came)
        with act_as(cast.adviser.actor) as actor:
            leg = take_up(by=actor, leg=Leg.objects.get(case=case), at=came + timedelta(days=0 if number else 20))
            settle(by=actor, case=leg.case, outcomes=[OutcomeForm("advice")], words="Valmis.")
        holder = Actor("link", (case.door_principal,))
        with act_as(holder):
            give_feedback(by=holder, case=case, face=face, at=came + timedelta(days=21))
    with act_as(PUBLIC):
        assert measures["desk.taken_up_in_time"].compute(region, months) == (4 / 5, 5)
        assert measures["desk.face"].compute(region, months) == (2.8, 5)
        assert measures["desk.face"].compute(cast.there.region.pk, months) == (None, 0)
        assert measures["desk.informed_in_time"].compute(cast.there.region.pk, months) == (None, 0)


def test_data_made_by_actions_passes_every_check(case: Case) -> None:
    found = check_data()
    assert {"desk.owned", "desk.readers", "desk.clocks"} <= set(found)
    assert not [words for key, words in found.items() if key.startswith("desk.") and words]
