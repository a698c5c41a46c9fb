"""A plan of a region for a year or a term, and its states as a group approved them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.governance.models import Decision
from luukku.network.models import Organisation, Person, Region
from luukku.plans.enums import OPEN, STANDING, PlanState, ShareRule, SnapshotKind
from luukku.plans.models.kinds import PlanKind


class PlanQuerySet(models.QuerySet["Plan"]):
    def standing(self) -> Self:
        """Those that have been approved."""
        return self.filter(state__in=STANDING)


class Plan(models.Model):
    """What a region's network, one of its organisations or one person means to do. `version` grows with each change of its basic page."""

    kind = models.ForeignKey(PlanKind, models.PROTECT, related_name="plans")
    region = models.ForeignKey(Region, models.CASCADE, related_name="plans")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="plans", help_text="whose programme it is")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="plans", help_text="whose own year it is")
    parent = models.ForeignKey(
        "plans.Measure", models.CASCADE, null=True, blank=True, related_name="sub_plans", help_text="the large measure it is of"
    )
    year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(help_text="of a programme of a term")
    name = models.CharField(max_length=160, blank=True)
    mission = models.TextField(blank=True)
    vision = models.TextField(blank=True)
    priorities = models.TextField(blank=True)
    budget_words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    is_public = models.BooleanField(default=False, help_text="the region shows it to everybody once it is approved")
    comments_until = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+", help_text="by which it was approved")
    approved_words = models.CharField(max_length=200, blank=True, help_text="who has approved it, where that is none of our groups")
    approved_at = models.DateTimeField(null=True, blank=True)
    closing_words = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="following")
    share_rule = models.CharField(max_length=10, choices=ShareRule, default=ShareRule.AGREED)
    common_sum = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    common_hours = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("region", "-year", "kind__order", "id")
        constraints = (
            models.CheckConstraint(name="plan_years_in_order", condition=Q(last_year__gte=F("year"))),
            models.CheckConstraint(
                name="plan_approved_has_time", condition=Q(state__in=("draft", "comments"), approved_at=None) | Q(approved_at__isnull=False)
            ),
            models.CheckConstraint(name="plan_closed_has_time", condition=Q(state="closed") ^ Q(closed_at=None)),
            models.UniqueConstraint(
                fields=("kind", "region", "organisation", "person", "year"), condition=Q(name="", parent=None), name="plan_once", nulls_distinct=False
            ),
        )
        indexes = (models.Index(fields=("region", "year"), name="plan_of_region"), models.Index(fields=("year", "state"), name="plan_of_year"))

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be written."""
        return self.state in OPEN

    @property
    def years(self) -> str:
        return str(self.year) if self.year == self.last_year else f"{self.year}–{self.last_year}"


class Snapshot(models.Model):
    """A plan as it was approved or closed. Never changed: the database lets nobody."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=SnapshotKind)
    at = models.DateTimeField(default=timezone.now)
    body = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the body")

    class Meta:
        ordering = ("plan", "number")
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="plan_snapshot_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"
