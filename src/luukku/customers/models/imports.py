"""Imports of the company register: what a file said, what came of it, and what was before, so that it can be taken back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from luukku.customers.enums import ImportState, RowProblem
from luukku.customers.models.companies import Company
from luukku.network.models import Person


class ImportRun(models.Model):
    """One file, or one answer of the register: looked through first, then applied whole, and taken back whole."""

    name = models.CharField(max_length=200, help_text="of the file")
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.READING)
    rows = models.PositiveIntegerField(default=0, help_text="read so far")
    report = models.JSONField(default=dict, help_text="counts, and the companies to look at")
    skips_broken = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"


class ImportRow(models.Model):
    """One row of a file that has been looked through and not been applied yet. Not logged by the database: a crash costs a new look."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="waiting", db_index=False)
    line = models.PositiveIntegerField(help_text="line of the file, or number of the element")
    business_id = models.CharField(max_length=20, blank=True)
    register = models.JSONField(null=True)
    problem = models.CharField(max_length=8, choices=RowProblem, blank=True, help_text="why it cannot be applied; empty: it can")
    detail = models.CharField(max_length=200, blank=True, help_text="what exactly, e.g. the field or the other line")

    class Meta:
        ordering = ("line",)
        indexes = (models.Index(fields=("run", "business_id"), name="importrow_run"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.line}"


class ImportChange(models.Model):
    """What an import did to one company, and what the register had said before; None: it was not here."""

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="changes")
    company = models.ForeignKey(Company, models.CASCADE, related_name="changes")
    kinds = ArrayField(models.CharField(max_length=16), help_text="new, closed, moved, renamed; or the fields that changed")
    before = models.JSONField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.run_id} {self.company_id}"
