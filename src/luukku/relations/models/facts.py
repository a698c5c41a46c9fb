"""Leads from facts: what the register tells of a company, or somebody writes down, proposed to one desk by the region's rule."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.models import Company
from luukku.network.models import Desk, Organisation, Person, Region
from luukku.relations.enums import Dismiss, FactKind, FactState
from luukku.relations.models.leads import Lead


class FactRule(models.Model):
    """To which desk of a region facts of one kind are proposed. Without one nobody is bothered. Open: it names no company."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=FactKind)
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("region", "kind")
        constraints = (models.UniqueConstraint(fields=("region", "kind"), name="fact_rule_once"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.kind}"


class FactLead(models.Model):
    """Read by the organisation to which it is proposed, and by the one that wrote it down (migration 0009)."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=FactKind)
    day = models.DateField(help_text="of the fact")
    words = models.TextField(blank=True, help_text="of a notice or a tender")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="the desk's, then")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: the register")
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=FactState, default=FactState.WAITS)
    reason = models.CharField(max_length=10, choices=Dismiss, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="when the desk was told by mail that it waits")
    lead = models.OneToOneField(Lead, models.SET_NULL, null=True, blank=True, related_name="fact")
    readers = readers_field()

    class Meta:
        ordering = ("-day", "-id")
        constraints = (
            models.UniqueConstraint(fields=("company", "region", "kind", "day"), name="fact_once"),
            models.CheckConstraint(
                name="fact_answered", condition=Q(state="waits", answered_at=None) | (~Q(state="waits") & Q(answered_at__isnull=False))
            ),
            models.CheckConstraint(name="fact_dismissed_has_reason", condition=~Q(state="dismissed") | ~Q(reason="")),
        )
        indexes = (
            models.Index(fields=("organisation", "state", "day", "id"), name="fact_list"),
            models.Index(fields=("desk",), name="fact_untold", condition=Q(state="waits", told_at=None)),
        )

    def __str__(self) -> str:
        return f"fact {self.pk}"
