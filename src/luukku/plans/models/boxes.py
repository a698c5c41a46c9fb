"""Ideas that come from anywhere, and what is proposed to bodies outside the network."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.governance.models import Decision
from luukku.network.enums import LanguageCode
from luukku.network.models import Person, Region
from luukku.plans.enums import IdeaFrom, IdeaState, ProposalState
from luukku.plans.models.measures import Measure
from luukku.plans.models.plans import Plan


class Idea(models.Model):
    """Somebody's idea for a region's service, and what was answered."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="ideas")
    words = models.TextField()
    came = models.CharField(max_length=10, choices=IdeaFrom, default=IdeaFrom.STAFF)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who wrote it here")
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=IdeaState, default=IdeaState.NEW)
    email = models.EmailField(blank=True, help_text="of a customer who wants to hear the answer; forgotten once she has been told")
    language = models.CharField(max_length=2, choices=LanguageCode, blank=True, help_text="in which she is told")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+")
    measure = models.ForeignKey(Measure, models.SET_NULL, null=True, blank=True, related_name="ideas")

    class Meta:
        ordering = ("region", "-created_at", "-id")
        indexes = (models.Index(fields=("region", "state"), name="idea_of_region"),)

    def __str__(self) -> str:
        return f"idea {self.pk}"


class Proposal(models.Model):
    """What the network proposes to another body, and its answer."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="proposals")
    to_body = models.CharField(max_length=160)
    words = models.TextField()
    sent_on = models.DateField()
    answer_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.SENT)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+", help_text="by which it was sent")
    measure = models.ForeignKey(Measure, models.SET_NULL, null=True, blank=True, related_name="proposals")
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="proposals", help_text="the list of decisions it stands on")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("region", "-sent_on", "-id")
        constraints = (models.CheckConstraint(name="proposal_answered_has_day", condition=Q(state="sent") ^ Q(answered_on__isnull=False)),)

    def __str__(self) -> str:
        return f"proposal {self.pk}"
