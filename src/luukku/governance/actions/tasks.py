"""Tasks that meetings gave: done, moved, reminded of."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.work import check_length
from luukku.governance.access import can_do_task
from luukku.governance.models import Membership, Task
from luukku.network.access import require

AHEAD = timedelta(days=3)  # before the day a reminder leaves, and again each week that it is late
AGAIN = timedelta(days=7)


def finish_task(*, by: Actor, task: Task, outcome: str = "", at: datetime | None = None) -> Task:
    """It is done. Said twice, the first time stands. Raises NotAllowed."""
    require(can_do_task(by, task))
    with transaction.atomic():
        found = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if found.done_at is None:
            found.done_at, found.outcome = at or timezone.now(), outcome.strip()[:300]
            found.save(update_fields=["done_at", "outcome"])
            trail.record("task.done", found, by=by, region_id=task.group.region_id, at=at, group=found.group_id, late=_late(found))
    return found


def _late(task: Task) -> bool:
    return task.done_at is not None and timezone.localdate(task.done_at) > task.due_day


def move_task(*, by: Actor, task: Task, due_day: date, today: date | None = None) -> Task:
    """Another day, still to come. Raises NotAllowed, RuleBroken."""
    require(can_do_task(by, task))
    if due_day < (today or timezone.localdate()):
        raise RuleBroken(_("Choose a day that is still to come."), field="due_day")
    with transaction.atomic():
        found = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if found.done_at is not None:
            raise RuleBroken(_("It is done already."))
        days = (due_day - found.due_day).days
        found.due_day, found.reminded_on = due_day, None
        found.save(update_fields=["due_day", "reminded_on"])
        trail.record("task.moved", found, by=by, region_id=task.group.region_id, group=found.group_id, days=days)
    return found


def tell_task(*, by: Actor, task: Task, words: str, at: datetime | None = None) -> Task:
    """How it goes, though it is not done yet; what was said before gives way. Raises NotAllowed, RuleBroken."""
    require(can_do_task(by, task))
    check_length(words, field="words")
    if not words.strip():
        raise RuleBroken(_("Write how it goes."), field="words")
    with transaction.atomic():
        found = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if found.done_at is not None:
            raise RuleBroken(_("It is done already."))
        found.progress, found.progress_at = words.strip(), at or timezone.now()
        found.save(update_fields=["progress", "progress_at"])
        trail.record("task.told", found, by=by, region_id=task.group.region_id, at=at, group=found.group_id)
    return found


def remind(today: date) -> int:
    """One mail to each member with tasks that are due: three days before, and each week that they are late. As the house; returns how many."""
    with transaction.atomic():
        due = Task.objects.open().select_for_update(of=("self",)).filter(due_day__lte=today + AHEAD, group__ended_at=None)
        found = [task for task in due.order_by("id") if task.reminded_on is None or task.reminded_on <= today - AGAIN]
        whose = {task.membership_id for task in found}
        for task in found:
            task.reminded_on = today
        Task.objects.bulk_update(found, ["reminded_on"])
        mail.queue_for_each("governance.tasks", Membership, whose, until=(today + AHEAD).isoformat())
    return len(whose)
