"""What a meeting leaves: texts of the minutes, what those present want changed, decisions and tasks."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.governance.enums import AmendmentState, TextState
from luukku.governance.models.groups import Group, Membership
from luukku.governance.models.meetings import AgendaItem, Attendance, Meeting, OfMeeting
from luukku.network.models import Person


class SectionText(OfMeeting):
    """One saved text of a section. None is ever written over: of two that were written at once both stand until somebody puts them together."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField(help_text="the version that its writer had before her")
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=TextState, default=TextState.CURRENT)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("item", "number")
        constraints = (
            models.UniqueConstraint(fields=("item", "number"), name="section_text_once"),
            models.UniqueConstraint(fields=("item",), condition=Q(state="current"), name="one_text_in_the_minutes"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}"


class Amendment(OfMeeting):
    """What somebody who was present wants changed in the minutes, and what became of it."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, blank=True, related_name="amendments")
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="amendments")
    words = models.TextField()
    state = models.CharField(max_length=10, choices=AmendmentState, default=AmendmentState.OPEN)
    reply = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("meeting", "id")

    def __str__(self) -> str:
        return f"amendment {self.pk}"


class Decision(OfMeeting):
    """What was decided, numbered through the meeting."""

    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("meeting", "number")
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="decision_once"),)

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        return self.filter(done_at=None)


class Task(models.Model):
    """What somebody of the group does, by a day. It stays on each next agenda until it is done."""

    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="tasks")
    group = models.ForeignKey(Group, models.CASCADE, related_name="tasks")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="tasks")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="tasks")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="tasks", help_text="who does it")
    words = models.CharField(max_length=300)
    due_day = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    progress = models.TextField(blank=True, help_text="how it goes, as it was last said")
    progress_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("due_day", "id")
        indexes = (models.Index(fields=("membership", "due_day"), condition=Q(done_at=None), name="open_task"),)

    def __str__(self) -> str:
        return f"task {self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether its day is behind and it is not done."""
        return self.done_at is None and self.due_day < timezone.localdate()
