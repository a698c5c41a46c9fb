"""A sudden structural change or a big lay-off: its companies, parties, measures and figures in one place.

Read by those who lead it (the region's coordinator and the area's contact, by their seats of today) and by the parties they have invited.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.models import Company
from luukku.network.models import Organisation, Person, Region
from luukku.vitality.enums import CountKind, SituationKind


class Situation(models.Model):
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=SituationKind)
    name = models.CharField(max_length=160)
    words = models.TextField(blank=True, help_text="what has happened")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True, help_text="what was done and what came of it")
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="its words are gone: their time was over")
    readers = readers_field()

    class Meta:
        ordering = ("-opened_at", "-id")
        indexes = (models.Index(fields=("opened_at", "id"), name="situation_list"), models.Index(fields=("region",), name="situation_region"))

    def __str__(self) -> str:
        return f"situation {self.pk}"


class SituationParty(models.Model):
    """An organisation that was invited; `person` is whom the others ask there, and reads it too."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "situation parties"
        constraints = (models.UniqueConstraint(fields=("situation", "organisation"), name="situation_party_once"),)

    def __str__(self) -> str:
        return f"{self.situation_id} {self.organisation_id}"


class SituationCompany(models.Model):
    situation = models.ForeignKey(Situation, models.CASCADE, related_name="companies")
    company = models.ForeignKey(Company, models.PROTECT, related_name="+")
    affected = models.PositiveIntegerField(help_text="jobs that go, or people who are laid off")
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("-affected", "id")
        verbose_name_plural = "situation companies"
        constraints = (models.UniqueConstraint(fields=("situation", "company"), name="situation_company_once"),)
        indexes = (models.Index(fields=("company",), name="situation_company"),)

    def __str__(self) -> str:
        return f"{self.situation_id} {self.company_id}"


class SituationMeasure(models.Model):
    """`organisation` is for whom the person does it; None: she leads the situation."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="measures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)
    by_day = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("by_day", "id")
        indexes = (models.Index(fields=("person", "by_day"), name="situation_measure_mine", condition=Q(done_at=None)),)

    def __str__(self) -> str:
        return f"{self.situation_id} {self.pk}"


class SituationCount(models.Model):
    """How many people, as told on a day; the newest of a kind counts. Never who."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="counts")
    kind = models.CharField(max_length=7, choices=CountKind)
    day = models.DateField()
    people = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="who told it")
    readers = readers_field()

    class Meta:
        ordering = ("-day", "-id")
        constraints = (models.UniqueConstraint(fields=("situation", "kind", "day"), name="situation_count_once"),)

    def __str__(self) -> str:
        return f"{self.situation_id} {self.kind}"


class SituationNote(models.Model):
    """What happened, on the timeline."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("situation", "-at"), name="situation_notes"),)

    def __str__(self) -> str:
        return f"{self.situation_id} {self.pk}"
