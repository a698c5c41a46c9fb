"""A round of reporting: those who answer for a plan's measures are all asked at once, each on one page, and what they say is compiled."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.network.enums import Role
from luukku.network.models import Area, Organisation, Person
from luukku.plans.models.plans import Plan


class Round(models.Model):
    """Asked from its first day until the coordinating office closes it; then it is the compiled report."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rounds")
    name = models.CharField(max_length=80, help_text="such as Autumn 2027")
    asks = models.TextField(blank=True, help_text="what is asked for, in words")
    opens_on = models.DateField()
    due_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True, help_text="what the coordinating office says of the whole")
    is_public = models.BooleanField(default=False, help_text="everybody who may read the plan reads the report once it is closed")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("plan", "-opens_on", "-id")
        constraints = (
            models.CheckConstraint(name="round_days_in_order", condition=Q(due_on__gte=F("opens_on"))),
            models.CheckConstraint(name="round_closed_was_open", condition=Q(closed_at=None) | Q(opened_at__isnull=False)),
            models.UniqueConstraint(fields=("plan",), condition=Q(opened_at__isnull=False, closed_at=None), name="round_one_open"),
        )

    def __str__(self) -> str:
        return f"round {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now."""
        return self.opened_at is not None and self.closed_at is None


class RoundPart(models.Model):
    """What a round asks of one seat: a role at an organisation, in the region or in the area. Whoever holds it today answers."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="parts")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", editable=False)
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True, help_text="what it says of the whole of its measures")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who answered")
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("round", "id")
        constraints = (
            models.UniqueConstraint(fields=("round", "role", "organisation", "area"), name="round_seat_once", nulls_distinct=False),
            models.CheckConstraint(name="round_words_are_of_answered", condition=Q(words="") | Q(answered_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"part {self.pk} of round {self.round_id}"

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        return self.role, self.organisation_id, self.area_id
