"""What came of a case, and how it went for the customer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.desk.enums import FIGURE_OF, STANDING, ClaimWord, Face, FinanceKind, OutcomeKind, WithoutHelp
from luukku.desk.models.cases import Case, Leg
from luukku.network.models import Person


class Outcome(models.Model):
    """One thing that came of a part of a case; `amount` is euros for finance, exports and investment, `count` people for jobs and recruitment.

    Where two organisations had a part in the same, the later one's says so (`same_as`): a figure of the region counts it once.
    It is a claim until the customer has given her word on it; nobody of the network writes that (migration 0086).
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
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="that her word on it is awaited: once")
    word = models.CharField(max_length=10, choices=ClaimWord, blank=True, db_default="", help_text="what the customer says of it; empty: nothing yet")
    word_at = models.DateTimeField(null=True, blank=True)
    word_figure = models.PositiveIntegerField(null=True, blank=True, help_text="euros or people as she corrects them")
    without_help = models.CharField(max_length=10, choices=WithoutHelp, blank=True, db_default="", help_text="what would have come of it otherwise")
    readers = readers_field()

    class Meta:
        ordering = ("case", "id")
        indexes = (models.Index(fields=("business_id",), name="outcome_of_business", condition=Q(business_id__gt="")),)
        constraints = (
            models.UniqueConstraint(fields=("case", "leg", "kind", "finance"), name="outcome_once", nulls_distinct=False),
            models.CheckConstraint(name="outcome_finance_kind", condition=Q(finance="") | Q(kind=OutcomeKind.FINANCE)),
            models.CheckConstraint(name="outcome_business_id", condition=Q(business_id="") | Q(kind=OutcomeKind.STARTED)),
            models.CheckConstraint(
                name="outcome_word_has_time", condition=Q(word="", word_at=None, without_help="") | (~Q(word="") & Q(word_at__isnull=False))
            ),
            models.CheckConstraint(
                name="outcome_word_figure",
                condition=Q(word=ClaimWord.CORRECTED, word_figure__isnull=False) | (~Q(word=ClaimWord.CORRECTED) & Q(word_figure=None)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    @property
    def figure(self) -> int | None:
        """Euros or people as they were written down; None where there are none, or the kind has none."""
        name = FIGURE_OF.get(OutcomeKind(self.kind))
        return getattr(self, name) if name else None

    @property
    def stands(self) -> bool:
        """Whether the customer has confirmed it, as it was written or as she corrected it."""
        return self.word in STANDING


class Feedback(models.Model):
    case = models.OneToOneField(Case, models.CASCADE, related_name="feedback")
    face = models.PositiveSmallIntegerField(choices=Face)
    comment = models.TextField(blank=True)
    may_contact = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="who wrote down what she said; None: she herself"
    )
    created_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True, db_default="", help_text="what she is told was done because of a low mark")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answer_face = models.PositiveSmallIntegerField(choices=Face, null=True, blank=True, help_text="what she says of the answer")
    answer_rated_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (
            models.CheckConstraint(name="face_one_to_four", condition=Q(face__gte=1, face__lte=4)),
            models.CheckConstraint(
                name="answer_rated_when_given",
                condition=Q(answer_face=None, answer_rated_at=None)
                | Q(answer_face__gte=1, answer_face__lte=4, answer_rated_at__isnull=False, answered_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"feedback {self.pk}"
