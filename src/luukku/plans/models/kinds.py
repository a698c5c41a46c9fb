"""Kinds of plans: which parts and columns they have, who approves them, and how soon a measure that nobody touches is flagged."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from luukku.core.translated import Translated
from luukku.plans.enums import Column


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
    stale_days = models.PositiveSmallIntegerField(default=180, help_text="after this it is late")
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


class PlanPart(models.Model):
    """A part of a kind of plans, under which its measures stand."""

    kind = models.ForeignKey(PlanKind, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    name_fi = models.CharField(max_length=160)
    name_sv = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    name = Translated("name")
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "position", "id")

    def __str__(self) -> str:
        return self.name
