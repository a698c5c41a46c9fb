"""An adviser's or a desk's booked times of a week, what must be moved, and what is published."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.moments import midnight_after, moment_at
from luukku.desk.access import visible_appointments
from luukku.desk.enums import AppointmentState, MeetingPlace
from luukku.desk.models import Appointment, AppointmentPerson, BookableTimes, BusyTime, Case
from luukku.network.enums import Right, roles_with
from luukku.network.models import ClosingDay, Seat

SAID_WITHIN = timedelta(days=60)  # after that nobody remembers
RELATED = ("case__region", "case__company", "case__customer__contact", "desk__organisation", "room__premises", "municipality")


@dataclass(frozen=True)
class BookedDay:
    day: date
    meetings: Sequence[Appointment]


@dataclass(frozen=True)
class Week:
    """`days` are those of the week, with or without meetings; `must_move` are coming ones that an absence or a closing day has fallen on, or whose

    adviser has left; `unsaid` were before today, and nobody has said whether they were held.
    """

    first: date
    days: Sequence[BookedDay]
    must_move: Sequence[Appointment]
    unsaid: Sequence[Appointment]
    busy: Sequence[BusyTime]
    published: Sequence[BookableTimes]

    @property
    def has_meetings(self) -> bool:
        return any(day.meetings for day in self.days)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(actor: Actor, first: date, *, people: Collection[int] | None = None, desks: Collection[int] | None = None) -> Week:
    """The week from Monday `first`, of these people or of these desks. Ten statements."""
    mine = _of(actor, people, desks)
    shown = list(
        mine.filter(starts_at__gte=moment_at(first), starts_at__lt=moment_at(first + timedelta(days=7))).exclude(state=AppointmentState.CANCELLED)
    )
    days = [first + timedelta(days=n) for n in range(7)]
    by_day = [BookedDay(day, [each for each in shown if timezone.localdate(each.starts_at) == day]) for day in days]
    now = timezone.now()
    busy = BusyTime.objects.filter(ends_at__gt=now).select_related("person")
    published = BookableTimes.objects.published(timezone.localdate(now)).select_related(
        "desk__organisation", "service", "room__premises", "municipality"
    )  # fmt: skip
    if people is not None:
        busy, published = busy.filter(person_id__in=people), published.filter(people__in=people).distinct()
    if desks is not None:
        published = published.filter(desk_id__in=desks)
        busy = busy.filter(person__bookable_times__desk_id__in=desks).distinct()
    moving = list(mine.filter(must_move(now)))
    unsaid = mine.filter(state=AppointmentState.BOOKED, ends_at__lt=moment_at(timezone.localdate(now)), ends_at__gt=now - SAID_WITHIN)
    return Week(first, by_day, moving, list(unsaid.order_by("-starts_at", "-id")), list(busy), list(published.prefetch_related("people")))


def to_move(actor: Actor, desks: Collection[int], now: datetime) -> list[Appointment]:
    """The coming booked times of these desks that must be moved, the nearest first. Two statements, one where there are none."""
    return list(_of(actor, None, desks).filter(must_move(now)).order_by("starts_at", "id"))


def meetings_of(actor: Actor, case: Case) -> list[Appointment]:
    """The booked times of a case: those to come by their hour, then those that were, the last one first; none that was cancelled. Two statements."""
    found = list(_of(actor, None, None).filter(case=case).exclude(state=AppointmentState.CANCELLED).order_by("starts_at", "id"))
    now = timezone.now()
    return [each for each in found if each.ends_at >= now] + [each for each in reversed(found) if each.ends_at < now]


@dataclass(frozen=True)
class Today:
    """A booked time of one's own today. `customer` is the company, else the person."""

    pk: int
    number: str
    subject: str
    customer: str
    starts_at: datetime
    place: str
    video_link: str
    is_over: bool


def booked_today(actor: Actor, now: datetime) -> list[Today]:
    """One's own booked times of this day that have not been told of yet, by their hour. One statement."""
    if actor.person_id is None:
        return []
    today = timezone.localdate(now)
    mine = Exists(AppointmentPerson.objects.filter(appointment=OuterRef("pk"), person_id=actor.person_id))
    found = visible_appointments(actor).filter(
        mine, state=AppointmentState.BOOKED, starts_at__gte=moment_at(today), starts_at__lt=midnight_after(today)
    )
    names = ("case__company__name", "case__company_name", "case__customer__contact__name")
    rows = found.order_by("starts_at", "id").values_list("pk", "case__number", "case__subject", "starts_at", "ends_at", "place", "video_link", *names)
    return [
        Today(pk, number, subject, next((name for name in named if name), ""), starts, str(MeetingPlace(place).label), link, ends < now)
        for pk, number, subject, starts, ends, place, link, *named in rows
    ]


def must_move(now: datetime) -> Q:
    """Coming meetings that somebody's absence or the desk's closing day has fallen on, or whose adviser has left."""
    away = AppointmentPerson.objects.filter(
        appointment=OuterRef("pk"), person__busy_times__starts_at__lt=OuterRef("ends_at"), person__busy_times__ends_at__gt=OuterRef("starts_at")
    )  # fmt: skip
    days = AppointmentPerson.objects.filter(
        appointment=OuterRef("pk"),
        person__days_away__first_day__lte=OuterRef("starts_at__date"), person__days_away__last_day__gte=OuterRef("starts_at__date"),
    )  # fmt: skip
    here = Q(desk_id=OuterRef("desk_id")) | Q(region_id=OuterRef("desk__region_id"))
    closed = ClosingDay.objects.filter(here, day=OuterRef("starts_at__date"))
    seats = Seat.objects.on(timezone.localdate(now)).filter(role__in=roles_with(Right.HANDLE_CASES), person=OuterRef("person"))
    left = AppointmentPerson.objects.filter(~Exists(seats), appointment=OuterRef("pk"))
    own = AppointmentPerson.objects.filter(
        Exists(seats.filter(organisation=OuterRef("appointment__desk__organisation"))), appointment=OuterRef("pk")
    )  # fmt: skip
    return Q(Exists(away) | Exists(days) | Exists(closed) | Exists(left) | ~Exists(own), state=AppointmentState.BOOKED, starts_at__gt=now)


def _of(actor: Actor, people: Collection[int] | None, desks: Collection[int] | None) -> "QuerySet[Appointment]":
    found = visible_appointments(actor).select_related(*RELATED).prefetch_related("people")
    if people is not None:
        found = found.filter(Exists(AppointmentPerson.objects.filter(appointment=OuterRef("pk"), person_id__in=people)))
    return found.filter(desk_id__in=desks) if desks is not None else found
