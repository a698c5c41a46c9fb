"""Visits to companies: planned, held by one organisation or several, reported, seen to the end.

Only the visiting organisations read a visit. All others of the network know that a company was met or is to be met, when and by which organisation
(Touch): otherwise each would visit the same ones. Kept so by triggers and policies (migration 0002).
"""

from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.models import Company
from luukku.desk.models import Case
from luukku.network.models import Desk, Organisation, Person, Region
from luukku.relations.enums import VisitState, VisitWay
from luukku.relations.models.mapping import NeedMap, NeedQuestion


class Visit(models.Model):
    company = models.ForeignKey(Company, models.PROTECT, related_name="visits")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", help_text="of whoever calls the visitors together")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="the desk's, then")
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    year = models.PositiveSmallIntegerField(help_text="in which it is to be made")
    day = models.DateField(null=True, blank=True, help_text="agreed with the company; None: not yet")
    sort_day = models.GeneratedField(  # lists are in this order: without a day at the end of its year
        expression=Coalesce("day", Func("year", Value(12), Value(31), function="make_date", output_field=models.DateField())),
        output_field=models.DateField(), db_persist=True,
    )  # fmt: skip
    starts = models.TimeField(null=True, blank=True)
    way = models.CharField(max_length=6, choices=VisitWay, default=VisitWay.SITE)
    place = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    questions = models.TextField(blank=True, help_text="what is to be asked: the preparation")
    need_map = models.ForeignKey(NeedMap, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=VisitState, default=VisitState.PLANNED)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="called off, or seen to the end")
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="its words and names are gone: their time was over")
    readers = readers_field()

    class Meta:
        ordering = ("day", "id")
        constraints = (
            models.CheckConstraint(name="visit_held_has_day", condition=~Q(state__in=("held", "closed")) | Q(day__isnull=False)),
            models.CheckConstraint(
                name="visit_ended_has_time",
                condition=Q(state__in=("planned", "held"), ended_at=None) | Q(state__in=("closed", "cancelled"), ended_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=("company", "day"), name="visit_company"),
            models.Index(fields=("state", "sort_day", "id"), name="visit_list"),
        )

    def __str__(self) -> str:
        return f"visit {self.pk}"


class VisitParty(models.Model):
    """Who goes, for which organisation."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("visit", "person"), name="visit_party_once"),)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.person_id}"


class VisitReport(models.Model):
    """What one visitor writes of a visit: each her own, so that nobody writes over another's words."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="reports")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    met_name = models.CharField(max_length=120, blank=True)
    met_role = models.CharField(max_length=80, blank=True)
    met_phone = models.CharField(max_length=40, blank=True)
    met_email = models.EmailField(blank=True)
    may_pass = models.BooleanField(default=False, help_text="whoever was met agreed that her name is passed on with a need")
    notes = models.TextField(blank=True)
    agreed = models.TextField(blank=True, help_text="what was agreed")
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_done_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="that the next step is due")
    version = models.PositiveIntegerField(default=1, help_text="grows with each writing: a page that knows an older one does not write over it")
    written_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("written_at", "id")
        constraints = (models.UniqueConstraint(fields=("visit", "person"), name="visit_report_once"),)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.person_id}"


class VisitNeed(models.Model):
    """An answer of the mapping, or what came up beside it; `is_need` is what becomes a lead or a matter."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="needs")
    report = models.ForeignKey(VisitReport, models.CASCADE, related_name="needs")
    slot = models.CharField(max_length=12, help_text="its place on the form: written again, it is the same answer")
    question = models.ForeignKey(NeedQuestion, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    is_need = models.BooleanField(default=False)
    given_to = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="as a lead")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("report", "slot"), name="visit_need_slot_once"),)
        indexes = (models.Index(fields=("visit",), name="visitneed_visit"),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.slot}"


class Touch(models.Model):
    """That a company was met, or is to be met, by an organisation: all that the network knows of a visit. Written by triggers alone."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="touches")
    company = models.ForeignKey(Company, models.PROTECT, related_name="touches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    day = models.DateField(null=True, blank=True)
    is_met = models.BooleanField()
    way = models.CharField(max_length=6, choices=VisitWay)

    class Meta:
        ordering = ("day", "id")
        verbose_name_plural = "touches"
        constraints = (models.UniqueConstraint(fields=("visit", "organisation"), name="touch_once"),)
        indexes = (
            models.Index(fields=("company", "is_met", "day"), name="touch_company"),
            models.Index(fields=("region", "year"), name="touch_region_year"),
        )

    def __str__(self) -> str:
        return f"{self.company_id} {self.organisation_id}"
