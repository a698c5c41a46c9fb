"""Published times are moved, shortened or taken back, and whoever has booked one of them is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.trail import record
from luukku.desk.access import can_publish, visible_appointments
from luukku.desk.actions.appointments.booking import tell_advisers
from luukku.desk.actions.appointments.changing import cancel
from luukku.desk.actions.appointments.plan import Plan, plan_of, touch
from luukku.desk.actions.appointments.publishing import TimesForm, at_point, check_times, put_on, withdraw_times
from luukku.desk.actions.handover.meeting import follow_meeting
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import AppointmentState, Canceller
from luukku.desk.models import Appointment, BookableTimes, Leg, ServicePoint
from luukku.desk.queries.free import pattern_of
from luukku.desk.queries.slots import Pattern, stretch_on


@dataclass(frozen=True)
class Told:
    """What became of booked times: how many stay at another place, how many were taken off, and how many only their own handlers can change."""

    moved: int = 0
    cancelled: int = 0
    others: int = 0


def booked_of(by: Actor, times: BookableTimes, now: datetime | None = None) -> list[Appointment]:
    """The coming booked times of published times that the actor may see, in order. Two statements."""
    found = visible_appointments(by).filter(times=times, state=AppointmentState.BOOKED, starts_at__gt=now or timezone.now())
    return list(found.prefetch_related("people").order_by("starts_at"))


def change_times(*, by: Actor, times: BookableTimes, form: TimesForm, at: datetime | None = None) -> Told:
    """Move, shorten or lengthen published times. What is booked and still fits stays, at the new place if that has changed; what does not fit
    is taken off. The customers are told of both, with the way to another time. Raises RuleBroken with the field to mend, NotAllowed.
    """
    now = at or timezone.now()
    people = {person.pk for person in form.people} | set(times.people.values_list("pk", flat=True))
    if not can_publish(by, times.desk, people) or form.desk.pk != times.desk_id:
        raise NotAllowed
    form = at_point(form)
    check_times(form, timezone.localdate(now))
    with transaction.atomic():
        locked = BookableTimes.objects.select_for_update(of=("self",)).select_related("desk__organisation", "desk__region").get(pk=times.pk)
        if locked.withdrawn_at is not None:
            raise RuleBroken(_("These times have been taken back already."))
        booked = booked_of(by, locked, now)
        put_on(form, locked)
        locked.save()
        locked.people.set(form.people)
        told = _tell(by, locked, booked, now)
        record(
            "times.changed", locked, by=by, region_id=locked.desk.region_id, organisation_id=locked.desk.organisation_id, at=now, place=locked.place
        )
    return told


def take_back_times(*, by: Actor, times: BookableTimes, cancels: bool, at: datetime | None = None) -> Told:
    """Withdraw published times; with `cancels` what is booked is taken off too, and the customers are told. Raises NotAllowed."""
    now = at or timezone.now()
    with transaction.atomic():
        withdraw_times(by=by, times=times, at=now)
        if not cancels:
            return Told()
        done = [_take_off(by, each, now) for each in booked_of(by, times, now)]
    return Told(cancelled=sum(done), others=len(done) - sum(done))


def _tell(by: Actor, times: BookableTimes, booked: Sequence[Appointment], now: datetime) -> Told:
    moved = cancelled = others = 0
    pattern, people = pattern_of(times), set(times.people.values_list("pk", flat=True))
    for each in booked:
        plan = replace(plan_of(times, each.starts_at), ends_at=each.ends_at, busy_until=each.busy_until, change_until=each.change_until)
        if not _fits(each, pattern) or not people <= {person.pk for person in each.people.all()}:
            gone = _take_off(by, each, now)
            cancelled, others = cancelled + gone, others + (not gone)
        elif _place_of(each) != _place_of(plan):
            there = _move_place(by, each, plan, now)
            moved, others = moved + (there is True), others + (there is False)
    return Told(moved, cancelled, others)


def _fits(appointment: Appointment, pattern: Pattern) -> bool:
    """Whether the meeting lies within what is published now; how that is cut does not matter to what is booked."""
    stretch = stretch_on(pattern, timezone.localdate(appointment.starts_at))
    return any(opens <= appointment.starts_at and appointment.ends_at <= closes for opens, closes in stretch)


def _place_of(meeting: Appointment | Plan) -> tuple[object, ...]:
    return meeting.place, meeting.room, meeting.municipality, meeting.address, meeting.video_link


def _take_off(by: Actor, appointment: Appointment, now: datetime) -> bool:
    """Whether it could be: of matters of other organisations only their handlers decide."""
    try:
        with transaction.atomic():
            cancel(by=by, appointment=appointment, wish=Canceller.US, at=now)
    except (NotAllowed, NotFound):
        return False
    return True


def _move_place(by: Actor, appointment: Appointment, plan: Plan, now: datetime) -> bool | None:
    """The same hour at another place: the customer and the advisers get the invitation anew. None when it is not booked then any more."""
    try:
        with transaction.atomic(), work_on(appointment.case_id, by=by, at=now) as work:
            leg = work.leg()
            found = Appointment.objects.select_for_update(of=("self",)).filter(pk=appointment.pk, state=AppointmentState.BOOKED, times=plan.times)
            mine = found.filter(starts_at=plan.starts_at).first()  # the customer may have cancelled it while we waited for the case
            if mine is None:
                return None
            plan.put_on(mine)
            _at_new_place(work, leg, mine)
    except (NotAllowed, NotFound):
        return False
    return True


def _at_new_place(work: Work, leg: Leg, appointment: Appointment) -> None:
    touch(appointment, work.at)
    appointment.save()
    work.record("case.place_changed", leg=leg, appointment=appointment.pk, starts=appointment.starts_at.isoformat())
    work.tell("desk.appointment_moved", appointment=appointment.pk, only="place")
    tell_advisers(work.case, appointment, [person.pk for person in appointment.people.all()], "place")
    follow_meeting(work, appointment)


def follow_point(*, by: Actor, point_id: int, at: datetime | None = None) -> int:
    """A visiting desk or remote point lies elsewhere: what is booked there is told its new address; returns how many. As the house, for they are

    matters of many organisations.
    """
    now, where = at or timezone.now(), ServicePoint.objects.get(pk=point_id).where[:200]
    coming = Appointment.objects.filter(times__point=point_id, state=AppointmentState.BOOKED, starts_at__gt=now).exclude(address=where)
    told = 0
    for key, case in list(coming.order_by("case", "pk").values_list("pk", "case")):
        with work_on(case, by=by, at=now) as work:
            mine = coming.select_for_update(of=("self",)).filter(pk=key).first()
            if mine is None:
                continue
            mine.address = where
            _at_new_place(work, next((leg for leg in work.legs if leg.desk_id == mine.desk_id), work.legs[0]), mine)
            told += 1
    return told
