from django.db import models

from luukku.plans.models.measures import Measure
from luukku.plans.models.plans import Plan


class MatrixCell(models.Model):
    """The state of one matter of the cooperation: how it is, how it is judged, what is done about it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="cells")
    matter = models.CharField(max_length=30)
    present = models.TextField(blank=True)
    mark = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 missing to 5 in order")
    what = models.CharField(max_length=300, blank=True)
    by_day = models.DateField(null=True, blank=True)
    who = models.CharField(max_length=120, blank=True)
    is_picked = models.BooleanField(default=False)
    measure = models.ForeignKey(Measure, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("plan", "id")
        constraints = (models.UniqueConstraint(fields=("plan", "matter"), name="matrix_cell_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.matter}"
