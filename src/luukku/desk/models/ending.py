"""What came of a case, and how it went for the customer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.desk.enums import Face, FinanceKind, OutcomeKind
from luukku.desk.models.cases import Case, Leg


class Outcome(models.Model):
    """One thing that came of a part of a case; `amount` is euros for finance and investment, `count` people for jobs and recruitment.

    Where two organisations had a part in the same, the later one's says so (`same_as`): a figure of the region counts it once.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="outcomes")
    leg = models.ForeignKey(Leg, models.SET_NULL, null=True, blank=True, related_name="outcomes")
    kind = models.CharField(max_length=15, choices=OutcomeKind)
    finance = models.CharField(max_length=10, choices=FinanceKind, blank=True, db_default="", help_text="kind of finance; empty: not said")
    business_id = models.CharField(max_length=9, blank=True, db_default="", help_text="of a business that was started, when it is known")
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    amount = models.PositiveIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    text = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("case", "id")
        indexes = (models.Index(fields=("business_id",), name="outcome_of_business", condition=Q(business_id__gt="")),)
        constraints = (
            models.UniqueConstraint(fields=("case", "leg", "kind", "finance"), name="outcome_once", nulls_distinct=False),
            models.CheckConstraint(name="outcome_finance_kind", condition=Q(finance="") | Q(kind=OutcomeKind.FINANCE)),
            models.CheckConstraint(name="outcome_business_id", condition=Q(business_id="") | Q(kind=OutcomeKind.STARTED)),
        )

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
