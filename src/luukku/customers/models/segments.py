"""Segments of companies in time: the rules, version after version, what people mark and say, and the dated spells that come of both.

Whose segment a company has is reckoned by the database (wall.customers_segment_anew) from the rules in use, its facts, its marks and what
somebody has said instead; nothing else writes spells.
"""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from luukku.catalogue.enums import Segment
from luukku.customers.enums import Export, Mark
from luukku.customers.models.companies import Company
from luukku.network.models import Organisation, Person


class SegmentBookQuerySet(models.QuerySet["SegmentBook"]):
    def in_use(self) -> Self:
        return self.filter(used_from__isnull=False, used_until=None)

    def drafts(self) -> Self:
        return self.filter(used_from=None)


class SegmentBook(models.Model):
    """One version of the rules. One at most is in use, one at most is a draft; those that were in use stay."""

    number = models.PositiveIntegerField(unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: the rules that came with us")
    made_at = models.DateTimeField(default=timezone.now)
    used_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="who took it into use")
    used_from = models.DateTimeField(null=True, blank=True)
    used_until = models.DateTimeField(null=True, blank=True)

    objects = SegmentBookQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(name="segment_book_in_order", condition=Q(used_until=None) | Q(used_from__isnull=False)),
            models.UniqueConstraint(fields=("used_from",), condition=Q(used_from=None), name="one_segment_draft", nulls_distinct=False),
            models.UniqueConstraint(
                fields=("used_until",), condition=Q(used_from__isnull=False, used_until=None), name="one_segment_book_in_use", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_draft(self) -> bool:
        return self.used_from is None


class SegmentRule(models.Model):
    """Conditions of one rule as data (see queries.segments.rules.Rule); None or empty asks nothing."""

    book = models.ForeignKey(SegmentBook, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    segment = models.CharField(max_length=30, choices=Segment)
    founded = models.BooleanField(null=True, blank=True)
    marks = ArrayField(models.CharField(max_length=30, choices=Mark), default=list, blank=True)
    within_sme = models.BooleanField(null=True, blank=True)
    foreign_owned = models.BooleanField(null=True, blank=True)
    export = ArrayField(models.CharField(max_length=11, choices=Export), default=list, blank=True)
    persons_min = models.PositiveIntegerField(null=True, blank=True)
    persons_max = models.PositiveIntegerField(null=True, blank=True)
    turnover_min = models.BigIntegerField(null=True, blank=True, help_text="euros")
    turnover_max = models.BigIntegerField(null=True, blank=True)
    balance_min = models.BigIntegerField(null=True, blank=True)
    balance_max = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("book", "position", "id")
        constraints = (models.CheckConstraint(name="segment_rule_known", condition=Q(segment__in=Segment.values)),)

    def __str__(self) -> str:
        return f"{self.book_id}/{self.position}"

    @property
    def asks_nothing(self) -> bool:
        """Whether it is for all others."""
        flags = (self.founded, self.within_sme, self.foreign_owned)
        limits = (self.persons_min, self.persons_max, self.turnover_min, self.turnover_max, self.balance_min, self.balance_max)
        return all(each is None for each in (*flags, *limits)) and not self.marks and not self.export


class Saying(models.Model):
    """What a person has said of a company, and why: inside the network. It holds until somebody ends it."""

    reason = models.CharField(max_length=300)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class CompanyMark(Saying):
    """A mark that rules ask for and no figure tells: focus list, growth track, fast growth."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=30, choices=Mark)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (models.UniqueConstraint(fields=("company", "mark"), condition=Q(ended_at=None), name="company_mark_once"),)

    def __str__(self) -> str:
        return f"{self.company_id} {self.mark}"


class SegmentSaid(Saying):
    """Another segment than the rules give."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="segments_said")
    segment = models.CharField(max_length=30, choices=Segment)

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name_plural = "segments said"
        constraints = (models.UniqueConstraint(fields=("company",), condition=Q(ended_at=None), name="segment_said_once"),)

    def __str__(self) -> str:
        return f"{self.company_id} {self.segment}"


class CompanySegment(models.Model):
    """From when to when a company had a segment: `end_day` is the first day of another, None for the present one."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="segments")
    segment = models.CharField(max_length=30, choices=Segment)
    first_day = models.DateField()
    end_day = models.DateField(null=True, blank=True)
    rule = models.ForeignKey(SegmentRule, models.PROTECT, null=True, blank=True, related_name="+", help_text="that gave it when it began")
    said = models.ForeignKey(SegmentSaid, models.PROTECT, null=True, blank=True, related_name="+", help_text="that gave it instead of a rule")
    period = models.GeneratedField(
        expression=Func("first_day", "end_day", function="daterange", output_field=DateRangeField()), output_field=DateRangeField(), db_persist=True
    )

    class Meta:
        ordering = ("company", "-first_day")
        constraints = (
            models.CheckConstraint(name="company_segment_in_order", condition=Q(end_day=None) | Q(end_day__gt=F("first_day"))),
            models.CheckConstraint(name="company_segment_has_ground", condition=Q(rule=None) | Q(said=None)),
            models.UniqueConstraint(fields=("company",), condition=Q(end_day=None), name="company_segment_now"),
            ExclusionConstraint(
                name="one_segment_of_a_company", expressions=[("company", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
        )
        indexes = (models.Index(fields=("segment",), name="company_segment_present", condition=Q(end_day=None)),)

    def __str__(self) -> str:
        return f"{self.company_id} {self.segment}"
