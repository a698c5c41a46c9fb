"""Changes of borders that are known beforehand."""

from django.db import models
from django.db.models import Q

from luukku.core.translated import Translated
from luukku.network.models.people import Person
from luukku.network.models.places import Area, Municipality, Region


class PlanState(models.TextChoices):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # on its day a rule was against it: somebody must look


class Planned(models.Model):
    """When it will be, by whom it was written down, and what became of it."""

    since = models.DateField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.PLANNED)
    refusal = models.CharField(max_length=300, blank=True, help_text="the rule's sentence, in Finnish")
    planned_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class PlannedChange(Planned):
    """From `since` the municipality will lie in an area and belong to a region (or to none), or be part of another municipality.

    Until its day nothing holds but what holds today; on it the plan is carried out like any change. Plans stay, with what became of them.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="plans")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    into = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(fields=("municipality",), condition=Q(state=PlanState.PLANNED), name="one_plan_of_a_municipality"),
            models.CheckConstraint(
                name="plan_moves_or_merges", condition=Q(into=None, area__isnull=False) | Q(into__isnull=False, area=None, region=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.since}"


class PlannedPlace(Planned):
    """From `since` a region or an area is called so, or a region lies in `to_area`."""

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    to_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    name_fi = models.CharField(max_length=120, blank=True)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            models.CheckConstraint(name="place_plan_of_one", condition=Q(region=None, area__isnull=False) | Q(region__isnull=False, area=None)),
            models.CheckConstraint(
                name="place_plan_names_or_moves", condition=Q(to_area=None) & ~Q(name_fi="") | Q(to_area__isnull=False, name_fi="", area=None)
            ),
            models.UniqueConstraint(
                fields=("region", "area"), condition=Q(state=PlanState.PLANNED, to_area=None), name="one_name_to_come", nulls_distinct=False
            ),
            models.UniqueConstraint(fields=("region",), condition=Q(state=PlanState.PLANNED, to_area__isnull=False), name="one_area_to_come"),
        )

    def __str__(self) -> str:
        return f"{self.region_id or self.area_id} {self.since}"

    @property
    def place(self) -> Area | Region:
        found = self.area if self.area is not None else self.region
        assert found is not None  # a constraint holds it so
        return found
