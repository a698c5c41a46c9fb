"""The hours that a bought-in shepherd has worked for a customer: logged by him, counted against the contract."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.submissions import once
from luukku.customers.access import get_kept
from luukku.customers.models import Shepherd, ShepherdHours

MOST_MINUTES = 24 * 60


def log_hours(
    *, by: Actor, shepherd: Shepherd, day: date, hours: Decimal, words: str, submit_key: str | None = None, at: datetime | None = None
) -> ShepherdHours:
    """Work of one day, from when the relation began to today. More than agreed is taken too: the buyer sees it.

    Raises NotFound when the actor does not keep this customer now, RuleBroken with the field to mend.
    """
    kept = get_kept(by, shepherd.pk)
    now = at or timezone.now()
    if kept.contract_id is None:
        raise RuleBroken(_("Hours are counted only where the service is bought."))
    minutes = int(hours * 60)
    if not 0 < minutes <= MOST_MINUTES:
        raise RuleBroken(_("Write the hours of one day, such as 1.5."), field="hours")
    if not timezone.localdate(kept.starts_at) <= day <= timezone.localdate(now):
        raise RuleBroken(_("Choose a day between the beginning and today."), field="day")
    said = " ".join(words.split())
    if not said or len(said) > 200:
        raise RuleBroken(_("Say in at most 200 letters what you did."), field="words")

    def work() -> int:
        logged = ShepherdHours.objects.create(shepherd=kept, day=day, minutes=minutes, words=said, logged_at=now)
        trail.record("shepherd.hours", kept, by=by, organisation_id=kept.organisation_id, at=now, minutes=minutes, day=day)
        return logged.pk

    with transaction.atomic():
        return ShepherdHours.objects.get(pk=once(submit_key, work, "hours", kept.pk, day, minutes, said))


def take_back_hours(*, by: Actor, hours: ShepherdHours, at: datetime | None = None) -> None:
    """What was logged wrong is not counted; it stays to be seen. By the one who logged it. Raises NotFound, NotAllowed."""
    kept = get_kept(by, hours.shepherd_id)
    if kept.person_id != by.person_id:
        raise NotAllowed
    with transaction.atomic():
        if ShepherdHours.objects.filter(pk=hours.pk, shepherd=kept, taken_back_at=None).update(taken_back_at=at or timezone.now()):
            trail.record("shepherd.hours_taken_back", kept, by=by, organisation_id=kept.organisation_id, at=at, minutes=-hours.minutes)
