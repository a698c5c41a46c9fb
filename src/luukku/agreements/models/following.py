"""How an agreement comes about, and what becomes of its promises."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.agreements.enums import PromiseKind, PromiseState, StepCode
from luukku.agreements.models.agreements import OfAgreement, Party
from luukku.governance.models import Decision
from luukku.network.models import Organisation, Person
from luukku.plans.models import Measure


class Step(OfAgreement):
    """A step of the agreement's life that is done, with what was found; talks and approvals once for each party."""

    code = models.CharField(max_length=12, choices=StepCode)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    day = models.DateField()
    words = models.TextField(blank=True, help_text="what was found, agreed or asked for; of a talk the services as they are")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="who wrote it down")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("agreement", "day", "id")
        constraints = (models.UniqueConstraint(fields=("agreement", "code", "organisation"), name="step_once", nulls_distinct=False),)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.code}"


class Promise(OfAgreement):
    """What a party has promised in the agreement, and how it stands by the latest look."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="promises")
    kind = models.CharField(max_length=8, choices=PromiseKind)
    words = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=PromiseState, default=PromiseState.OPEN)
    review_on = models.DateField(help_text="when it is looked at next")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("agreement", "party", "id")

    def __str__(self) -> str:
        return f"promise {self.pk}"


class Review(OfAgreement):
    """The yearly look at a promise. What is not kept becomes a measure of the region's action plan."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="reviews")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=PromiseState)
    remark = models.TextField(blank=True)
    measure = models.CharField(max_length=300, blank=True, help_text="what is done so that it will be kept")
    row = models.ForeignKey(Measure, models.SET_NULL, null=True, blank=True, related_name="+", help_text="the measure that was made of it")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("year", "id")
        constraints = (
            models.UniqueConstraint(fields=("promise", "year"), name="review_once_a_year"),
            models.CheckConstraint(name="review_broken_has_measure", condition=~Q(state="broken") | ~Q(measure="")),
        )

    def __str__(self) -> str:
        return f"{self.promise_id} {self.year}"


class Notice(OfAgreement):
    """What those who keep an agreement have been told once: that it ends, or that a leaving party still has open matters."""

    code = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        ordering = ("agreement", "id")
        constraints = (models.UniqueConstraint(fields=("agreement", "code"), name="agreement_told_once"),)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.code}"
