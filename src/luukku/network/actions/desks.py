"""Desks, and the hours and closing days that promises are counted in."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.registries import calendar_watchers
from luukku.core.trail import record, subject_kind
from luukku.core.worktime import DAY_MINUTES, Hours
from luukku.network import access
from luukku.network.actions.holding import check_holds
from luukku.network.actions.writing import writing
from luukku.network.models import ClosingDay, Desk, OpeningDay, OpeningHours, Organisation, PastHours, Premises, Region
from luukku.network.queries.calendars import NO_HOURS, Owner
from luukku.network.queries.place_hours import forget_place_hours

LANGUAGES = ("fi", "sv", "en")


def open_desk(
    *,
    by: Actor,
    organisation: Organisation,
    region: Region,
    names: Mapping[str, str],
    phone: str = "",
    is_front: bool = False,
    has_door: bool = False,
) -> Desk:
    """A desk that takes the organisation's cases in a region where it takes part. Raises NotAllowed, RuleBroken.

    `names` maps fi, sv, en to the desk's name. A new front desk takes the place of the old one: for the coordinator only.
    """
    access.require(access.can_edit_organisation(by, organisation.pk) or access.can_edit_region(by, region.pk))
    if not organisation.participations.filter(region=region, valid_until=None).exists():
        raise RuleBroken(_("The organisation does not take part in this region."))
    if organisation.desks.filter(region=region, deactivated_at=None).exists():
        raise RuleBroken(_("The organisation has a desk in this region already."))
    with writing("desk.open", by=by):
        columns = {f"name_{language}": names.get(language, "") for language in LANGUAGES}
        desk = Desk.objects.create(organisation=organisation, region=region, phone=phone, has_door=has_door, **columns)
        record("desk.opened", desk, by=by, region_id=region.pk, organisation_id=organisation.pk)
        if is_front:
            make_front_desk(by=by, desk=desk)
    return desk


def edit_desk(*, by: Actor, desk: Desk, names: Mapping[str, str], phone: str, has_door: bool) -> Desk:
    """Name and telephone of a desk, and whether it takes needs in by a page of its own. Raises NotAllowed."""
    access.require(access.can_edit_desk(by, desk))
    with writing("desk.edit", by=by):
        for language in LANGUAGES:
            setattr(desk, f"name_{language}", names.get(language, ""))
        desk.phone, desk.has_door = phone, has_door
        desk.save(update_fields=["name_fi", "name_sv", "name_en", "phone", "has_door"])
        record("desk.edited", desk, by=by, region_id=desk.region_id, organisation_id=desk.organisation_id)
    return desk


def make_front_desk(*, by: Actor, desk: Desk) -> None:
    """What fits no other desk of the region comes here from now on. The coordinator decides. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_region(by, desk.region_id))
    if desk.deactivated_at:
        raise RuleBroken(_("The desk is closed."))
    with writing("desk.front", by=by):
        Desk.objects.filter(region_id=desk.region_id, is_front=True, deactivated_at=None).exclude(pk=desk.pk).update(is_front=False)
        desk.is_front = True
        desk.save(update_fields=["is_front"])
        record("desk.made_front", desk, by=by, region_id=desk.region_id, organisation_id=desk.organisation_id)


def close_desk(*, by: Actor, desk: Desk) -> None:
    """The desk takes no more cases. Refused for a front desk and while open cases lie there. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_desk(by, desk))
    if desk.deactivated_at:
        return
    if desk.is_front:
        raise RuleBroken(_("This is the region's front desk. Make another desk the front desk first."))
    check_holds("network.desk", desk.pk)
    with writing("desk.close", by=by):
        desk.deactivated_at = timezone.now()
        desk.save(update_fields=["deactivated_at"])
        record("desk.closed", desk, by=by, region_id=desk.region_id, organisation_id=desk.organisation_id)


def set_hours(*, by: Actor, owner: Owner, week: Sequence[Hours]) -> None:
    """The opening hours of a region's door, of a desk or of premises, Monday first.

    A week without any hours takes a desk back to its region's hours, and premises to words only; a region needs some.
    Promises that run are counted anew.
    Raises NotAllowed, RuleBroken.
    """
    _require_owner(by, owner)
    if len(week) != 7:
        raise ValueError("a week has seven days")
    if isinstance(owner, Region) and not any(week):
        raise RuleBroken(_("Give opening hours for at least one day: promises are counted in them."))
    rows = [(weekday, _time(each.start), _time(each.end)) for weekday, day in enumerate(week) for each in day]
    before = list(owner.opening_hours.values_list("weekday", "opens", "closes"))
    if rows == before:
        return
    with writing("hours.set", by=by):
        _keep_past(owner, before)
        owner.opening_hours.all().delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(weekday=weekday, opens=opens, closes=closes, **_owner(owner)) for weekday, opens, closes in rows
        )
        record("hours.set", owner, by=by, region_id=_region_id(owner), intervals=len(rows))
        tell_watchers(owner)


def _keep_past(owner: Owner, week: Sequence[tuple[int, time, time]]) -> None:
    """What was promised before today is counted in the hours of its time. Of several changes in a day the first tells what held before it."""
    today = timezone.localdate()
    if isinstance(owner, Premises):
        return  # nothing is promised in them
    had_none = not week and isinstance(owner, Region) and not owner.is_live  # nobody has been promised anything yet
    if had_none or owner.past_hours.filter(until=today).exists():
        return
    rows: Sequence[tuple[int, time | None, time | None]] = week or [(NO_HOURS, None, None)]
    PastHours.objects.bulk_create(
        PastHours(until=today, weekday=weekday, opens=opens, closes=closes, **_owner(owner)) for weekday, opens, closes in rows
    )


def add_closing_day(*, by: Actor, owner: Owner, day: date, reason: str = "") -> ClosingDay:
    """A day on which the region's door, the desk or the premises are closed, besides public holidays. Raises NotAllowed, RuleBroken."""
    _require_owner(by, owner)
    if day < timezone.localdate():
        raise RuleBroken(_("The day has passed. Promises given then were counted without it."), field="day")
    if owner.closing_days.filter(day=day).exists():
        raise RuleBroken(_("This day is a closing day already."), field="day")
    if owner.opening_days.filter(day=day).exists():
        raise RuleBroken(_("This day has opening hours of its own. Remove them first."), field="day")
    with writing("closing_day.add", by=by):
        found = ClosingDay.objects.create(day=day, reason=reason, **_owner(owner))
        record("closing_day.added", owner, by=by, region_id=_region_id(owner), day=day)
        tell_watchers(owner)
    return found


def remove_closing_day(*, by: Actor, closing_day: ClosingDay) -> None:
    """The day is an ordinary one after all. Raises NotAllowed, RuleBroken for a day that has passed."""
    owner = closing_day.desk or closing_day.region or closing_day.premises
    assert owner is not None  # the database sees to it
    _require_owner(by, owner)
    if closing_day.day < timezone.localdate():
        raise RuleBroken(_("The day has passed. Promises given then were counted without it."))
    with writing("closing_day.remove", by=by):
        day = closing_day.day
        closing_day.delete()
        record("closing_day.removed", owner, by=by, region_id=_region_id(owner), day=day)
        tell_watchers(owner)


def tell_watchers(owner: Owner) -> None:
    """The working time of a region or desk is another one from now on: whoever has counted with it is told. Nothing is counted in premises'."""
    if isinstance(owner, Premises):
        forget_place_hours()
        return
    for watcher in calendar_watchers.all():
        watcher.changed(subject_kind(owner), owner.pk)


def set_day_hours(*, by: Actor, owner: Owner, day: date, hours: Hours, reason: str = "") -> None:
    """Give one date hours of its own: a Saturday that is open for once, or a shorter day. No hours take the date back to its weekday.

    Raises NotAllowed, RuleBroken.
    """
    _require_owner(by, owner)
    if day < timezone.localdate():
        raise RuleBroken(_("The day has passed already."), field="open_day")
    if hours and owner.closing_days.filter(day=day).exists():
        raise RuleBroken(_("The day is a closing day. Remove the closing day first."), field="open_day")
    with writing("opening_day.set", by=by):
        owner.opening_days.filter(day=day).delete()
        OpeningDay.objects.bulk_create(
            OpeningDay(day=day, opens=_time(each.start), closes=_time(each.end), reason=reason.strip()[:120], **_owner(owner)) for each in hours
        )
        record("opening_day.set", owner, by=by, region_id=_region_id(owner), day=day, intervals=len(hours))
        tell_watchers(owner)


def _require_owner(by: Actor, owner: Owner) -> None:
    access.require(access.can_edit_hours(by, owner))


def _owner(owner: Owner) -> dict[str, Owner]:
    return {owner._meta.model_name or "": owner}


def _region_id(owner: Owner) -> int | None:
    return owner.pk if isinstance(owner, Region) else owner.region_id if isinstance(owner, Desk) else None


def _time(minute: int) -> time:
    return time(23, 59) if minute == DAY_MINUTES else time(minute // 60, minute % 60)
