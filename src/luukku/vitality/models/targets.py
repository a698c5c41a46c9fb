"""What an organisation means to reach in a year by selling the region. No secret: the network plans with it."""

from django.db import models

from luukku.network.models import Organisation, Region


class SellingTarget(models.Model):
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    companies = models.PositiveIntegerField(help_text="to locate in the region")
    jobs = models.PositiveIntegerField()

    class Meta:
        ordering = ("region", "year", "organisation")
        constraints = (models.UniqueConstraint(fields=("region", "organisation", "year"), name="selling_target_once"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.organisation_id} {self.year}"
