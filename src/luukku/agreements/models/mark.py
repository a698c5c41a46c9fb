"""The right to the common mark: who prepares and decides, applications with their eight criteria, and where the mark is shown."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.agreements.enums import DECIDED, HELD, Criterion, Judgement, MarkState, UseKind
from luukku.agreements.models.agreements import OfAgreement, Party
from luukku.core.translated import said_in
from luukku.network.enums import Role
from luukku.network.models import Person


class MarkRule(models.Model):
    """From a day on: which seats prepare, present and decide, how long the right lasts, and which brand guide holds. Open to all."""

    since = models.DateField(unique=True)
    prepares = models.CharField(max_length=20, choices=Role)
    presents = models.CharField(max_length=20, choices=Role)
    decides = models.CharField(max_length=20, choices=Role)
    months = models.PositiveSmallIntegerField(default=36)
    guide = models.CharField(max_length=40, help_text="version of the brand guide")

    class Meta:
        ordering = ("-since",)

    def __str__(self) -> str:
        return str(self.since)


class MarkQuerySet(models.QuerySet["MarkApplication"]):
    def held(self, day: date) -> Self:
        """Rights that hold on the day."""
        return self.filter(state__in=HELD, first_day__lte=day, last_day__gte=day)


class MarkApplication(OfAgreement):
    """From the application to the decision; what each step said, by whom and when."""

    state = models.CharField(max_length=12, choices=MarkState, default=MarkState.APPLIED)
    rule = models.ForeignKey(MarkRule, models.PROTECT, related_name="+", help_text="by which it is decided")
    words = models.TextField(blank=True, help_text="the network's own account")
    applied_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField(default=timezone.now)
    prepared_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    preparation = models.TextField(blank=True)
    presented_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    presented_at = models.DateTimeField(null=True, blank=True)
    presentation = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    conditions_by = models.DateField(null=True, blank=True)
    conditions_met = models.TextField(blank=True, help_text="how they were met, as seen by whoever decides")
    conditions_met_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    conditions_met_at = models.DateTimeField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="mark_decided_has_reasons", condition=~Q(state__in=DECIDED) | (Q(decided_at__isnull=False) & ~Q(reasons=""))),
            models.CheckConstraint(name="mark_held_has_days", condition=~Q(state__in=HELD) | Q(first_day__isnull=False, last_day__isnull=False)),
            models.CheckConstraint(name="mark_conditional_says_what", condition=~Q(state="conditional") | ~Q(conditions="")),
            models.UniqueConstraint(fields=("agreement",), condition=~Q(state__in=DECIDED), name="one_mark_application_at_a_time"),
        )

    def __str__(self) -> str:
        return f"mark of {self.agreement_id}"


class MarkCriterion(OfAgreement):
    """One criterion of an application: what the system saw when it was judged, and the evaluator's word."""

    application = models.ForeignKey(MarkApplication, models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=12, choices=Criterion)
    evidence = models.TextField(blank=True)
    evidence_texts = models.JSONField(default=dict, db_default={}, blank=True, help_text="the same by language")
    seen = models.BooleanField(default=False, help_text="whether the system saw it met")
    judgement = models.CharField(max_length=8, choices=Judgement, default=Judgement.OPEN, blank=True)
    words = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("application", "id")
        constraints = (models.UniqueConstraint(fields=("application", "code"), name="mark_criterion_once"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.code}"

    @property
    def evidence_said(self) -> str:
        """What the system saw, in the reader's language."""
        return said_in(self.evidence_texts, self.evidence)


class MarkUse(OfAgreement):
    """Where a party shows the mark, by which version of the brand guide."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="mark_uses")
    kind = models.CharField(max_length=10, choices=UseKind)
    place = models.CharField(max_length=160)
    guide = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("agreement", "party", "kind", "id")

    def __str__(self) -> str:
        return self.place
