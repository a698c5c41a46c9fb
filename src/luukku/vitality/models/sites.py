"""Plots and premises that the region has to offer, and to which prospect they are offered, reserved or handed over.

That there is a plot, and until when it is reserved, is known to the network; for whom, only to the seller and to whose plot it is. No plot is held
for two at once: the database sees to it.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.network.models import Municipality, Organisation, Person, Region
from luukku.vitality.enums import HOLDS, OfferState, SiteKind
from luukku.vitality.models.prospects import Prospect


class Site(models.Model):
    """`reserved_until` and `handed_on` are kept by triggers from what it is held for."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="whose it is to give")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=SiteKind)
    name = models.CharField(max_length=160, help_text="address or name")
    area = models.PositiveIntegerField(help_text="square metres")
    price = models.PositiveBigIntegerField(null=True, blank=True, help_text="euros: of a plot the price, of premises the rent for a month")
    words = models.TextField(blank=True, help_text="what it is good for: zoning, power, rail")
    free_from = models.DateField(null=True, blank=True)
    website = models.URLField(blank=True)
    reserved_until = models.DateField(null=True, blank=True, editable=False)
    handed_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="not on offer any more")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("area", "id")
        constraints = (models.CheckConstraint(name="site_has_area", condition=Q(area__gt=0)),)
        indexes = (models.Index(fields=("region", "kind", "area", "id"), name="site_list", condition=Q(withdrawn_at=None)),)

    def __str__(self) -> str:
        return f"site {self.pk}"


class Offer(models.Model):
    """A site offered to a prospect. While it is reserved or handed over it is nobody else's."""

    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="offers")
    site = models.ForeignKey(Site, models.PROTECT, related_name="offers")
    state = models.CharField(max_length=8, choices=OfferState, default=OfferState.OFFERED)
    first_day = models.DateField(null=True, blank=True, help_text="from which it is held")
    last_day = models.DateField(null=True, blank=True, help_text="until which it is held; of one handed over None: for good")
    handed_on = models.DateField(null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("prospect", "site"), name="site_offered_once"),
            models.CheckConstraint(name="site_held_has_days", condition=~Q(state__in=HOLDS) | Q(first_day__isnull=False)),
            models.CheckConstraint(name="site_reserved_for_a_time", condition=~Q(state="reserved") | Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="site_handed_has_day",
                condition=Q(state="handed", handed_on__isnull=False, last_day=None) | (~Q(state="handed") & Q(handed_on=None)),
            ),
            ExclusionConstraint(
                name="site_held_for_one",
                expressions=[
                    ("site", "="), (Func("first_day", "last_day", Value("[]"), function="daterange", output_field=DateRangeField()), "&&"),
                ],
                condition=Q(state__in=HOLDS),
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=("site", "state"), name="offer_site"),)

    def __str__(self) -> str:
        return f"{self.prospect_id} {self.site_id}"
