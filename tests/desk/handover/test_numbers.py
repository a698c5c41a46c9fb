"""What handovers count for: measures, the third promise, and how busy a desk is."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.actor import PUBLIC, act_as
from luukku.core.months import ended_months
from luukku.core.registries import measures
from luukku.desk.access import get_case, get_handover
from luukku.desk.actions.appointments.marking import met
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.actions.handover.receiving import accept, decline
from luukku.desk.actions.talking import write
from luukku.desk.models import Case, Handover, Leg
from luukku.desk.queries.receivers import how_busy, receivers_for
from luukku.network.models import Premises
from tests.cast import Cast
from tests.desk.handover.conftest import plan_of_three
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import DeskFactory, OrganisationFactory, OrganisationTypeFactory, ParticipationFactory, municipality_of


def test_measures_count_made_accepted_declined_warm_and_time_to_contact(hand: Callable[..., Handover], send: Callable[..., Case], cast: Cast) -> None:
    first = hand()
    with act_as(cast.adviser.actor) as actor:
        meeting = book_three(by=actor, handover=first, plan=plan_of_three(cast, timezone.now() + timedelta(days=2)))
        met(by=actor, appointment=meeting, at=meeting.starts_at)
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, first.pk))
        write(by=actor, case=get_case(actor, first.number), body="Hei!")
    second = hand(leg=Leg.objects.get(case=send()))
    with act_as(cast.partner.actor) as actor:
        decline(by=actor, handover=second, reason="Ei", next_words="Muualle")
    for _ in range(3):
        hand(leg=Leg.objects.get(case=send()))
    region, months = cast.here.region.pk, ended_months(1)
    moment = timezone.make_aware(datetime.combine(months.first, time(12)))
    Handover.objects.update(sent_at=moment)
    with act_as(PUBLIC):
        found = {key: measures[f"desk.{key}"].compute(region, months) for key in ("handovers_made", "handovers_accepted", "handovers_warm")}
        assert found == {"handovers_made": (5.0, 5), "handovers_accepted": (0.5, 2), "handovers_warm": (0.2, 5)}
        assert measures["desk.hours_to_contact"].compute(region, months) == (None, 1)  # too few to say


def test_third_promise_is_kept_when_the_customer_is_contacted_in_time(accepted: Handover, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor:
        write(by=actor, case=get_case(actor, accepted.number), body="Hei!")
    assert accepted.due_at is not None
    days = (timezone.now() - accepted.due_at).days
    assert days < 0  # its limit falls into the days to come, as the figures count by limits
    assert measures["desk.guided_in_time"].compute(cast.here.region.pk, ended_months(1)) == (None, 0)


@pytest.mark.parametrize(("count", "says"), [(4, False), (5, True)])
def test_median_is_told_from_five_on(send: Callable[..., Case], settled: Callable[[Service, int], None], cast: Cast, count: int, says: bool) -> None:
    service = ServiceFactory.create()
    settled(service, count)
    send(service=service)
    with act_as(cast.partner.actor):
        busy = how_busy([cast.here.desk.pk], service.pk)[cast.here.desk.pk]
    assert (busy.waiting, busy.settled, busy.median_days is not None) == (1, count if says else 0, says)
    assert busy.median_days is None or 9.9 < busy.median_days < 10.1


def test_givers_of_the_needed_service_are_proposed_first(mine: Leg, cast: Cast) -> None:
    from luukku.catalogue.models import ServiceProvider

    service = ServiceFactory.create()
    ServiceProvider.objects.create(service=service, organisation=cast.partners, region=cast.here.region, person=cast.partner.someone)
    Leg.objects.filter(pk=mine.pk).update(service=service)
    mine.refresh_from_db()
    with act_as(cast.adviser.actor):
        found = receivers_for(mine)
    assert [(each.desk.pk, each.person) for each in found.proposed] == [(cast.partner_desk.pk, cast.partner.someone)]
    assert [desk.pk for desk in found.elsewhere] == [cast.there.desk.pk]


def test_municipality_that_is_not_the_customers_stands_apart(mine: Leg, cast: Cast) -> None:
    from luukku.catalogue.models import ServiceProvider

    kind = OrganisationTypeFactory.create(code="municipality")
    service = ServiceFactory.create()
    other = municipality_of(cast.here.region, code="903", name_fi="Lahtikylä", area=cast.here.area)
    desks = {}
    for code, name, english in (
        ("own", "Koskimaan kunnan kunta", "Municipality of Koskimaan kunta"),
        ("next", "Lahtikylän kunta", "Municipality of Lahtikylä"),
    ):
        organisation = OrganisationFactory.create(code=code, name_fi=name, name_en=english, type=kind)
        ParticipationFactory.create(organisation=organisation, region=cast.here.region)
        desks[code] = DeskFactory.create(organisation=organisation, region=cast.here.region, name_fi=name)
        ServiceProvider.objects.create(service=service, organisation=organisation, region=cast.here.region)
    Premises.objects.create(organisation=desks["own"].organisation, name="Kunnantalo", municipality=cast.here.municipality)
    Leg.objects.filter(pk=mine.pk).update(service=service)
    mine.refresh_from_db()
    with act_as(cast.adviser.actor):
        found = receivers_for(mine)
        Case.objects.filter(pk=mine.case_id).update(municipality=other)
        moved = receivers_for(Leg.objects.select_related("case").get(pk=mine.pk))
    assert [each.desk for each in found.proposed] == [desks["own"]]
    assert desks["next"] in [each.desk for each in found.others]
    assert [each.desk for each in moved.proposed] == [desks["next"]]
