"""What the common work costs, and who pays which part: money and hours, planned and used."""

from django.db import models
from django.db.models import Q

from luukku.network.models import Organisation, Person
from luukku.plans.models.plans import Plan


class BudgetLine(models.Model):
    """What common money is meant for, and what of it has been used. Each party pays its own people besides."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="budget_lines")
    words = models.CharField(max_length=160)
    planned = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    used = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        ordering = ("plan", "id")

    def __str__(self) -> str:
        return self.words


class Share(models.Model):
    """A party's part of the year's common sum and its people's hours, which it confirms itself."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="people, customers or euros, by the rule of sharing")
    planned = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    used = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    hours_planned = models.PositiveIntegerField(default=0)
    hours_used = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_sum = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, help_text="exactly what was confirmed")

    class Meta:
        ordering = ("plan", "organisation")
        constraints = (
            models.UniqueConstraint(fields=("plan", "organisation"), name="share_once"),
            models.CheckConstraint(name="share_confirmed_has_sum", condition=Q(confirmed_at=None) ^ Q(confirmed_sum__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} of {self.plan_id}"

    @property
    def is_confirmed(self) -> bool:
        """Whether what was confirmed is what stands now."""
        return self.confirmed_sum == self.planned
