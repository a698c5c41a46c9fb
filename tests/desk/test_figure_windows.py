"""An attack on the windows of figures: every period, every region and every difference of two answers, to get at one person's."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import combinations, product
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.core.actor import PUBLIC, act_as
from luukku.core.months import Months, ended_months, month_after
from luukku.desk.actions.face_counts import count_faces
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.kiosks import set_up_kiosk
from luukku.desk.actions.promise_counts import count_promises
from luukku.desk.models import Case, Clock, FaceCount, Feedback, KioskAnswer, Leg, PromiseCount
from luukku.desk.queries.promise import promise_kept_by_organisation
from luukku.desk.queries.promise_months import promise_months
from tests.cast import Cast, Member

LEAST = 5
OVER_MONTHS = (
    "desk_appointment_figures", "desk_broken", "desk_faces", "desk_handover_figures", "desk_handover_results", "desk_kiosk_faces", "desk_not_contacted", "desk_outcome_figures", "desk_confirmed_figures", "desk_matters", "desk_matters_by_service",
    "desk_promise_by_month", "desk_promise_kept", "desk_waits", "desk_walk_in_figures", "statements_figures", "complaints_figures",
    "relations_lead_figures", "relations_placement_figures", "relations_work_figures", "vitality_selling_figures",
)  # fmt: skip
# How often groups met and how many came: of nobody's matters, so no group is too small. What they said of themselves is kept from four answers up.
OF_GROUPS = {"governance_activity", "governance_assessed"}
MORE = {"desk_matters": ", true"}  # whether settled
# Windows that take a moment and tell no figures: when somebody is free, what is late (tested by seat), facts of a seat's own region.
BY_MOMENT = {"desk_busy", "desk_case_of_words", "desk_late_cases", "desk_routing_facts", "catalogue_note_unmet"}


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def ranges(first: date, months: int) -> Iterator[tuple[date, date]]:
    for begin, end in combinations(range(months + 1), 2):
        yield month_after(first, begin), month_after(first, end)


def test_no_window_of_figures_takes_a_moment(db: None) -> None:
    """Found in the catalogue, so that the next window is asked too."""
    found = rows(
        "select distinct p.proname::text, pg_get_function_arguments(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef"
        " and n.nspname = 'wall' and p.prorettype <> 'trigger'::regtype and has_function_privilege('luukku_web', p.oid, 'execute')"
    )
    assert {name for name, given in found if "timestamp" in given} <= BY_MOMENT
    assert {name for name, given in found if "since date, until date" in given} == OF_GROUPS.union(OVER_MONTHS)


@pytest.mark.parametrize("window", OVER_MONTHS)
@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-03-01", "2026-03-02"), ("2026-03-02", "2026-04-01"), ("2026-03-01", "2026-03-01"), ("2026-04-01", "2026-03-01")],
)
def test_what_is_not_whole_months_is_refused(db: None, window: str, since: str, until: str) -> None:
    with act_as(PUBLIC), pytest.raises(DatabaseError, match="whole months"), transaction.atomic():
        rows(f"select * from wall.{window}(1, %s, %s{MORE.get(window, '')})", since, until)
    with act_as(PUBLIC), pytest.raises(DatabaseError), transaction.atomic():
        rows(f"select * from wall.{window}(1, now() - interval '1 hour', now())")


counts = st.lists(st.integers(0, 12), min_size=24, max_size=24)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(of_a=counts, of_b=counts)
def test_no_sum_or_difference_of_periods_parts_fewer_than_five(db: None, of_a: list[int], of_b: list[int]) -> None:
    """What always stands together in every figure cannot be parted by them: each such atom must be of five at least."""
    first = date(2024, 1, 1)
    leaves = {(key, month_after(first, at)): n for key, of in (("a", of_a), ("b", of_b)) for at, n in enumerate(of) if n}
    given = list(leaves.items())
    stands: dict[tuple[str, date], list[int]] = defaultdict(list)
    asked = rows(
        "select r.i, e.key, e.month from unnest(%s::int[], %s::date[], %s::date[]) r(i, since, until), lateral wall.enough((select"
        " coalesce(array_agg(row(l.key, l.month, l.n)::wall.leaf), '{}') from unnest(%s::text[], %s::date[], %s::bigint[]) l(key, month, n)"
        " where l.month >= r.since and l.month < r.until), r.since, r.until) e",
        *(list(column) for column in zip(*((i, *each) for i, each in enumerate(ranges(first, 24))), strict=True)),
        [key for (key, _), _ in given], [month for (_, month), _ in given], [n for _, n in given],
    )  # fmt: skip
    for i, key, month in asked:
        stands[key, month].append(i)
    atoms: dict[tuple[str, tuple[int, ...]], int] = defaultdict(int)
    for (key, month), where in stands.items():
        atoms[key, tuple(sorted(where))] += leaves[key, month]
    assert all(n >= LEAST for n in atoms.values())
    yearly = sum(n for (_, month), n in leaves.items() if month.year == 2024)
    told = sum(n for (key, month), n in leaves.items() if month.year == 2024 and (key, month) in stands)
    assert told >= yearly - 2 * (LEAST - 1)  # and little is lost: at most four of each key and year


@pytest.fixture
def logged(need: Callable[..., NeedForm], cast: Cast) -> Callable[..., Case]:
    """`logged(cast.partner)`: a need that she has logged at her own desk."""

    desk_of = {"partner": cast.partner_desk, "adviser": cast.here.desk}

    def logging(by: Member, at: datetime | None = None) -> Case:
        with act_as(by.actor) as actor:
            return send_need(by=actor, need=need(desk=desk_of[by.name]), at=at)

    return logging


@pytest.fixture
def answers(send: Callable[..., Case], logged: Callable[..., Case]) -> Callable[..., None]:
    """`answers(3, month, face)`: so many customers of the front desk, or of another, say so in that month."""

    def giving(number: int, month: date, face: int, by: Member | None = None) -> None:
        moment = timezone.make_aware(datetime.combine(month + timedelta(days=9), time(12)))
        for _ in range(number):
            case = send(moment - timedelta(days=5)) if by is None else logged(by, moment - timedelta(days=5))
            Feedback.objects.create(case=case, face=face, created_at=moment)

    return giving


def test_one_answer_is_isolated_neither_by_periods_nor_by_what_an_organisation_knows(answers: Callable[..., None], cast: Cast) -> None:
    months = ended_months(6)
    one, two, three = months.starts[3], months.starts[4], months.starts[5]
    answers(6, one, 4)
    answers(1, two, 1)  # alone in its month
    answers(5, three, 4)
    answers(1, three, 1, by=cast.partner)  # alone at its organisation
    lonely = []
    for actor in (PUBLIC, cast.adviser.actor, cast.coordinator.actor, cast.outsider.actor):
        with act_as(actor):
            told = {
                (region.pk, *period): rows("select answers, total from wall.desk_faces(%s, %s, %s)", region.pk, *period)[0]
                for region, period in product((cast.here.region, cast.there.region), ranges(months.first, months.count))
            }
        for wide, narrow in product(told, repeat=2):
            if wide[0] == narrow[0] and wide[1] <= narrow[1] and narrow[2] <= wide[2]:
                between = tuple(x - y for x, y in zip(told[wide], told[narrow], strict=True))
                lonely += [between] if 0 < between[0] < LEAST else []
        assert max(told.values()) == (11, 44)  # of all: six and five who were content, and neither of the two who were not
    assert lonely == []


def test_the_month_that_runs_is_told_when_it_is_over(answers: Callable[..., None], cast: Cast) -> None:
    """Who looked each day would see each answer come."""
    this = timezone.localdate().replace(day=1)
    answers(7, this, 4)
    with act_as(PUBLIC):
        assert rows("select answers from wall.desk_faces(%s, %s, %s)", cast.here.region.pk, month_after(this, -5), month_after(this, 1)) == [(0,)]


def _limits(cast: Cast, case: Case, month: date, number: int, kept: bool) -> None:
    leg = Leg.objects.get(case=case)
    due = timezone.make_aware(datetime.combine(month + timedelta(days=9), time(12)))
    ended = due - timedelta(hours=1) if kept else due + timedelta(hours=1)
    Clock.objects.bulk_create(
        Clock(leg=leg, kind="informed", started_at=due - timedelta(days=3), due_at=due, ended_at=ended, end="met") for _ in range(number)
    )


def test_limits_of_others_are_told_from_five_on_and_ones_own_all(send: Callable[..., Case], logged: Callable[..., Case], cast: Cast) -> None:
    months = ended_months(12)
    own, other = send(), logged(cast.partner)
    _limits(cast, own, months.starts[5], 2, kept=False)
    _limits(cast, other, months.starts[5], 3, kept=True)
    here, partners = cast.here.organisation.pk, cast.partners.pk
    with act_as(PUBLIC):
        assert promise_kept_by_organisation(cast.here.region.pk, months) == {}
    with act_as(cast.desklead.actor) as actor:
        figures = promise_months(actor, cast.here.region, months)
        assert {(each.month, each.organisation_id, each.kept.of) for each in figures} == {(None, here, 2), (months.starts[5], here, 2)}
    _limits(cast, other, months.starts[6], 5, kept=False)
    with act_as(cast.desklead.actor) as actor:
        figures = promise_months(actor, cast.here.region, months)
        assert {(each.month, each.kept.of) for each in figures if each.organisation_id == partners} == {(None, 5), (months.starts[6], 5)}
    with act_as(PUBLIC):
        told = promise_kept_by_organisation(cast.here.region.pk, Months(months.first, 12))
    assert {key: (kept.kept, kept.of) for key, kept in told.items()} == {("informed", partners): (0, 5)}


def test_all_months_in_one_answer_are_those_that_each_would_give(send: Callable[..., Case], logged: Callable[..., Case], cast: Cast) -> None:
    months = ended_months(14)
    for number, month in enumerate(months.starts):
        _limits(cast, send(), month, number % 7, kept=number % 3 == 0)
        _limits(cast, logged(cast.partner), month, (number * 5) % 11, kept=number % 2 == 0)
    for first, until in ranges(months.first, months.count):
        count = (until.year - first.year) * 12 + until.month - first.month
        periods = [(None, first, until), *((start, start, month_after(start, 1)) for start in Months(first, count).starts)]
        with act_as(PUBLIC):
            each = [
                (month, *row) for month, since, end in periods
                for row in rows("select * from wall.desk_promise_kept(%s, %s, %s)", cast.here.region.pk, since, end)
            ]  # fmt: skip
            together = rows("select * from wall.desk_promise_by_month(%s, %s, %s)", cast.here.region.pk, first, until)
        assert sorted(together, key=str) == sorted(each, key=str)


def test_counts_of_each_hour_tell_what_a_recount_tells(send: Callable[..., Case], logged: Callable[..., Case], cast: Cast) -> None:
    """With the counts, without them, and with months that ended after the count."""
    months = ended_months(12)
    own, other = send(), logged(cast.partner)
    for at, number in ((2, 6), (3, 2), (4, 7), (11, 5)):
        _limits(cast, own, months.starts[at], number, kept=at % 2 == 0)
        _limits(cast, other, months.starts[at], number + 1, kept=True)
    late = months.starts[11] + timedelta(days=3)
    Clock.objects.filter(leg__case=own, kind="taken-up").update(due_at=timezone.make_aware(datetime.combine(late, time(9))))
    periods = [Months(months.first, 12), Months(months.starts[2], 3), Months(months.starts[11], 1)]

    def told() -> list[Any]:
        with act_as(PUBLIC):
            public = [promise_kept_by_organisation(cast.here.region.pk, each) for each in periods]
        with act_as(cast.desklead.actor) as actor:
            return [*public, promise_months(actor, cast.here.region, months)]

    live = told()
    assert live[0]
    assert count_promises() > 0
    assert told() == live
    PromiseCount.objects.filter(month__gte=months.starts[4]).delete()  # counted before these months had ended
    assert told() == live


def test_counted_faces_tell_what_a_count_of_every_answer_tells(answers: Callable[..., None], cast: Cast) -> None:
    """Of matters and tablets: with the counts, without them, and with months that ended after the count."""
    months = ended_months(12)
    for at, number, face in ((1, 6, 4), (1, 5, 2), (4, 3, 1), (11, 7, 3)):
        answers(number, months.starts[at], face)
    answers(5, months.starts[11], 1, by=cast.partner)
    with act_as(cast.desklead.actor) as by:
        tablet = set_up_kiosk(by=by, desk=cast.here.desk, place="Aula")
    for place, face in ((2, 4), (2, 1), (11, 2)):
        moment = timezone.make_aware(datetime.combine(months.starts[place] + timedelta(days=5), time(12)))
        KioskAnswer.objects.bulk_create(
            [KioskAnswer(kiosk=tablet, key=uuid4(), face=face, given_at=moment, readers=tablet.readers) for _ in range(6)]
        )

    def told() -> list[Any]:
        with act_as(PUBLIC):
            return [
                rows(f"select * from wall.{window}(%s, %s, %s)", cast.here.region.pk, since, until)[0]
                for window in ("desk_faces", "desk_kiosk_faces")
                for since, until in ranges(months.first, 12)
            ]

    live = told()
    assert max(live)[0] == 23  # six, five, seven and five; the three are few
    assert (18, 42) in live
    assert count_faces() > 0
    assert told() == live
    FaceCount.objects.filter(month__gte=months.starts[11]).delete()  # counted before this month had ended
    assert told() == live
    FaceCount.objects.update(n=50)
    assert told() != live
