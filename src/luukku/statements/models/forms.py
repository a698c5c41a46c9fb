"""Forms of statements: kept by a region or by an organisation, in versions that never change once they are made. Open: they hold no customer."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.translated import Translated
from luukku.network.models import Organisation, Person, Region

MOST_DAYS = 120


class StatementFormQuerySet(models.QuerySet["StatementForm"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)


class StatementForm(models.Model):
    """One form; what it asks stands in its versions. `code` names a form that came with the product."""

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="statement_forms")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="statement_forms")
    code = models.CharField(max_length=40, blank=True, help_text="of the ready-made form that it began as; empty for one of one's own")
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = StatementFormQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="form_of_region_or_organisation", condition=Q(region=None) ^ Q(organisation=None)),
            models.UniqueConstraint(fields=("region", "code"), condition=~Q(code=""), name="ready_made_form_once"),
        )

    def __str__(self) -> str:
        return f"form {self.pk}"


class FormVersion(models.Model):
    """What a form asks, from when it was made until the next version. `fields`: see `queries.fields.Question`."""

    form = models.ForeignKey(StatementForm, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title_fi = models.CharField(max_length=120)
    title_sv = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    title = Translated("title")
    fields = models.JSONField(default=list)
    working_days = models.PositiveSmallIntegerField(default=10, help_text="from the asking to the day by which it is asked for")
    is_shown = models.BooleanField(default=True, help_text="the customer reads what was stated, not only that it was")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: it came with the product")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("form", "-number")
        constraints = (
            models.UniqueConstraint(fields=("form", "number"), name="form_version_once"),
            models.CheckConstraint(name="form_days", condition=Q(working_days__gte=1, working_days__lte=MOST_DAYS)),
        )

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"
