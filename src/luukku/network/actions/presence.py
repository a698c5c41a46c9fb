"""In, back at, away: what somebody says of herself for today. Deliberately outside the trail and the field history: nobody's days are recorded."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.moments import midnight_after, moment_at
from luukku.network import access
from luukku.network.enums import PresenceState
from luukku.network.models import Presence


def mark_presence(*, by: Actor, state: str, back: time | None = None, at: datetime | None = None) -> Presence:
    """Say of oneself whether one is in; with BACK the hour of today. It holds until midnight. Raises RuleBroken, NotAllowed."""
    if by.person_id is None:
        raise NotAllowed
    if state not in PresenceState.values:
        raise RuleBroken(_("Choose whether you are in."), field="state")
    now = timezone.localtime(at)
    back_at = _hour(now, back) if state == PresenceState.BACK else None
    midnight = midnight_after(now.date())
    with transaction.atomic():
        found, _made = Presence.objects.update_or_create(
            person_id=by.person_id, defaults={"state": state, "back_at": back_at, "until": midnight}
        )  # fmt: skip
    return found


def forget_presence(*, by: Actor) -> None:
    """Take back what one has said: hours and booked times tell again. Raises NotAllowed."""
    if by.person_id is None:
        raise NotAllowed
    Presence.objects.filter(person_id=by.person_id).delete()


def forget_past_presences(*, by: Actor) -> int:
    """Delete what was said of days that are over; returns how many. For the house."""
    access.require(by.kind == "house")
    return Presence.objects.filter(until__lte=timezone.now()).delete()[0]


def _hour(now: datetime, back: time | None) -> datetime:
    if back is None:
        raise RuleBroken(_("Write the hour when you are back, such as 14.00."), field="back")
    moment = moment_at(now.date(), back)
    if moment <= now:
        raise RuleBroken(_("This hour has passed. Write one to come, or choose that you are in."), field="back")
    return moment
