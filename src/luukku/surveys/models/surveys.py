"""A questionnaire asked of some people until a day, and who is invited."""

import uuid
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.network.enums import LanguageCode
from luukku.network.models import Person, Region
from luukku.surveys.enums import SurveyState
from luukku.surveys.models.questionnaires import FEWEST, Asked, Version


class SurveyQuerySet(models.QuerySet["Survey"]):
    def open(self) -> Self:
        """Those that still take answers."""
        return self.filter(state=SurveyState.OPEN, closes_at__gt=timezone.now())


class Survey(Asked):
    """One round of a questionnaire. Open: what is asked of whom until when is no secret; who is invited and what was answered is."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="surveys")
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="surveys", help_text="None: the whole network's")
    about_kind = models.CharField(max_length=60, blank=True, help_text="what it is about, of a higher module: `governance.group` …")
    about_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=SurveyState, default=SurveyState.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    link_seed = models.UUIDField(null=True, blank=True, editable=False)
    link_digest = models.BinaryField(max_length=32, unique=True, null=True, editable=False)
    reminded_on = models.DateField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, help_text="since when the network of the region reads the results")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="when the answers were taken out of the box")
    invited_count = models.PositiveIntegerField(default=0, help_text="as it was when it was settled")
    answered_count = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ("-closes_at", "id")
        constraints = (
            models.CheckConstraint(name="survey_hides", condition=Q(hide_below__gte=FEWEST)),
            models.CheckConstraint(name="survey_needs_are_named", condition=Q(takes_needs=False) | (Q(is_anonymous=False) & Q(region__isnull=False))),
            models.CheckConstraint(name="survey_open_has_time", condition=Q(state="draft") | Q(opened_at__isnull=False)),
            models.CheckConstraint(name="survey_settled_is_closed", condition=Q(settled_at=None) | Q(state="closed")),
        )
        indexes = (models.Index(fields=("region", "closes_at"), name="survey_of_region"),)

    def __str__(self) -> str:
        return f"survey {self.pk}"

    @property
    def last_day(self) -> date:
        """On which it still takes answers."""
        return timezone.localdate(self.closes_at - timedelta(seconds=1))

    @property
    def is_for_invited(self) -> bool:
        """Of a group of few that says how it works: each answer is an invited one's, so that nobody can make up the others' and read the last."""
        return self.is_anonymous and bool(self.about_kind)

    @property
    def takes_answers(self) -> bool:
        return self.state == SurveyState.OPEN and self.closes_at > timezone.now()


class Invitation(models.Model):
    """Somebody is asked: one of the network's people, or somebody outside by name and address. Her link is made from `seed`; stored is its digest.

    Nothing here says whether she has answered (`Receipt` does, until the survey is settled).
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=LanguageCode, default=LanguageCode.FI)
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    is_resting = models.BooleanField(default=False, help_text="was asked something lately by somebody of the network, so is not asked now")
    readers = readers_field()

    class Meta:
        ordering = ("survey", "id")
        constraints = (
            models.CheckConstraint(name="invitation_somebody", condition=Q(person__isnull=False, email="") | Q(person=None)),
            models.UniqueConstraint(fields=("survey", "person"), condition=Q(person__isnull=False), name="invited_person_once"),
            models.UniqueConstraint(fields=("survey", "email"), condition=~Q(email=""), name="invited_address_once"),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def who(self) -> str:
        """Her name; fetch `person` with her."""
        return self.person.name if self.person is not None else self.name or self.email
