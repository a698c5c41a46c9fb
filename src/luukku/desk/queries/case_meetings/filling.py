"""What the data say of a point of the agenda: codes and numbers, each from where the figure is kept. Nothing is made up: no data, no figure.

Figures of the region come through windows that anybody in the network may ask: of whole months that have ended, nothing of fewer than five. What
stands open, what data are missing and which visits are booked is counted of the reader's own matters only.
"""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.actor import Actor
from luukku.core.months import Months, ended_months
from luukku.desk.access import visible_appointments, visible_cases, visible_legs
from luukku.desk.enums import AppointmentState, ClockKind
from luukku.desk.models.meeting_kinds import PointKind
from luukku.desk.queries.case_meetings.changes import change_sources
from luukku.desk.queries.handover_figures import handover_figures
from luukku.desk.queries.promise import promise_kept
from luukku.network.models import Person, Region

MONTHS = 3  # that have ended
LATELY = timedelta(days=90)
FRESH = timedelta(days=365)
AHEAD = timedelta(days=30)
MOST_SERVICES = 8


@dataclass(frozen=True)
class Figure:
    """`code` says what is counted, `n` how many, `of` out of how many (0: not a share), `key` of what (a service's id, a place, a date)."""

    code: str
    n: float
    of: int = 0
    key: str = ""

    def kept(self) -> dict[str, Any]:
        """As it is kept with a closed meeting."""
        return asdict(self)


def figures_of(actor: Actor, region: Region, kinds: Collection[str], now: datetime | None = None) -> dict[str, list[Figure]]:
    """The figures by kind of point. At most five statements for each kind, whatever the amount of data."""
    at = now or timezone.now()
    return {kind: _FILL[PointKind(kind)](actor, region, at) for kind in sorted(set(kinds)) if kind in _FILL}


def read_figures(rows: Collection[dict[str, Any]]) -> list[Figure]:
    """Figures that were kept."""
    return [Figure(**row) for row in rows]


def _rows(window: str, *given: int | bool | date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from wall.{window}({', '.join(['%s'] * len(given))})", list(given))
        return list(cursor.fetchall())


def _region(actor: Actor, region: Region, now: datetime) -> list[Figure]:
    months = _months(now)
    came, settled = (_rows("desk_matters", region.pk, months.first, months.until, ended)[0][0] for ended in (False, True))
    kept = promise_kept(region.pk, months)
    found = [Figure(code, n) for code, n in (("came", came), ("settled", settled)) if n]  # none told is not none
    found += [Figure(f"kept-{kind}", kept[kind].kept, kept[kind].of) for kind in (ClockKind.TAKEN_UP, ClockKind.INFORMED) if kind in kept]
    mine = visible_cases(actor).open().filter(region=region).count() if actor.is_staff else 0
    return found + ([Figure("open-ours", mine)] if mine else [])


def _months(now: datetime) -> Months:
    return ended_months(MONTHS, timezone.localdate(now))


def _changes(actor: Actor, region: Region, now: datetime) -> list[Figure]:
    """What the reader's organisation knows to have happened to companies, then for what the region's companies came."""
    known = {f"{name}.{code}": n for name, source in change_sources.items() for code, n in source.count(actor, region.pk, now - LATELY).items()}
    happened = [Figure("change", n, key=key) for key, n in known.items() if n]
    months = _months(now)
    rows = _rows("desk_matters_by_service", region.pk, months.first, months.until)
    named = [Figure("service", n, key=str(service)) for service, n in rows[:MOST_SERVICES]]
    rest = sum(int(n) for _service, n in rows[MOST_SERVICES:])
    return [*happened, *named, *([Figure("services-rest", rest)] if rest else [])]


def _customers(actor: Actor, region: Region, now: datetime) -> list[Figure]:
    mine = visible_cases(actor).open().filter(region=region)
    counted = mine.aggregate(
        all=Count("pk"), nobody=Count("pk", filter=Q(customer=None)),
        nameless=Count("pk", filter=Q(company=None, company_name="", business_id="")), nowhere=Count("pk", filter=Q(municipality=None)),
    )  # fmt: skip
    if not counted["all"]:
        return []
    unserved = visible_legs(actor).open().filter(case__region=region, service=None).count()
    shares = (("no-contact", counted["nobody"]), ("no-company", counted["nameless"]), ("no-municipality", counted["nowhere"]))
    return [*(Figure(code, n, counted["all"]) for code, n in shares), Figure("no-service", unserved)]


def _visits(actor: Actor, region: Region, now: datetime) -> list[Figure]:
    """Only the reader's own: what is to come is no figure of the region, for one more would tell of one."""
    coming = visible_appointments(actor).filter(case__region=region, state=AppointmentState.BOOKED, starts_at__gte=now, starts_at__lt=now + AHEAD)
    counted = coming.order_by().values_list("place").annotate(n=Count("pk")).order_by("-n", "place")
    return [Figure("booked", n, key=place) for place, n in counted]


def _guidance(actor: Actor, region: Region, now: datetime) -> list[Figure]:
    found = handover_figures(region.pk, _months(now))
    if not found.made:
        return []
    shown = [
        Figure("handovers", found.made), Figure("accepted", found.accepted, found.answered), Figure("declined", found.declined, found.answered),
        Figure("warm", found.warm, found.made),
    ]  # fmt: skip
    return shown + ([Figure("hours", round(found.hours, 1))] if found.hours is not None else [])


def _cards(region: Region) -> Any:
    return Service.objects.active().filter(providers__region=region).distinct()


def _guide(actor: Actor, region: Region, now: datetime) -> list[Figure]:
    day = timezone.localdate(now)
    counted = _cards(region).aggregate(
        all=Count("pk", distinct=True), lately=Count("pk", distinct=True, filter=Q(reviewed_at__gte=day - LATELY)),
        stale=Count("pk", distinct=True, filter=Q(reviewed_at__lt=day - FRESH)), never=Count("pk", distinct=True, filter=Q(reviewed_at=None)),
    )  # fmt: skip
    if not counted["all"]:
        return []
    return [Figure(f"cards-{code}", counted[code], counted["all"]) for code in ("lately", "stale", "never")]


def _faces(actor: Actor, region: Region, now: datetime) -> list[Figure]:
    months, found = _months(now), []
    for code, window in (("face", "desk_faces"), ("kiosk-face", "desk_kiosk_faces")):
        answers, total = _rows(window, region.pk, months.first, months.until)[0]
        found += [Figure(code, round(float(total) / answers, 1)), Figure(f"{code}-answers", answers)] if answers else []
    return found


def _site(actor: Actor, region: Region, now: datetime) -> list[Figure]:
    day = timezone.localdate(now)
    cards = _cards(region).aggregate(
        all=Count("pk", distinct=True), fresh=Count("pk", distinct=True, filter=Q(reviewed_at__gte=day - FRESH)), oldest=Min("reviewed_at")
    )
    people = Person.objects.published().filter(pk__in=region.seats.on(day).values("person")).aggregate(
        all=Count("pk", distinct=True), silent=Count("pk", distinct=True, filter=Q(help_text_fi="", help_text_sv="", help_text_en=""))
    )  # fmt: skip
    found = [Figure("cards-fresh", cards["fresh"], cards["all"])] if cards["all"] else []
    if cards["oldest"]:
        found.append(Figure("cards-oldest", 0, key=cards["oldest"].isoformat()))
    return found + ([Figure("people-silent", people["silent"], people["all"])] if people["all"] else [])


_FILL: dict[PointKind, Callable[[Actor, Region, datetime], list[Figure]]] = {
    PointKind.REGION: _region,
    PointKind.CHANGES: _changes,
    PointKind.CUSTOMERS: _customers,
    PointKind.VISITS: _visits,
    PointKind.GUIDANCE: _guidance,
    PointKind.GUIDE: _guide,
    PointKind.FACES: _faces,
    PointKind.SITE: _site,
}
OWN = ("open-ours", "change")  # figures that only their reader may see are not kept for all
KEPT = tuple(kind for kind in _FILL if kind not in (PointKind.CUSTOMERS, PointKind.VISITS))
