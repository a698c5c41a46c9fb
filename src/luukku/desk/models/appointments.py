"""A booked time: whose case, when, where, with whom. Nobody and no room is booked twice: the database refuses it.

`readers` and `busy` are kept by the triggers of the appointments' walls: the case's readers, the desk whose time it was, and each adviser herself.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.desk.enums import AppointmentState, Canceller, MeetingPlace
from luukku.desk.models.cases import Case
from luukku.desk.models.times import BookableTimes, Room
from luukku.network.models import Desk, Municipality, Person


class Appointment(models.Model):
    """`sequence` grows with each change, as calendars want it (RFC 5546); place and link are copied from the published time when it is booked."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="appointments")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", help_text="whose time it is")
    times = models.ForeignKey(BookableTimes, models.PROTECT, null=True, blank=True, related_name="appointments", help_text="None: agreed freely")
    people = models.ManyToManyField(Person, through="AppointmentPerson", related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    busy_until = models.DateTimeField(help_text="the end and the buffer after it")
    change_until = models.DateTimeField(help_text="until when the customer moves or cancels by herself")
    place = models.CharField(max_length=12, choices=MeetingPlace)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    video_link = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=AppointmentState, default=AppointmentState.BOOKED)
    cancelled_by = models.CharField(max_length=10, choices=Canceller, blank=True)
    cancelled_late = models.BooleanField(default=False, help_text="by the customer, after she could do it by herself")
    moves = models.PositiveSmallIntegerField(default=0)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now, help_text="booked, moved or cancelled last")
    reminded_at = models.DateTimeField(null=True, blank=True)
    room_busy = models.GeneratedField(
        expression=models.Case(
            models.When(
                ~Q(state=AppointmentState.CANCELLED) & Q(room__isnull=False),
                then=Func(F("starts_at"), F("busy_until"), Value("[)"), function="tstzrange", output_field=DateTimeRangeField()),
            ),
            default=None,
        ),
        output_field=DateTimeRangeField(null=True),
        db_persist=True,
    )
    readers = readers_field()

    class Meta:
        ordering = ("starts_at", "id")
        indexes = (
            models.Index(fields=("case", "starts_at"), name="appointment_case"),
            models.Index(fields=("desk", "starts_at"), name="appointment_desk"),
            models.Index(fields=("starts_at",), name="appointment_coming", condition=Q(state="booked")),
        )
        constraints = (
            models.CheckConstraint(name="appointment_in_order", condition=Q(ends_at__gt=F("starts_at"), busy_until__gte=F("ends_at"))),
            models.CheckConstraint(name="appointment_cancelled_by_somebody", condition=Q(state="cancelled") ^ Q(cancelled_by="")),
            ExclusionConstraint(
                name="room_never_double_booked", expressions=[("room", RangeOperators.EQUAL), ("room_busy", RangeOperators.OVERLAPS)]
            ),
        )

    def __str__(self) -> str:
        return f"appointment {self.pk}"


class AppointmentPerson(models.Model):
    """An adviser of a meeting. `busy` is filled by the database from the meeting; None once it is cancelled."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    busy = DateTimeRangeField(null=True, editable=False)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("appointment", "person"), name="appointment_person_once"),
            ExclusionConstraint(name="person_never_double_booked", expressions=[("person", RangeOperators.EQUAL), ("busy", RangeOperators.OVERLAPS)]),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.appointment_id}"


class CalendarFeed(models.Model):
    """An adviser's secret address from which her own calendar fetches her booked times. Only its digest is stored."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_feeds")
    digest = models.BinaryField(max_length=32, unique=True)
    is_full = models.BooleanField(default=False, help_text="number and place too, else only that she is busy")
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("person",), condition=Q(revoked_at=None), name="one_feed_of_a_person"),)

    def __str__(self) -> str:
        return f"feed of {self.person_id}"
