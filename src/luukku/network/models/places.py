"""Levels of the network: area, region, municipality. Borders change, so membership has a period."""

from datetime import date
from typing import ClassVar, Self, TypeVar

import pghistory
from django.db import models
from django.db.models import F, Q

from luukku.core.stencils import Stencil
from luukku.core.translated import Translated

Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    def on(self, day: date) -> Self:
        """Those whose period includes `day`."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day))

    def lasting(self, day: date) -> Self:
        """Those that have not ended by `day`: they hold then, or will."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day))


class Dated(models.Model):
    """A period of validity, both ends included; open ends are None."""

    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_period",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        )


class Sourced(models.Model):
    """Where a fact came from and as of when, for reference data that a command loads."""

    source = models.CharField(max_length=200, blank=True)
    source_date = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class AreaKind(models.TextChoices):
    ELY = "ely", "ELY"  # state regional office areas 2010–2025
    VITALITY = "vitality", "EVK"  # vitality centre areas from 2026 on


@pghistory.track()
class Area(Dated, Sourced):
    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=AreaKind)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")

    objects = DatedQuerySet["Area"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("kind", "code")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Region(Dated, Sourced):
    """The circle of one cooperation agreement, with its door and its promise."""

    code = models.SlugField(max_length=40, unique=True)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")
    prefix = models.CharField(max_length=4, unique=True, help_text="first letters of case numbers, e.g. SU")
    is_live = models.BooleanField(default=False, help_text="the door is open: needs are taken in")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    intro_fi = models.TextField(blank=True)
    intro_sv = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)
    intro = Translated("intro")
    taken_up_days = models.PositiveSmallIntegerField(default=2, help_text="working days until a named handler takes hold")
    informed_days = models.PositiveSmallIntegerField(default=10, help_text="working days within which the customer hears something")
    guided_days = models.PositiveSmallIntegerField(default=2, help_text="working days until a receiver of a handover has contacted the customer")
    feedback_gap_days = models.PositiveSmallIntegerField(default=30, help_text="days between two feedback questions to one person")
    review_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="as the nation has decided where empty; so the next two")
    status_link_days = models.PositiveSmallIntegerField(null=True, blank=True)
    outside_link_days = models.PositiveSmallIntegerField(null=True, blank=True)
    publish_by_organisation = models.BooleanField(
        default=False, db_default=False, help_text="the network has agreed that how each organisation keeps the promise is public"
    )
    areas = models.ManyToManyField(Area, through="RegionArea", related_name="regions")

    objects = DatedQuerySet["Region"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


def _of_code(code: str, today: date) -> models.QuerySet[Region]:
    return Region.objects.on(today).filter(code=code)


region_of_code = Stencil(_of_code, open_rows=True)  # each public page begins with it


class LanguageRelation(models.TextChoices):
    FINNISH = "fi", "fi"
    SWEDISH = "sv", "sv"
    BILINGUAL_FI = "fi-sv", "fi-sv"
    BILINGUAL_SV = "sv-fi", "sv-fi"
    SAMI = "fi-smi", "fi-smi"


class MunicipalityQuerySet(DatedQuerySet["Municipality"]):
    def in_areas(self, areas: "models.QuerySet[Area]", day: date) -> Self:
        """Those that lay in one of the areas on the day."""
        return self.filter(pk__in=MunicipalityArea.objects.on(day).filter(area__in=areas).values("municipality"))


@pghistory.track()
class Municipality(Dated, Sourced):
    code = models.CharField(max_length=3)
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    name = Translated("name")
    languages = models.CharField(max_length=10, choices=LanguageRelation, default=LanguageRelation.FINNISH)
    county = models.CharField(max_length=80, blank=True)
    subregion = models.CharField(max_length=80, blank=True)
    employment_area = models.CharField(max_length=120, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ("name_fi",)
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("code",), condition=Q(valid_until=None), name="municipality_code_once_today"),
        )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class MunicipalityArea(Dated, Sourced):
    """A municipality lies in an area of the state's regional administration."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="area_spells")
    area = models.ForeignKey(Area, models.PROTECT, related_name="municipality_spells")

    objects = DatedQuerySet["MunicipalityArea"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("municipality", "valid_from")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("municipality",), condition=Q(valid_until=None), name="municipality_in_one_area_today"),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.area_id}"


@pghistory.track()
class RegionArea(Dated, Sourced):
    region = models.ForeignKey(Region, models.CASCADE, related_name="area_spells")
    area = models.ForeignKey(Area, models.PROTECT, related_name="region_spells")

    objects = DatedQuerySet["RegionArea"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("region", "valid_from")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("region", "area", "valid_from"), name="region_area_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.area_id}"


@pghistory.track()
class RegionMunicipality(Dated, Sourced):
    region = models.ForeignKey(Region, models.CASCADE, related_name="municipality_spells")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="region_spells")
    assumed = models.BooleanField(default=False, help_text="proposed from the sub-region of the same name, not confirmed")

    objects = DatedQuerySet["RegionMunicipality"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("region", "municipality")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("municipality",), condition=Q(valid_until=None), name="municipality_in_one_region_today"),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.municipality_id}"


@pghistory.track()
class PastName(models.Model):
    """What a place was called until a day, when it got another name: what is told of the time before goes by this one."""

    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="past_names")
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="past_names")
    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, blank=True, related_name="past_names")
    until = models.DateField(help_text="the first day of the next name")
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")

    class Meta:
        ordering = ("-until",)
        constraints = (
            models.CheckConstraint(
                name="past_name_one_owner",
                condition=Q(area__isnull=False, region=None, municipality=None)
                | Q(area=None, region__isnull=False, municipality=None)
                | Q(area=None, region=None, municipality__isnull=False),
            ),
            models.UniqueConstraint(fields=("area", "region", "municipality", "until"), name="past_name_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return self.name
