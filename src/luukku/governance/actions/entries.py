"""Days of the year besides meetings: seen to, told of, reminded of."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.work import check_length
from luukku.governance.access import can_do_entry
from luukku.governance.actions.clock import keepers
from luukku.governance.enums import EntryKind
from luukku.governance.models import ClockEntry
from luukku.network.access import require

DUE_AHEAD = timedelta(days=7)  # before the last day of something due, and again each week that it is late
AHEAD = timedelta(days=14)  # before the first day of an event or a campaign, once
AGAIN = timedelta(days=7)
LATE = timedelta(days=30)  # what nobody has said anything of for so long is reminded of no more


def finish_entry(*, by: Actor, entry: ClockEntry, outcome: str = "", at: datetime | None = None) -> ClockEntry:
    """It is done. Said twice, the first time stands. Raises NotAllowed, RuleBroken when it was called off."""
    with transaction.atomic():
        found = _held(by, entry)
        if found.done_at is None:
            found.done_at, found.outcome = at or timezone.now(), outcome.strip()[:300]
            found.save(update_fields=["done_at", "outcome"])
            late = timezone.localdate(found.done_at) > found.last_day
            trail.record("clock.done", found, by=by, region_id=found.region_id, at=at, late=late)
    return found


def tell_entry(*, by: Actor, entry: ClockEntry, words: str, at: datetime | None = None) -> ClockEntry:
    """How it goes, though it is not done yet; what was said before gives way. Raises NotAllowed, RuleBroken."""
    check_length(words, field="words")
    if not words.strip():
        raise RuleBroken(_("Write how it goes."), field="words")
    with transaction.atomic():
        found = _held(by, entry)
        if found.done_at is not None:
            raise RuleBroken(_("It is done already."))
        found.progress, found.progress_at = words.strip(), at or timezone.now()
        found.save(update_fields=["progress", "progress_at"])
        trail.record("clock.told", found, by=by, region_id=found.region_id, at=at)
    return found


def _held(by: Actor, entry: ClockEntry) -> ClockEntry:
    """The locked row, that she may say something of. Raises NotAllowed, RuleBroken."""
    found = ClockEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    require(can_do_entry(by, found))
    if found.cancelled_at is not None:
        raise RuleBroken(_("It has been called off."))
    return found


def remind_of_entries(today: date) -> int:
    """Whoever sees to a day of the year has one mail before it, of something due again each week that it is late; of something due that is
    nobody's, whoever keeps the year has one before it. As the house; returns how many mails."""
    again = Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN)
    named = Q(person__isnull=False, last_day__range=(today - LATE, today + DUE_AHEAD))
    due = Q(kind=EntryKind.DUE) & ((again & named) | Q(person=None, reminded_on=None, last_day__range=(today, today + DUE_AHEAD)))
    coming = ~Q(kind=EntryKind.DUE) & Q(first_day__range=(today, today + AHEAD), reminded_on=None, person__isnull=False)
    sent = 0
    with transaction.atomic():
        found = ClockEntry.objects.standing().select_for_update(of=("self",)).filter(due | coming, done_at=None).order_by("id")
        for entry in found:
            entry.reminded_on = today
            entry.save(update_fields=["reminded_on"])
            for person in [entry.person_id] if entry.person_id else keepers(entry):
                mail.queue("governance.entry", entry, person=person)
                sent += 1
    return sent
