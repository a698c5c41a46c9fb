"""Organisations, where they take part, their premises and desks."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from luukku.core.translated import Translated
from luukku.core.walls import PrincipalField
from luukku.network.models.places import Dated, DatedQuerySet, Municipality, Region, Sourced


@pghistory.track()
class OrganisationType(models.Model):
    """An editable list; codes are stable because service cards name their provider types by them."""

    code = models.SlugField(max_length=40, unique=True)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")
    is_private = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def active(self) -> Self:
        return self.filter(deactivated_at=None)

    def in_region(self, region_id: int) -> Self:
        """Those that take part in the region today."""
        return self.filter(participations__region_id=region_id, participations__valid_until=None)


@pghistory.track(exclude=["principal"])  # never changes, and a history repeats what must be unique here
class Organisation(Sourced):
    principal = PrincipalField()
    code = models.SlugField(max_length=60, unique=True)
    name_fi = models.CharField(max_length=160)
    name_sv = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    name = Translated("name")
    short_name = models.CharField(max_length=40, blank=True)
    type = models.ForeignKey(OrganisationType, models.PROTECT, related_name="organisations")
    business_id = models.CharField(max_length=9, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")
    role_text_fi = models.TextField(blank=True, help_text="its part in the network, in plain words")
    role_text_sv = models.TextField(blank=True, help_text="its part in the network, in plain words")
    role_text_en = models.TextField(blank=True, help_text="its part in the network, in plain words")
    role_text = Translated("role_text")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name_fi",)
        constraints = (models.CheckConstraint(name="organisation_not_own_parent", condition=~Q(parent=models.F("id")) | Q(parent=None)),)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Participation(Dated):
    """An organisation takes part in a region."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="participations")
    region = models.ForeignKey(Region, models.CASCADE, related_name="participations")

    objects = DatedQuerySet["Participation"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("region", "organisation")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("organisation", "region"), condition=Q(valid_until=None), name="participation_once_today"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.region_id}"


@pghistory.track()
class Premises(models.Model):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="premises")
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="premises")
    hours_text_fi = models.CharField(max_length=200, blank=True, help_text="opening hours in words, evenings and weekends too")
    hours_text_sv = models.CharField(max_length=200, blank=True, help_text="opening hours in words, evenings and weekends too")
    hours_text_en = models.CharField(max_length=200, blank=True, help_text="opening hours in words, evenings and weekends too")
    hours_text = Translated("hours_text")
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "premises"

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Desk(models.Model):
    """Who takes an organisation's cases in a region. One desk of a region is its front: what fits no other comes there."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="desks")
    region = models.ForeignKey(Region, models.PROTECT, related_name="desks")
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")
    is_front = models.BooleanField(default=False)
    has_door = models.BooleanField(default=False, db_default=False, help_text="takes needs in by a page of its own, besides the region's")
    phone = models.CharField(max_length=40, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("region", "-is_front", "name_fi")
        constraints = (
            models.UniqueConstraint(fields=("region",), condition=Q(is_front=True, deactivated_at=None), name="one_front_desk"),
            models.UniqueConstraint(fields=("organisation", "region"), condition=Q(deactivated_at=None), name="one_desk_per_organisation"),
        )

    def __str__(self) -> str:
        return self.name
