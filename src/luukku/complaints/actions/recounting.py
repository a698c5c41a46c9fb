"""Answers' limits are counted anew when working time changes, as the limits of matters are (desk.actions.recounting)."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from luukku.complaints.models import Complaint
from luukku.core import trail
from luukku.core.actor import HOUSE
from luukku.core.registries import CalendarWatcher
from luukku.core.worktime import due
from luukku.desk.actions.recounting import LATER
from luukku.network.models import Desk
from luukku.network.queries.calendars import desk_calendar


def calendar_changed(kind: str, pk: int) -> None:
    """Queue the recount."""
    app.configure_task("luukku.complaints.tasks.recount", lock=f"recount-complaints-{kind}-{pk}", schedule_in=LATER).defer(kind=kind, pk=pk)


WATCHER = CalendarWatcher(calendar_changed)


def recount(kind: str, pk: int, *, now: datetime | None = None) -> int:
    """Count the unanswered complaints' limits anew at the desk, or at every desk of the region; returns how many moved.

    One that would then lie in the past keeps its date: nobody is made late by a change of hours. Runs as the house, in the caller's transaction.
    """
    moment, moved = now or timezone.now(), 0
    for desk in Desk.objects.filter(**{"region_id" if kind == "network.region" else "pk": pk}).order_by("id"):
        calendar = desk_calendar(desk)
        for complaint in Complaint.objects.select_for_update().filter(desk=desk, answered_at=None).order_by("id"):
            limit = due(calendar, complaint.started_at, working_days=complaint.working_days)
            if limit != complaint.due_at and (limit > complaint.due_at or limit >= moment):
                moved += 1
                _move(complaint, limit, moment)
    return moved


def _move(complaint: Complaint, limit: datetime, at: datetime) -> None:
    before = complaint.due_at
    complaint.due_at = limit
    if complaint.first_answered_at is None and not complaint.reopened:
        complaint.first_due_at = limit
    complaint.save(update_fields=["due_at", "first_due_at"])
    trail.record(
        "complaint.limit_moved", complaint, by=HOUSE, region_id=complaint.region_id, organisation_id=complaint.organisation_id, at=at,
        before=before.isoformat(), after=limit.isoformat(),
    )  # fmt: skip
