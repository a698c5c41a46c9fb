"""What comes after the end: a low mark is followed up, and what came of a matter is asked again half a year and a year later."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.desk.enums import Held, WithoutHelp
from luukku.desk.models.cases import Case
from luukku.network.models import Person


class FollowUp(models.Model):
    """A low mark that somebody of the desk must answer for, with a clock of its own. Inside only."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True, help_text="when it was noticed that the day had passed")
    note = models.OneToOneField("desk.Note", models.SET_NULL, null=True, blank=True, related_name="follow_up", help_text="what was done")
    readers = readers_field()

    class Meta:
        ordering = ("due_at", "id")
        constraints = (models.UniqueConstraint(fields=("case",), condition=Q(done_at=None), name="one_open_follow_up"),)
        indexes = (models.Index(fields=("due_at",), condition=Q(done_at=None), name="follow_up_due"),)

    def __str__(self) -> str:
        return f"follow-up of case {self.case_id}"


class AskedKey(models.Model):
    """When the person with this e-mail address or phone number was last asked how it went, whoever of the network asked. Kept by the house alone."""

    key = models.UUIDField(primary_key=True, help_text="keyed digest of the address or number")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"asked {self.asked_at:%Y-%m-%d}"


class OutcomeCheck(models.Model):
    """The question after 6 or 12 months whether what was written down as the outcome has held, and what the customer answered."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="outcome_checks")
    months = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField(default=timezone.now, help_text="which end of the matter it is about: one that was opened again ends anew")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    held = models.CharField(max_length=10, choices=Held, blank=True)
    without_help = models.CharField(max_length=10, choices=WithoutHelp, blank=True, help_text="what would have come of it without the network")
    words = models.TextField(blank=True)
    figures = models.JSONField(default=dict, blank=True, help_text="amount or count by kind of outcome, as she says they are now")
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="who wrote down what she said on the phone; None: she herself"
    )
    readers = readers_field()

    class Meta:
        ordering = ("case", "asked_at")
        constraints = (
            models.UniqueConstraint(fields=("case", "months", "ended_at"), name="outcome_check_once"),
            models.CheckConstraint(
                name="outcome_check_answered", condition=Q(answered_at=None, held="") | (Q(answered_at__isnull=False) & ~Q(held=""))
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} after {self.months} months"
