"""Series of case meetings: who meets, how often, about what. Plans of work among colleagues: no customer's matter stands here."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.core.translated import Translated
from luukku.desk.models.meeting_kinds import CaseMeetingState, MemberRole, Nth, PointKind, Rhythm, Template, Weekday
from luukku.network.models import Desk, Organisation, Person, Region


class MeetingSeries(models.Model):
    """Several organisations of a region meet again and again. `desk`: whose own series it is; None: the region's."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, blank=True, related_name="+")
    template = models.CharField(max_length=12, choices=Template)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")
    rhythm = models.CharField(max_length=12, choices=Rhythm, default=Rhythm.MONTHLY)
    nth = models.PositiveSmallIntegerField(choices=Nth, default=Nth.SECOND, help_text="not asked of a weekly rhythm")
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.TUESDAY)
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=90)
    place = models.CharField(max_length=200, blank=True)
    video_link = models.URLField(max_length=300, blank=True)
    access_days = models.PositiveSmallIntegerField(default=14, help_text="days after a meeting for which opened matters stay open")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("region", "id")

    def __str__(self) -> str:
        return self.name


class MeetingParty(models.Model):
    """An organisation that meets. The lead goes round by `position`."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("series", "position", "id")
        constraints = (models.UniqueConstraint(fields=("series", "organisation"), name="meeting_party_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.series_id}"


class MeetingMember(models.Model):
    """A person of a member organisation, who is invited."""

    party = models.ForeignKey(MeetingParty, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=MemberRole, default=MemberRole.MEMBER)

    class Meta:
        ordering = ("party", "id")
        constraints = (
            models.UniqueConstraint(fields=("party", "person"), name="meeting_member_once"),
            models.UniqueConstraint(fields=("party",), condition=Q(role="lead"), name="meeting_party_has_one_lead"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} of {self.party_id}"


class StandingPoint(models.Model):
    """A point that each meeting of a series has."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=PointKind, default=PointKind.OTHER)
    title_fi = models.CharField(max_length=120)
    title_sv = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    title = Translated("title")

    class Meta:
        ordering = ("series", "position", "id")

    def __str__(self) -> str:
        return self.title


class CaseMeetingQuerySet(models.QuerySet["CaseMeeting"]):
    def coming(self) -> Self:
        """Those that are planned or going on."""
        return self.filter(state__in=(CaseMeetingState.PLANNED, CaseMeetingState.RUNNING))


class CaseMeeting(models.Model):
    """One meeting of a series. `sequence` grows with each change, as calendars want it (RFC 5546)."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    video_link = models.URLField(max_length=300, blank=True)
    lead_party = models.ForeignKey(MeetingParty, models.SET_NULL, null=True, blank=True, related_name="+", help_text="whose turn it is")
    lead = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=CaseMeetingState, default=CaseMeetingState.PLANNED)
    present = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True, help_text="people who took part")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    access_ends_at = models.DateTimeField(null=True, blank=True, help_text="until when matters opened for it stay open; set when it closes")
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CaseMeetingQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(name="case_meeting_in_order", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="case_meeting_closed_has_time", condition=Q(state="closed") ^ Q(closed_at=None)),
            models.UniqueConstraint(
                fields=("series",), condition=Q(state__in=("planned", "running")), name="one_coming_meeting_of_a_series"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"meeting {self.pk}"
