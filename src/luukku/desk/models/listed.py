"""What a case meeting deals with, behind the wall: its points' minutes, the listed matters, and the customer's consent.

Three circles, kept by triggers (migration `case_meeting_walls`): what was written without names (`MeetingItem`) is read by all who meet; which
case it is (`ItemCase`) by those who read the case and, while the customer's consent stands, by the organisations she named; minutes and
steps by the latter once a consent was given, and by all who meet where the matter was only spoken of without names.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.translated import Translated
from luukku.core.walls import readers_field
from luukku.customers.enums import ConsentWay
from luukku.desk.models.case_meetings import CaseMeeting, MeetingSeries
from luukku.desk.models.cases import Case, Leg
from luukku.desk.models.meeting_kinds import ItemState, OpeningState, PointKind
from luukku.network.models import Organisation, Person


class MeetingPoint(models.Model):
    """A point of one meeting's agenda. `figures`: what the data said when the meeting was closed; codes and numbers."""

    meeting = models.ForeignKey(CaseMeeting, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=PointKind)
    title_fi = models.CharField(max_length=120)
    title_sv = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    title = Translated("title")
    minutes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0, help_text="grows with each writing: two who write at once are told")
    writer = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who wrote last")
    is_open = models.BooleanField(default=False, help_text="goes on: the next meeting begins with it")
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    figures: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list, db_default=[], blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("meeting", "position", "id")

    def __str__(self) -> str:
        return f"point {self.pk}"


class MeetingItem(models.Model):
    """A matter on the list, without names: `nameless` is what its proposer wrote for those who may not know whose it is."""

    meeting = models.ForeignKey(CaseMeeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="the proposer's")
    proposer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    nameless = models.TextField()
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.LISTED)
    created_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("meeting", "position", "id")

    def __str__(self) -> str:
        return f"item {self.pk}"


class ItemCase(models.Model):
    """Which case a listed matter is, and what the proposer asks of the meeting."""

    item = models.OneToOneField(MeetingItem, models.CASCADE, related_name="of_case")
    case = models.ForeignKey(Case, models.CASCADE, related_name="listed")
    leg = models.ForeignKey(Leg, models.CASCADE, related_name="+", help_text="the proposer's part")
    question = models.TextField()
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("case",), name="item_case_case"),)

    def __str__(self) -> str:
        return f"case of item {self.item_id}"


class ItemMinutes(models.Model):
    item = models.OneToOneField(MeetingItem, models.CASCADE, related_name="written")
    minutes = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0, help_text="grows with each writing: two who write at once are told")
    writer = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who wrote last")
    readers = readers_field()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"minutes of item {self.item_id}"


class MeetingStep(models.Model):
    """What was agreed that somebody does. Written onto the case at once; the customer reads it too."""

    item = models.ForeignKey(MeetingItem, models.CASCADE, related_name="steps")
    words = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    due = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("item", "id")
        indexes = (models.Index(fields=("person", "due"), name="meeting_step_person", condition=Q(done_at=None)),)

    def __str__(self) -> str:
        return f"step {self.pk}"


class MeetingConsent(models.Model):
    """The customer's word on opening her matter to a meeting: asked of her, given by her or written down by somebody whom she told."""

    item = models.OneToOneField(MeetingItem, models.CASCADE, related_name="consent")
    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="+", help_text="whose meetings")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=OpeningState, default=OpeningState.ASKED)
    organisations = ArrayField(models.BigIntegerField(), help_text="asked for: organisations by id")
    allowed = ArrayField(models.BigIntegerField(), default=list, db_default=[], help_text="those of them whom she lets read")
    way = models.CharField(max_length=10, choices=ConsentWay, blank=True)
    version = models.CharField(max_length=20, help_text="of the text that she was asked with")
    asked_at = models.DateTimeField(default=timezone.now)
    given_at = models.DateTimeField(null=True, blank=True, help_text="she has once agreed")
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: she herself")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="refused, taken back or over")
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("case",), name="meeting_consent_case"),)
        constraints = (
            models.CheckConstraint(name="meeting_consent_given_has_way", condition=~Q(state="given") | (Q(given_at__isnull=False) & ~Q(way=""))),
        )

    def __str__(self) -> str:
        return f"consent for item {self.item_id}"
