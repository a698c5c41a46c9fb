"""Changes of borders that are known beforehand."""

from django.db import models
from django.db.models import Q

from luukku.network.models.people import Person
from luukku.network.models.places import Area, Municipality, Region


class PlanState(models.TextChoices):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # on its day a rule was against it: somebody must look


class PlannedChange(models.Model):
    """From `since` the municipality will lie in an area and belong to a region (or to none), or be part of another municipality.

    Until its day nothing holds but what holds today; on it the plan is carried out like any change. Plans stay, with what became of them.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="plans")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    into = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.PLANNED)
    refusal = models.CharField(max_length=300, blank=True, help_text="the rule's sentence, in Finnish")
    planned_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

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
