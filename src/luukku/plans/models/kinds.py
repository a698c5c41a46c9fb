"""Kinds of plans: which parts and columns they have, who approves them, and how soon a measure that nobody touches is flagged."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Q

from luukku.core.translated import Translated
from luukku.plans.enums import Column

if TYPE_CHECKING:
    from luukku.plans.models.plans import Plan


class PlanKind(models.Model):
    """A template. Open: it is how the network plans."""

    code = models.SlugField(max_length=40, unique=True)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")
    columns = ArrayField(models.CharField(max_length=15, choices=Column), default=list, blank=True)
    needs_decision = models.BooleanField(default=True, help_text="a group's recorded decision approves it; else its owner says who has")
    is_personal = models.BooleanField(default=False, help_text="one person's own year")
    is_yearly = models.BooleanField(default=True)
    has_matrix = models.BooleanField(default=False, help_text="a first one may begin with the state of the cooperation")
    fine_days = models.PositiveSmallIntegerField(default=30, help_text="so long a measure may be left untouched")
    acceptable_days = models.PositiveSmallIntegerField(default=60, help_text="after this it is behind")
    stale_days = models.PositiveSmallIntegerField(default=180, help_text="after this it is without news")
    order = models.PositiveSmallIntegerField(default=0)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order", "code")
        constraints = (
            models.CheckConstraint(
                name="plan_kind_days_in_order", condition=Q(fine_days__lte=F("acceptable_days"), acceptable_days__lte=F("stale_days"))
            ),
        )

    def __str__(self) -> str:
        return self.name


class PlanPartQuerySet(models.QuerySet["PlanPart"]):
    def of_kinds(self) -> Self:
        """Those that every plan of their kind has."""
        return self.filter(plan=None)

    def of(self, plan: "Plan") -> Self:
        """Its own parts and its kind's, in the order in which they stand."""
        return self.filter(Q(plan=plan) | Q(plan=None, kind=plan.kind_id)).order_by(F("plan").asc(nulls_last=True), "position", "id")

    def offered(self, plan: "Plan") -> Self:
        """Those under which a new measure may stand: its own parts if it has any, else its kind's."""
        own = PlanPart.objects.filter(plan=plan, deactivated_at=None)
        return self.of(plan).filter(Q(plan=plan) | ~Exists(own), deactivated_at=None)


class PlanPart(models.Model):
    """A part of a kind of plans, under which its measures stand; or a part of one plan, such as a focus area of a strategy."""

    kind = models.ForeignKey(PlanKind, models.CASCADE, related_name="parts")
    plan = models.ForeignKey("plans.Plan", models.CASCADE, null=True, blank=True, related_name="own_parts", help_text="of which alone it is a part")
    position = models.PositiveSmallIntegerField()
    name_fi = models.CharField(max_length=160)
    name_sv = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    name = Translated("name")
    deactivated_at = models.DateTimeField(null=True, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "position", "id")

    def __str__(self) -> str:
        return self.name
