"""A time is booked: with a new matter, or for one that is open."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.core.together import next_key
from luukku.core.trail import record
from luukku.desk.access.links import require_party
from luukku.desk.actions.appointments.plan import DOUBLE_BOOKED, Gone, Plan, TimeTaken, claim, lock_hours, lock_time, nearest_elsewhere
from luukku.desk.actions.appointments.wished import require_wished
from luukku.desk.actions.handling import handles, hold
from luukku.desk.actions.intake import NeedForm, earlier_case, send_need
from luukku.desk.actions.new_doors import acting_at
from luukku.desk.actions.news import tell_customer
from luukku.desk.actions.talking import in_touch
from luukku.desk.actions.waiting import go_on
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import ENDED_STATES, CaseState, Channel, ClockEnd, ClockKind, WaitingFor
from luukku.desk.models import Appointment, AppointmentPerson, BookableTimes, Case, Leg
from luukku.desk.queries.free import taken
from luukku.desk.queries.reaching import language_of
from luukku.network.models import Person


def book_with_need(
    *, by: Actor, times: BookableTimes, starts_at: datetime, need: NeedForm, submit_key: str | None = None, at: datetime | None = None
) -> Appointment:
    """Book a published time and make the matter it is about, both or neither. The same `submit_key` books once.

    The adviser of the time becomes the handler. Raises TimeTaken with the nearest free times, RuleBroken with the field to mend, NotAllowed.
    """
    now = at or timezone.now()
    channel = Channel.WALK_IN if by.is_staff and need.channel == Channel.WALK_IN else Channel.APPOINTMENT
    with never_twice(times, starts_at, now):
        lock_time(times, starts_at)
        booked = replace(need, channel=channel, desk=times.desk, service=need.service or times.service)
        earlier = earlier_case(by=by, need=booked, submit_key=submit_key)
        if earlier is not None:
            return _first_of(by, earlier)
        meeting = WithCase(claim(times, starts_at, now=now), by)
        case = send_need(by=by, need=replace(booked, booked=meeting), submit_key=submit_key, at=now)
        if not by.is_staff:
            return meeting.appointment
        acting = acting_at(by, case.door_principal)
        with act_as(acting), work_on(case.pk, by=acting, at=now) as work:
            return _book(work, work.legs[0], meeting.plan)


def book_for_case(*, by: Actor, case: Case, times: BookableTimes, starts_at: datetime, at: datetime | None = None) -> Appointment:
    """Book a published time for an open matter: its customer at a desk that works on it, staff at any. Raises TimeTaken, RuleBroken, NotAllowed."""
    now = at or timezone.now()
    with never_twice(times, starts_at, now):
        lock_time(times, starts_at)
        plan = claim(times, starts_at, now=now)
        with work_on(case.pk, by=by, at=now) as work:
            return _book(work, leg_for(work, plan), plan)


def agree(*, by: Actor, case: Case, plan: Plan, at: datetime | None = None) -> Appointment:
    """Staff and customer have agreed on a time that was not published.

    Raises RuleBroken when somebody or the room is taken, or it is outside the hours that she wishes; NotAllowed.
    """
    now = at or timezone.now()
    if plan.starts_at <= now:
        raise RuleBroken(_("The time has passed already. Choose one to come."), field="day")
    with transaction.atomic():
        lock_hours(plan.people, plan.starts_at, plan.busy_until)
        require_present(plan)
        with work_on(case.pk, by=by, at=now) as work:
            require_wished(work.case, plan)
            return _book(work, work.leg(), plan)


def require_present(plan: Plan, but_not: int | None = None) -> None:
    """Raises RuleBroken that names who is away or booked then, or the room."""
    of_person, of_room = taken(
        [each.pk for each in plan.people], [plan.room.pk] if plan.room else [], plan.starts_at, plan.busy_until, but_not
    )  # fmt: skip
    for person in plan.people:
        if person.pk in of_person:
            raise RuleBroken(_("%(name)s has something else then. Choose another time.") % {"name": person.name}, field="hour")
    if of_room:
        raise RuleBroken(_("The room is taken then. Choose another time or room."), field="room")


def leg_for(work: Work, plan: Plan) -> Leg:
    """The part of the matter that a booking belongs to. Raises RuleBroken for an ended matter or a desk that does not work on it, NotAllowed."""
    if work.case.state in ENDED_STATES:
        raise RuleBroken(_("This matter has ended. Open it again first, then book."))
    if work.by.is_staff:
        return work.leg()
    require_party(work.by, work.case)
    ours = [leg for leg in work.legs if leg.state not in ENDED_STATES and leg.desk_id == plan.desk.pk]
    if not ours:
        raise RuleBroken(_("This desk does not work on your matter. Write to us, and we find a time together."))
    return ours[0]


def _book(work: Work, leg: Leg, plan: Plan) -> Appointment:
    appointment = Appointment(created_at=work.at, changed_at=work.at)
    with never_twice(plan.times, plan.starts_at, work.at):
        _insert(appointment, work.case, plan)
    _hold(work, leg, plan)
    set_step(work, leg, appointment, plan)
    work.save(leg)
    work.record("case.booked", leg=leg, appointment=appointment.pk, starts=plan.starts_at.isoformat(), place=plan.place)
    work.tell("desk.appointment_booked", appointment=appointment.pk)
    tell_advisers(work.case, appointment, [person.pk for person in plan.people], "booked")
    return appointment


def _insert(appointment: Appointment, case: Case, plan: Plan) -> None:
    appointment.case = case
    plan.put_on(appointment)
    appointment.save(force_insert=True)
    AppointmentPerson.objects.bulk_create([AppointmentPerson(appointment=appointment, person=person) for person in plan.people])


class WithCase:
    """A customer's booking that is written with her new case. As little as may be stands between the case's number, for which all of the region's

    contacts wait, and the commit: everything is told first. For staff, who talk with her, `_book` does it all afterwards.
    """

    def __init__(self, plan: Plan, by: Actor) -> None:
        self.plan, self.is_hers, self.appointment = plan, not by.is_staff, Appointment()

    @property
    def person(self) -> Person:
        return self.plan.people[0]

    def step(self, case: Case) -> tuple[str, datetime]:
        return step_words(case, self.plan), self.plan.starts_at

    def tell(self, case: Case, acting: Actor, at: datetime) -> None:
        if self.is_hers:
            self.appointment = Appointment(pk=next_key(Appointment), created_at=at, changed_at=at)
            tell_customer("desk.appointment_booked", case, (), by=acting, at=at, appointment=self.appointment.pk)
            tell_advisers(case, self.appointment, [person.pk for person in self.plan.people], "booked")

    def write(self, case: Case, leg: Leg, acting: Actor, at: datetime) -> None:
        if self.is_hers:
            _insert(self.appointment, case, self.plan)
            record(
                "case.booked", case, by=acting, region_id=case.region_id, at=at, leg=leg.pk, appointment=self.appointment.pk,
                starts=self.plan.starts_at.isoformat(), place=self.plan.place,
            )  # fmt: skip


@contextmanager
def never_twice(
    times: BookableTimes | None, starts_at: datetime, now: datetime, *, but_not: int | None = None, also: Sequence[Person] = ()
) -> Iterator[None]:
    """One transaction. That a time is not free, or that the constraints refuse it, becomes TimeTaken; the nearest free times of a published one are

    looked for when the locks are gone, so that those who wait for them wait no longer.
    """
    try:
        with transaction.atomic():
            yield
        return
    except Gone:
        pass
    except IntegrityError as error:
        if not any(name in str(error) for name in DOUBLE_BOOKED):
            raise
    raise TimeTaken(nearest_elsewhere(times, starts_at, now=now, but_not=but_not, also=also) if times is not None else ())


def _hold(work: Work, leg: Leg, plan: Plan) -> None:
    """Whom she has booked has her matter, if nobody had it; talking with staff is contact; what waited for her goes on."""
    if work.by.is_staff:
        in_touch(work, leg, spoken=True)
        return
    person = plan.people[0]
    if leg.state == CaseState.NEW and handles(person.pk, leg.desk.organisation_id):
        hold(work, leg, person.pk)
    elif leg.state == CaseState.TAKEN_UP:
        work.clocks(leg).end(ClockKind.TAKEN_UP, ClockEnd.MET)  # armed anew when an earlier time was not kept
        leg.not_contacted = False
    elif leg.state == CaseState.WAITING and leg.waiting_for == WaitingFor.CUSTOMER:
        go_on(work, leg)


def set_step(work: Work, leg: Leg, appointment: Appointment, plan: Plan) -> None:
    """The meeting is what happens next (not saved)."""
    if leg.state in ENDED_STATES:
        return
    leg.next_step, leg.next_step_at = step_words(work.case, plan), appointment.starts_at


def step_words(case: Case, plan: Plan) -> str:
    with translation.override(language_of(case)):
        words = _("Meeting with %(name)s") % {"name": " · ".join(person.name for person in plan.people)}
    return words[:200]


def tell_advisers(case: Case, appointment: Appointment, people: list[int], what: str) -> None:
    """A calendar mail to each adviser: `booked`, `moved` or `cancelled`."""
    for person in people:
        mail.queue("desk.appointment_staff", case, appointment=appointment.pk, person=person, what=what)


def _first_of(by: Actor, case: Case) -> Appointment:
    with act_as(acting_at(by, case.door_principal)):
        return Appointment.objects.select_related("case").filter(case=case).order_by("id")[0]
