"""Meetings of a group: when and where, who is invited and took part, the agenda and its papers."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.core.models import StoredFile
from luukku.core.translated import Translated
from luukku.core.walls import PrincipalField, readers_field
from luukku.governance.enums import Answer, MeetingState, MinutesState, Nudge, Source, TookPart
from luukku.governance.models.groups import Group, Membership
from luukku.network.models import Person


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def standing(self) -> Self:
        """Those that have not been cancelled."""
        return self.exclude(state=MeetingState.CANCELLED)


class Meeting(models.Model):
    """One meeting. `sequence` grows with each change, as calendars want it (RFC 5546)."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    title = models.CharField(max_length=160, blank=True, help_text="beside the group's name")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    video_link = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    invited_at = models.DateTimeField(null=True, blank=True)
    minutes_state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.NONE)
    minutes_sent_at = models.DateTimeField(null=True, blank=True)
    approve_by = models.DateField(null=True, blank=True, help_text="who is silent until then agrees")
    approved_at = models.DateTimeField(null=True, blank=True)
    nudged = models.CharField(max_length=10, choices=Nudge, blank=True, help_text="of what those who run the group were last reminded")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the minutes as they were sent or approved")
    readers = readers_field()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(name="meeting_in_order", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="meeting_approved_has_time", condition=Q(minutes_state="approved") ^ Q(approved_at=None)),
        )
        indexes = (models.Index(fields=("group", "starts_at"), name="meeting_of_group"),)

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def is_to_come(self) -> bool:
        """Whether it has not begun by the clock."""
        return self.starts_at > timezone.now()


class OfMeeting(models.Model):
    """What hangs on a meeting. The database takes the group from the meeting, whatever is written, and keeps the readers."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="%(class)ss")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", editable=False)
    readers = readers_field()

    class Meta:
        abstract = True


class Attendance(OfMeeting):
    """Somebody is invited, answers, takes part. Her link opens this meeting alone; stored is its digest."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="attendances")
    principal = PrincipalField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    took_part = models.CharField(max_length=10, choices=TookPart, blank=True)
    link_digest = models.BinaryField(max_length=32, unique=True, null=True, editable=False)
    link_made_at = models.DateTimeField(null=True, blank=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True, help_text="when she approved the minutes")
    approved_digest = models.CharField(max_length=64, blank=True, help_text="of exactly the text that she approved")

    class Meta:
        ordering = ("meeting", "id")
        constraints = (models.UniqueConstraint(fields=("meeting", "membership"), name="attendance_once"),)

    def __str__(self) -> str:
        return f"{self.membership_id} at {self.meeting_id}"


class AgendaItem(OfMeeting):
    """A point of the agenda, and its section of the minutes. `version` grows with each text that stands in the minutes."""

    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source, default=Source.OTHER)
    title_fi = models.CharField(max_length=160)
    title_sv = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    title = Translated("title")
    brief = models.TextField(blank=True, help_text="what those who come should know before")
    filled = models.TextField(blank=True, help_text="what the system knew when the minutes were begun")
    filled_texts = models.JSONField(default=dict, db_default={}, blank=True, help_text="the same by language")
    version = models.PositiveIntegerField(default=0)
    body = models.TextField(blank=True)

    class Meta:
        ordering = ("meeting", "position", "id")

    def __str__(self) -> str:
        return self.title


class Paper(OfMeeting):
    """A file for a meeting, under one of its points or the whole."""

    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="papers")
    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="who brought it")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("meeting", "id")

    def __str__(self) -> str:
        return f"paper {self.pk}"
