"""A time is booked: with a new matter, or for one that is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.desk.access.links import require_party
from luukku.desk.actions.appointments.plan import DOUBLE_BOOKED, Plan, TimeTaken, claim, lock_people
from luukku.desk.actions.appointments.wished import require_wished
from luukku.desk.actions.handling import handles, hold
from luukku.desk.actions.intake import NeedForm, earlier_case, send_need
from luukku.desk.actions.talking import in_touch
from luukku.desk.actions.waiting import go_on
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import ENDED_STATES, CaseState, Channel, ClockEnd, ClockKind, WaitingFor
from luukku.desk.models import Appointment, AppointmentPerson, BookableTimes, Case, Leg
from luukku.desk.queries.free import taken


def book_with_need(
    *, by: Actor, times: BookableTimes, starts_at: datetime, need: NeedForm, submit_key: str | None = None, at: datetime | None = None
) -> Appointment:
    """Book a published time and make the matter it is about, both or neither. The same `submit_key` books once.

    The adviser of the time becomes the handler. Raises TimeTaken with the nearest free times, RuleBroken with the field to mend, NotAllowed.
    """
    now = at or timezone.now()
    people = tuple(times.people.all())
    channel = Channel.WALK_IN if by.is_staff and need.channel == Channel.WALK_IN else Channel.APPOINTMENT
    booked = replace(need, channel=channel, desk=times.desk, service=need.service or times.service, booked_with=people[0])
    with transaction.atomic():
        lock_people(people)
        earlier = earlier_case(by=by, need=booked, submit_key=submit_key)
        if earlier is not None:
            return _first_of(by, earlier)
        plan = claim(times, starts_at, now=now)
        case = send_need(by=by, need=booked, submit_key=submit_key, at=now)
        acting = _acting(by, case)
        with act_as(acting), work_on(case.pk, by=acting, at=now) as work:
            return _book(work, work.legs[0], plan)


def book_for_case(*, by: Actor, case: Case, times: BookableTimes, starts_at: datetime, at: datetime | None = None) -> Appointment:
    """Book a published time for an open matter: its customer at a desk that works on it, staff at any. Raises TimeTaken, RuleBroken, NotAllowed."""
    now = at or timezone.now()
    with transaction.atomic():
        lock_people(times.people.all())
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
        lock_people(plan.people)
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
    appointment = Appointment(case=work.case, created_at=work.at, changed_at=work.at)
    plan.put_on(appointment)
    with never_twice():
        appointment.save()
        AppointmentPerson.objects.bulk_create([AppointmentPerson(appointment=appointment, person=person) for person in plan.people])
    _hold(work, leg, plan)
    set_step(work, leg, appointment, plan)
    work.save(leg)
    work.record("case.booked", leg=leg, appointment=appointment.pk, starts=plan.starts_at.isoformat(), place=plan.place)
    work.tell("desk.appointment_booked", appointment=appointment.pk)
    tell_advisers(work, appointment, [person.pk for person in plan.people], "booked")
    return appointment


@contextmanager
def never_twice() -> Iterator[None]:
    """Turns the constraints' refusal into TimeTaken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if any(name in str(error) for name in DOUBLE_BOOKED):
            raise TimeTaken from error
        raise


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
    with translation.override(work.case.language):
        words = _("Meeting with %(name)s") % {"name": " · ".join(person.name for person in plan.people)}
    leg.next_step = words[:200]
    leg.next_step_at = appointment.starts_at


def tell_advisers(work: Work, appointment: Appointment, people: list[int], what: str) -> None:
    """A calendar mail to each adviser: `booked`, `moved` or `cancelled`."""
    for person in people:
        mail.queue("desk.appointment_staff", work.case, appointment=appointment.pk, person=person, what=what)


def _acting(by: Actor, case: Case) -> Actor:
    """The public acts as the door of the case that it has just made."""
    return Actor("link", (case.door_principal,)) if by.kind in ("public", "link") else replace(by, principals=(*by.principals, case.door_principal))


def _first_of(by: Actor, case: Case) -> Appointment:
    with act_as(_acting(by, case)):
        return Appointment.objects.select_related("case").filter(case=case).order_by("id")[0]
