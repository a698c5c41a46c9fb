"""How many companies an organisation means to meet in a year, and how soon after one visit another is a burden. Open: they name no company."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from luukku.catalogue.enums import Segment
from luukku.network.models import Organisation, Region

DEFAULT_WEEKS = 12
MOST_WEEKS = 52


class VisitTarget(models.Model):
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    visits = models.PositiveSmallIntegerField()
    reminded_on = models.DateField(null=True, blank=True, help_text="when its people last heard how many companies nobody has met or means to")

    class Meta:
        ordering = ("year", "id")
        constraints = (models.UniqueConstraint(fields=("region", "organisation", "year"), name="visit_target_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}: {self.visits}"


class ContactRule(models.Model):
    """Of a region; without one the default weeks count."""

    region = models.OneToOneField(Region, models.CASCADE, related_name="contact_rule")
    weeks = models.PositiveSmallIntegerField(default=DEFAULT_WEEKS)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="contact_rule_weeks", condition=Q(weeks__gte=1, weeks__lte=MOST_WEEKS)),)

    def __str__(self) -> str:
        return f"{self.region_id}: {self.weeks}"


class TeamRule(models.Model):
    """Who goes on a visit that several organisations make together: one at least of each type. For a segment, or for all the others (empty)."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    segment = models.CharField(max_length=30, choices=Segment, blank=True)
    types = ArrayField(models.BigIntegerField(), help_text="keys of types of organisations")

    class Meta:
        ordering = ("region", "segment")
        constraints = (models.UniqueConstraint(fields=("region", "segment"), name="team_rule_once"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.segment}"
