"""What the customer shows to those who are asked for a statement: one plan, one set of answers, and her consent to whom they go.

`readers` are kept by triggers (migration 0002): the asker's organisation, the customer, and those asked for as long as her consent stands.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.models import StoredFile
from luukku.core.walls import readers_field
from luukku.customers.enums import ConsentWay
from luukku.desk.models import Attachment, Case
from luukku.network.models import Desk, Person
from luukku.statements.models.forms import FormVersion


class Plan(models.Model):
    """One plan for all who are asked. It can be changed until the customer has agreed; then it stands as she agreed to it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", help_text="the asker's")
    title = models.CharField(max_length=160)
    basics = models.TextField(help_text="what is planned, in short")
    answers = models.JSONField(default=dict, help_text="the customer's, by the question's key")
    frozen_at = models.DateTimeField(null=True, blank=True, help_text="when it was first shown to somebody")
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("case",), name="plan_case"),)

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanFile(models.Model):
    """A file of the case that goes along, as it was: a copy that is read by those who read the plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="+")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("plan", "attachment"), name="file_in_plan_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.attachment_id}"


class Consent(models.Model):
    """The customer's word: how, to which text, to whom, when; and when she took it back. Which statements rest on it, they say."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="consents")
    way = models.CharField(max_length=10, choices=ConsentWay)
    version = models.CharField(max_length=20, help_text="of the text that she agreed to")
    receivers = ArrayField(models.CharField(max_length=160), help_text="the organisations, as they were named to her")
    given_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: she herself")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: she herself")
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="consent_withdrawn_after", condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at"))),
        )

    def __str__(self) -> str:
        return f"consent {self.pk}"
