"""A booked time is moved or cancelled, by the customer until its limit, by staff at any time."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.desk.access import get_appointment
from luukku.desk.access.links import require_party
from luukku.desk.actions.appointments.booking import leg_for, never_twice, require_present, set_step, tell_advisers
from luukku.desk.actions.appointments.calling_off import call_off
from luukku.desk.actions.appointments.plan import Plan, claim, lock_hours, lock_time, touch
from luukku.desk.actions.appointments.unkept import arm_anew
from luukku.desk.actions.appointments.wished import require_wished
from luukku.desk.actions.handover.meeting import follow_meeting
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import ENDED_STATES, AppointmentState, Canceller
from luukku.desk.models import Appointment, AppointmentPerson, BookableTimes, Leg
from luukku.network.models import Desk, Person


class TooLate(RuleBroken):
    """The customer may no more do it by herself: she calls."""


def move(*, by: Actor, appointment: Appointment, times: BookableTimes, starts_at: datetime, at: datetime | None = None) -> Appointment:
    """To another published time, perhaps of somebody else; a meeting of several advisers to one that suits all of them.

    Raises TimeTaken, TooLate, RuleBroken, NotAllowed.
    """
    now = at or timezone.now()
    met = list(appointment.people.all())
    several = met if len(met) > 1 else []
    with never_twice(times, starts_at, now, but_not=appointment.pk, also=several):
        lock_time(times, starts_at, several)
        if several and not {person.pk for person in times.people.all()} <= {person.pk for person in several}:
            raise RuleBroken(_("This is a meeting of several advisers. Choose a time of theirs."), field="slot")
        plan = claim(times, starts_at, now=now, but_not=appointment.pk, also=several)
        return _move(by, appointment, plan, now, met={person.pk for person in met})


def several_of(appointment: Appointment) -> list[Person]:
    """The advisers of a meeting of several, who all come along when it is moved; none of a meeting with one."""
    people = list(appointment.people.all())
    return people if len(people) > 1 else []


def move_freely(*, by: Actor, appointment: Appointment, plan: Plan, at: datetime | None = None) -> Appointment:
    """To a time agreed with the customer. Raises RuleBroken when somebody or the room is taken, NotAllowed."""
    now = at or timezone.now()
    if plan.starts_at <= now:
        raise RuleBroken(_("The time has passed already. Choose one to come."), field="day")
    with transaction.atomic():
        lock_hours(plan.people, plan.starts_at, plan.busy_until)
        require_present(plan, appointment.pk)
        return _move(by, appointment, plan, now)


def _move(by: Actor, appointment: Appointment, plan: Plan, now: datetime, *, met: set[int] | None = None) -> Appointment:
    """`met`: who were to come when their hours were locked."""
    with work_on(appointment.case_id, by=by, at=now) as work:
        mine = _still_booked(work, appointment)
        before = {person.pk for person in mine.people.all()}
        if met is not None and met != before:
            raise RuleBroken(_("Who comes has just been changed. Look at the time again, and then move it."), field="slot")
        if plan.times is not None and len(before) > 1:
            plan = replace(plan, desk=_desk_of(work, mine, plan))
        leg = leg_for(work, plan)
        if plan.times is None:
            require_wished(work.case, plan)
        after = {person.pk for person in plan.people}
        if (mine.starts_at, before) == (plan.starts_at, after):
            return mine
        was = mine.starts_at
        plan.put_on(mine)
        mine.moves += 1
        touch(mine, now)
        mine.reminded_at = None
        with never_twice(plan.times, plan.starts_at, now):
            AppointmentPerson.objects.filter(appointment=mine, person_id__in=before - after).delete()
            mine.save()
            new = [person for person in plan.people if person.pk not in before]
            AppointmentPerson.objects.bulk_create([AppointmentPerson(appointment=mine, person=person) for person in new])
        _restep(leg, was)
        set_step(work, leg, mine, plan)
        work.save(leg)
        work.record("case.time_moved", leg=leg, appointment=mine.pk, starts=mine.starts_at.isoformat(), before=was.isoformat())
        work.tell("desk.appointment_moved", appointment=mine.pk)
        tell_advisers(work.case, mine, sorted(before - after), "withdrawn")
        tell_advisers(work.case, mine, sorted(after), "moved")
        follow_meeting(work, mine)
        return mine


def _desk_of(work: Work, meeting: Appointment, plan: Plan) -> Desk:
    """Whose time a meeting of several is: the desk's it was, as long as that works on the matter, else the one's whose published time it is."""
    working = {leg.desk_id for leg in work.legs if leg.state not in ENDED_STATES}
    return plan.desk if plan.desk.pk in working and meeting.desk_id not in working else meeting.desk


def cancel(*, by: Actor, appointment: Appointment, wish: str = Canceller.US, at: datetime | None = None) -> Appointment:
    """Take a booked time off. By staff, `wish` says who wanted it. Twice does nothing more. Raises TooLate, RuleBroken, NotAllowed."""
    with work_on(appointment.case_id, by=by, at=at) as work:
        mine = _locked(work, appointment)
        if mine.state == AppointmentState.CANCELLED:
            return mine
        mine = _still_booked(work, mine)
        leg = next((leg for leg in work.legs if leg.desk_id == mine.desk_id), work.legs[0])
        if work.by.is_staff:
            leg = work.leg()
        else:
            wish = Canceller.CUSTOMER
        _restep(leg, mine.starts_at)
        if wish != Canceller.CUSTOMER:
            arm_anew(work, leg, mine)
        work.save(leg)
        call_off(work, mine, leg, wish)
        return mine


def _locked(work: Work, appointment: Appointment) -> Appointment:
    found = Appointment.objects.select_for_update(of=("self",)).filter(pk=appointment.pk, case=work.case).first()
    if found is None:
        raise NotFound
    if not work.by.is_staff:
        require_party(work.by, work.case)
    return found


def _still_booked(work: Work, appointment: Appointment) -> Appointment:
    mine = _locked(work, get_appointment(work.by, appointment.pk))
    if mine.state != AppointmentState.BOOKED:
        raise RuleBroken(_("This time is not booked any more."))
    if not work.by.is_staff and work.at > mine.change_until:
        raise TooLate(_("It is too late to change this time here. Call us."))
    if not work.by.is_staff and mine.starts_at <= work.at:
        raise RuleBroken(_("This time has passed already."))
    return mine


def _restep(leg: Leg, was: datetime) -> None:
    """The meeting was the next step, and is no more (not saved)."""
    if leg.next_step_at == was:
        leg.next_step, leg.next_step_at = "", None
