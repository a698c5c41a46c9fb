"""What came of a case, and how it went for the customer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.desk.enums import Face, OutcomeKind
from luukku.desk.models.cases import Case


class Outcome(models.Model):
    """One thing that came of a case; `amount` is euros for finance and investment, `count` people for jobs and recruitment."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=15, choices=OutcomeKind)
    amount = models.PositiveIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    text = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("case", "id")
        constraints = (models.UniqueConstraint(fields=("case", "kind"), name="outcome_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Feedback(models.Model):
    case = models.OneToOneField(Case, models.CASCADE, related_name="feedback")
    face = models.PositiveSmallIntegerField(choices=Face)
    comment = models.TextField(blank=True)
    may_contact = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (models.CheckConstraint(name="face_one_to_four", condition=Q(face__gte=1, face__lte=4)),)

    def __str__(self) -> str:
        return f"feedback {self.pk}"
