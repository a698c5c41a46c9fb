"""Watching over the clocks: when whom to warn, what was warned of, which promises broke, and what a leg waited for."""

from django.db import models
from django.db.models import F, Q

from luukku.core.walls import readers_field
from luukku.desk.enums import ClockKind, WaitingFor, WarningStep
from luukku.desk.models.after import FollowUp
from luukku.desk.models.cases import Clock, Leg
from luukku.network.models import Desk, Person, Region


class WarningTimes(models.Model):
    """When a region's people are warned, in working minutes of the desk; a region without a row keeps the defaults."""

    region = models.OneToOneField(Region, models.CASCADE, primary_key=True, related_name="warning_times")
    handler_minutes = models.PositiveSmallIntegerField(default=240, help_text="before the promise is due: its handler")
    lead_minutes = models.PositiveSmallIntegerField(default=120, help_text="before the promise is due: the desk lead")
    coordinator_minutes = models.SmallIntegerField(default=60, help_text="before the promise is due: the region's coordinator; below zero after it")
    still_waiting = models.BooleanField(
        default=True, db_default=True, help_text="whether customers are told that a matter still waits, before they must hear from somebody"
    )

    class Meta:
        constraints = (models.CheckConstraint(name="handler_warned_first", condition=Q(handler_minutes__gte=F("lead_minutes"))),)

    def __str__(self) -> str:
        return f"{self.region_id}: {self.handler_minutes}, {self.lead_minutes}, {self.coordinator_minutes}"


class ClockWarning(models.Model):
    """One person was warned once of one limit: a clock's, the day on which a part is to be looked at, or a low mark's.

    A limit that has moved is another one. Kept by the house, never read by the web.
    """

    clock = models.ForeignKey(Clock, models.CASCADE, null=True, related_name="warnings")
    leg = models.ForeignKey(Leg, models.CASCADE, null=True, related_name="+", help_text="of which Leg.look_at is warned")
    follow_up = models.ForeignKey(FollowUp, models.CASCADE, null=True, related_name="+")
    step = models.CharField(max_length=12, choices=WarningStep)
    due_at = models.DateTimeField(help_text="the limit that was warned of")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(help_text="the sweep; with the person it names the mail")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("clock", "person", "step", "due_at"), name="warned_once"),
            models.UniqueConstraint(fields=("leg", "person", "step", "due_at"), name="warned_once_of_part"),
            models.UniqueConstraint(fields=("follow_up", "person", "step", "due_at"), name="warned_once_of_mark"),
            models.CheckConstraint(
                name="warned_of_one_thing",
                condition=Q(clock__isnull=False, leg=None, follow_up=None)
                | Q(clock=None, leg__isnull=False, follow_up=None)
                | Q(clock=None, leg=None, follow_up__isnull=False),
            ),
        )
        indexes = (models.Index(fields=("person", "at"), name="warning_mail"),)

    def __str__(self) -> str:
        return f"{self.clock_id or self.leg_id or self.follow_up_id} {self.step} {self.person_id}"


class Breach(models.Model):
    """A promise that was not kept, recorded once; `waiting_for` is what the leg waited for when it broke. Kept by the house."""

    clock = models.OneToOneField(Clock, models.CASCADE, related_name="breach")
    kind = models.CharField(max_length=15, choices=ClockKind)
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    waiting_for = models.CharField(max_length=15, choices=WaitingFor, blank=True)
    noticed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("desk", "due_at"), name="breach_desk"),)

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind}"


class Wait(models.Model):
    """One spell for which a leg waited, by its cause."""

    leg = models.ForeignKey(Leg, models.CASCADE, related_name="waits")
    cause = models.CharField(max_length=15, choices=WaitingFor)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("leg", "started_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("leg",), condition=Q(ended_at=None), name="one_wait_at_a_time"),
            models.CheckConstraint(name="wait_in_order", condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at"))),
        )

    def __str__(self) -> str:
        return f"{self.leg_id} {self.cause}"
