"""Rooms that can be booked with times: added, mended, taken out of use."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.ui.times import moment_text
from luukku.desk.access import can_manage_room
from luukku.desk.models import BookableTimes, Room
from luukku.desk.queries.free import taken
from luukku.network.models import Organisation, Premises

_EVER = timedelta(days=2 * 366)  # further ahead nothing can be booked


def add_room(*, by: Actor, organisation: Organisation, name: str, premises: Premises | None = None) -> Room:
    """A room that can be booked with times. Raises RuleBroken for an empty or known name, NotAllowed."""
    if not can_manage_room(by, organisation.pk):
        raise NotAllowed
    room = Room(organisation=organisation, name=_checked(name), premises=premises)
    _check(room)
    with transaction.atomic():
        room.save()
        trail.record("room.added", room, by=by, organisation_id=organisation.pk)
    return room


def change_room(*, by: Actor, room: Room, name: str, premises: Premises | None = None) -> Room:
    """Another name; and where it is, if that has not been said: a room does not move. Raises RuleBroken, NotAllowed."""
    _require(by, room)
    room.name = _checked(name)
    room.premises = room.premises or premises
    _check(room)
    with transaction.atomic():
        room.save(update_fields=["name", "premises"])
        trail.record("room.changed", room, by=by, organisation_id=room.organisation_id)
    return room


def end_room(*, by: Actor, room: Room, at: datetime | None = None) -> Room:
    """It is chosen for nothing any more. Refused while times are published in it, or somebody is to come there. Raises RuleBroken, NotAllowed."""
    now = at or timezone.now()
    _require(by, room)
    with transaction.atomic():
        locked = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
        published = BookableTimes.objects.published(timezone.localdate(now)).filter(room=locked).count()
        if published:
            words = ngettext(
                "Times are still published in this room. Give them another room or take them back first.",
                "Times are still published in this room, in %(n)s places. Give them another room or take them back first.", published,
            )  # fmt: skip
            raise RuleBroken(words % {"n": published})
        booked = taken([], [locked.pk], now, now + _EVER)[1].get(locked.pk, [])
        if booked:
            words = ngettext(
                "A booked time is still to come in this room, %(moment)s. Move it first.",
                "%(n)s booked times are still to come in this room, the last %(moment)s. Move them first.", len(booked),
            )  # fmt: skip
            raise RuleBroken(words % {"n": len(booked), "moment": moment_text(max(start for start, _end in booked))})
        room.deactivated_at = now
        room.save(update_fields=["deactivated_at"])
        trail.record("room.ended", room, by=by, organisation_id=room.organisation_id, at=now)
    return room


def _require(by: Actor, room: Room) -> None:
    """Raises NotAllowed, RuleBroken for a room that is out of use or a remote point's screen: those go with their point."""
    if not can_manage_room(by, room.organisation_id):
        raise NotAllowed
    if room.deactivated_at is not None or hasattr(room, "point"):
        raise RuleBroken(_("This room is out of use, or belongs to a remote point and is kept there."))


def _checked(name: str) -> str:
    found = " ".join(name.split())[:80]
    if not found:
        raise RuleBroken(_("Write the room's name."), field="name")
    return found


def _check(room: Room) -> None:
    same = Room.objects.filter(organisation=room.organisation_id, name__iexact=room.name, deactivated_at=None)
    if same.exclude(pk=room.pk).exists():
        raise RuleBroken(_("There is a room of this name already."), field="name")
    if room.premises is not None and room.premises.organisation_id != room.organisation_id:
        raise RuleBroken(_("These are not your organisation's premises."), field="premises")
