"""Bookable times as advisers publish them, the rooms they are held in, and when somebody is away. All of it is open: it tells who serves when."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.desk.enums import MeetingPlace
from luukku.network.models import Desk, Municipality, Organisation, Person, Premises


class Room(models.Model):
    """A room of an organisation that can be in one use at a time."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="rooms")
    premises = models.ForeignKey(Premises, models.PROTECT, null=True, blank=True, related_name="rooms")
    name = models.CharField(max_length=80)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), condition=Q(deactivated_at=None), name="room_name_once"),)

    def __str__(self) -> str:
        return self.name


class BookableTimesQuerySet(models.QuerySet["BookableTimes"]):
    def published(self, day: date) -> Self:
        """Those that offer something on `day` or after it."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), withdrawn_at=None)


class BookableTimes(models.Model):
    """A stretch of a day that advisers have opened for booking, once (`last_day` is `first_day`) or every week on some weekdays.

    It is cut into times of `length` minutes with `buffer` minutes after each. All of its people take part in each meeting.
    """

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="bookable_times")
    people = models.ManyToManyField(Person, related_name="bookable_times")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="+", help_text="None: for any matter")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="0 = Monday; empty: the first day only")
    weeks = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="of the month: 1 = first … 4, 5 = last; empty: every"
    )  # fmt: skip
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True, help_text="None: until withdrawn")
    opens = models.TimeField()
    closes = models.TimeField()
    length = models.PositiveSmallIntegerField(default=45, help_text="minutes")
    buffer = models.PositiveSmallIntegerField(default=15, help_text="minutes kept free after each")
    notice_hours = models.PositiveSmallIntegerField(default=24, help_text="booked at the latest this long before")
    ahead_days = models.PositiveSmallIntegerField(default=60, help_text="booked at the earliest this long before")
    change_hours = models.PositiveSmallIntegerField(default=4, help_text="the customer moves or cancels by herself until this long before")
    place = models.CharField(max_length=12, choices=MeetingPlace)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey(
        "desk.ServicePoint", models.PROTECT, null=True, blank=True, related_name="times", help_text="a visiting desk, a remote point"
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=200, blank=True, help_text="where to come")
    video_link = models.URLField(max_length=300, blank=True, help_text="told to those who have booked")
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = BookableTimesQuerySet.as_manager()

    class Meta:
        ordering = ("first_day", "opens", "id")
        indexes = (models.Index(fields=("desk",), name="times_published", condition=Q(withdrawn_at=None)),)
        constraints = (
            models.CheckConstraint(name="times_in_order", condition=Q(closes__gt=F("opens"))),
            models.CheckConstraint(name="times_days_in_order", condition=Q(last_day=None) | Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="times_once_or_weekly", condition=~Q(weekdays=[]) | Q(last_day=F("first_day"))),
            models.CheckConstraint(name="times_length", condition=Q(length__gte=10, length__lte=480, buffer__lte=240)),
        )

    def __str__(self) -> str:
        return f"times {self.pk}"


class BusyTime(models.Model):
    """Hours in which somebody is not to be booked. Whole days away, with a deputy, are network.Absence. Why is nobody's business."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="busy_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("starts_at", "id")
        indexes = (models.Index(fields=("person", "ends_at"), name="busy_person"),)
        constraints = (models.CheckConstraint(name="busy_in_order", condition=Q(ends_at__gt=F("starts_at"))),)

    def __str__(self) -> str:
        return f"busy {self.pk}"
