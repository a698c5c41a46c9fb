"""Counts of handovers follow every change exactly; medians are counted anew."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed
from luukku.core.months import ended_months
from luukku.desk.access import get_case, get_handover
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import accept, decline
from luukku.desk.actions.handover.sending import Outside
from luukku.desk.actions.spans import count_spans
from luukku.desk.actions.talking import log_call
from luukku.desk.models import Appointment, Case, Handover, HandoverCount, Leg, Outcome, Span
from luukku.desk.queries.handover_figures import Result, handover_results
from luukku.desk.queries.network_figures import Cell, handover_matrix, span_figures, wrong_counts
from tests.cast import Cast
from tests.desk.handover.conftest import plan_of_three
from tests.harness.client import Client
from tests.harness.counting import sql_count

HELSINKI = ZoneInfo("Europe/Helsinki")
YEAR = (date(2020, 1, 1), date(2040, 1, 1))


def settle_triggers() -> None:
    """What happens at the end of a transaction, now."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def matrix(cast: Cast) -> dict[tuple[int, int | None], Cell]:
    settle_triggers()
    with act_as(cast.coordinator.actor) as actor:
        return handover_matrix(actor, cast.here.region, *YEAR, outside="Muualla").cells


def test_cell_follows_the_handover_through_its_turns(hand: Callable[..., Handover], case: Case, cast: Cast) -> None:
    pair = (cast.here.organisation.pk, cast.partner_desk.organisation_id)
    handover = hand()
    assert matrix(cast) == {pair: Cell(sent=1)}
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
    assert matrix(cast) == {pair: Cell(sent=1, accepted=1)}
    with act_as(cast.partner.actor) as actor:
        log_call(by=actor, case=get_case(actor, case.number), body="Sovittiin.")
    assert matrix(cast) == {pair: Cell(sent=1, accepted=1, contacted=1)}
    assert wrong_counts() == []


def test_declined_and_outside_ones_are_told_apart(hand: Callable[..., Handover], cast: Cast) -> None:
    handover = hand()
    with act_as(cast.partner.actor) as actor:
        decline(by=actor, handover=get_handover(actor, handover.pk), reason="Ei kuulu meille.", next_words="Kysy pankista.")
    hand(outside=Outside("Pankki", "pankki@outside.example"))
    assert {receiver: cell for (_, receiver), cell in matrix(cast).items()} == {
        cast.partner_desk.organisation_id: Cell(sent=1, declined=1),
        None: Cell(sent=1),
    }


def test_recount_finds_a_cell_that_is_wrong(hand: Callable[..., Handover], cast: Cast) -> None:
    hand()
    settle_triggers()
    HandoverCount.objects.update(accepted=7)
    assert wrong_counts() == ["1 cells of the handover matrix differ from a recount"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.sampled_from(["sent_at", "accepted_at", "contacted_at", "meeting", "region", "service", "delete"]), max_size=8))
def test_counts_equal_a_recount_after_any_changes(changes: list[str], hand: Callable[..., Handover], cast: Cast) -> None:
    with transaction.atomic():
        handover = Handover.objects.first() or hand()
        meeting = booked(handover, cast)
        day = datetime(2026, 11, 23, 10, tzinfo=HELSINKI)
        for number, change in enumerate(changes):
            rows = Handover.objects.filter(pk=handover.pk)
            if change == "delete":
                rows.delete()
            elif change == "region":
                rows.update(region=cast.there.region)
            elif change == "service":
                rows.update(service=None)
            elif change == "meeting":
                on = rows.filter(meeting=None).exists()
                moment = meeting.starts_at if on else None
                rows.update(meeting=meeting if on else None, meeting_at=moment, met_at=moment)
            else:
                rows.update(**{change: day + timedelta(days=number)})
        settle_triggers()
        assert wrong_counts() == []
        transaction.set_rollback(True)


def booked(handover: Handover, cast: Cast) -> Appointment:
    with act_as(cast.adviser.actor) as by:
        return book_three(by=by, handover=handover, plan=plan_of_three(cast, timezone.now() + timedelta(days=3)))


def test_web_cannot_write_the_figures(cast: Cast) -> None:
    with act_as(cast.coordinator.actor):
        for statement in ("delete from desk_span", "insert into desk_handovercount (day) values (now())"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def make_taken_up(send: Callable[..., Case], days: list[float]) -> None:
    begin = datetime(2026, 11, 2, 9, tzinfo=HELSINKI)
    for each in days:
        leg = Leg.objects.get(case=send(at=begin))
        Leg.objects.filter(pk=leg.pk).update(taken_up_at=begin + timedelta(days=each))


def test_span_tells_median_and_ninetieth_percentile_by_organisation(send: Callable[..., Case], cast: Cast) -> None:
    make_taken_up(send, [1, 2, 3, 4, 10])
    count_spans(at=datetime(2026, 11, 20, tzinfo=HELSINKI))
    with act_as(cast.coordinator.actor) as actor, sql_count(at_most=2):
        figures, counted_at = span_figures(actor, cast.here.region)
    assert counted_at == datetime(2026, 11, 20, tzinfo=HELSINKI)
    (whole,) = [each for each in figures if each.kind == "taken-up" and each.organisation_id is None and each.service_id is None]
    assert (whole.n, whole.median) == (5, 3.0)
    assert whole.p90 == pytest.approx(7.6)
    assert [each.organisation_id for each in figures if each.organisation_id] == [cast.here.organisation.pk]


def test_too_few_matters_tell_nothing_of_their_length(send: Callable[..., Case], cast: Cast) -> None:
    make_taken_up(send, [1, 2, 3, 4])
    count_spans(at=datetime(2026, 11, 20, tzinfo=HELSINKI))
    with act_as(cast.coordinator.actor) as actor:
        assert {(each.n, each.median, each.p90) for each in span_figures(actor, cast.here.region)[0]} == {(4, None, None)}


def test_spans_counted_again_replace_the_old_ones(send: Callable[..., Case]) -> None:
    make_taken_up(send, [1, 2])
    count_spans(at=datetime(2026, 11, 20, tzinfo=HELSINKI))
    before = Span.objects.count()
    count_spans(at=datetime(2026, 11, 21, tzinfo=HELSINKI))
    assert Span.objects.count() == before > 0


def test_figures_are_for_those_who_may_see_the_regions(cast: Cast) -> None:
    for actor in (cast.adviser.actor, cast.founder.actor):
        with act_as(actor), pytest.raises(NotAllowed):
            handover_matrix(actor, cast.here.region, *YEAR, outside="")
    with act_as(cast.coordinator.actor) as actor, pytest.raises(NotAllowed):
        span_figures(actor, cast.there.region)


def test_page_and_its_tables_show_who_hands_over_to_whom(
    client: Client, hand: Callable[..., Handover], send: Callable[..., Case], cast: Cast
) -> None:
    handed(hand, send, cast, [1, 2, 3, 4, 5])
    make_taken_up(send, [1, 2, 3, 4, 5])
    count_spans()
    client.sign_in(cast.coordinator.user)
    shown = client.get("/luvut/siirrot/").content.decode()
    receiver = str(cast.partner_desk.organisation.name)
    assert receiver in shown
    assert receiver in client.get("/luvut/siirrot/taulukko.csv").content.decode()
    assert client.get("/luvut/siirrot/taulukko.csv?as=xlsx").content[:2] == b"PK"
    assert ";5;0,12;" in client.get("/luvut/siirrot/kestot.csv").content.decode()
    client.sign_in(cast.adviser.user)
    assert client.get("/luvut/siirrot/").status_code == 403


def handed(hand: Callable[..., Handover], send: Callable[..., Case], cast: Cast, hours: list[float], end: str = "settled") -> None:
    """One handover for each, in the month that ended last: contacted after so many hours, and then ended."""
    sent = timezone.make_aware(datetime.combine(ended_months(1).first, time(9)))
    for each in hours:
        leg = Leg.objects.get(case=send())
        with act_as(cast.adviser.actor) as actor:
            take_up(by=actor, leg=leg)
        handover = hand(leg=leg)
        with act_as(cast.partner.actor) as actor:
            accept(by=actor, handover=get_handover(actor, handover.pk))
            log_call(by=actor, case=get_case(actor, handover.number), body="Sovittiin.")
        handover.refresh_from_db()
        Handover.objects.filter(pk=handover.pk).update(sent_at=sent, contacted_at=sent + timedelta(hours=each))
        Leg.objects.filter(came_by=handover).update(state=end, settled_at=sent + timedelta(days=9))
        if end == "settled":
            Outcome.objects.create(case_id=handover.case_id, leg_id=handover.received_leg_id, kind="advice")
    settle_triggers()


def results(cast: Cast) -> dict[tuple[int, int | None], Result]:
    region = cast.here.region
    with act_as(cast.coordinator.actor) as actor, sql_count(at_most=2):
        return handover_results(actor, region, ended_months(12))


def test_pair_tells_median_to_contact_and_what_came_of_it(
    client: Client, hand: Callable[..., Handover], send: Callable[..., Case], cast: Cast
) -> None:
    handed(hand, send, cast, [1, 2, 30, 60, 90])
    pair = (cast.here.organisation.pk, cast.partner_desk.organisation_id)
    assert results(cast) == {pair: Result(hours=30, contacted=5, helped=5)}
    client.sign_in(cast.coordinator.user)
    shown = client.get("/luvut/siirrot/").content.decode()
    assert "30 tuntia" in shown
    assert "5 autettu" in shown
    line = next(
        each for each in client.get("/luvut/siirrot/taulukko.csv").content.decode().splitlines() if str(cast.partner_desk.organisation.name) in each
    )
    assert "1,25" in line


def test_pair_of_fewer_than_five_tells_nothing_of_time_or_end(hand: Callable[..., Handover], send: Callable[..., Case], cast: Cast) -> None:
    handed(hand, send, cast, [1, 2, 30, 60])
    handed(hand, send, cast, [5], end="withdrawn")
    pair = (cast.here.organisation.pk, cast.partner_desk.organisation_id)
    assert results(cast) == {pair: Result(hours=5, contacted=5)}  # five were contacted, four and one ended


def test_results_are_for_those_who_may_see_the_regions_figures(cast: Cast) -> None:
    for actor in (cast.adviser.actor, cast.founder.actor):
        with act_as(actor), pytest.raises(NotAllowed):
            handover_results(actor, cast.here.region, ended_months(12))


def test_page_without_figures_says_when_they_come(client: Client, cast: Cast) -> None:
    client.sign_in(cast.coordinator.user)
    assert "lu-empty" in client.get("/luvut/siirrot/").content.decode()
