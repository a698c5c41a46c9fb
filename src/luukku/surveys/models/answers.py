"""Answers. Those without a name wait sealed in a box and are taken out all at once, shuffled: docs/adr/0014-anonymous-answers.md."""

import uuid

from django.db import models
from django.db.models import Q

from luukku.core.walls import readers_field
from luukku.network.models import Organisation, Person
from luukku.surveys.enums import ResponseState, Way
from luukku.surveys.models.surveys import Invitation, Survey


class Receipt(models.Model):
    """That somebody has answered an anonymous survey: no time, no answer; gone when the survey is settled. Kept by the house alone."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return f"receipt {self.invitation_id}"


class Box(models.Model):
    """Anonymous answers of an open survey, many in one sealed text, shuffled anew each time that one comes. Kept by the house alone."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    entries = models.PositiveIntegerField(default=0, help_text="how many are in it")
    sealed = models.TextField()

    class Meta:
        ordering = ("survey", "number")
        constraints = (models.UniqueConstraint(fields=("survey", "number"), name="box_once"),)

    def __str__(self) -> str:
        return f"box {self.survey_id}/{self.number}"


class Response(models.Model):
    """One filled questionnaire. An anonymous one carries its answers and nothing else; its key is drawn by lot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    is_anonymous = models.BooleanField(default=True, editable=False)
    content = models.JSONField(default=dict, help_text="answers by variable: see `models.questions`")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+", help_text="which she says she is from")
    invitation = models.OneToOneField(Invitation, models.SET_NULL, null=True, blank=True, related_name="response")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=ResponseState, default=ResponseState.SENT)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    typed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("survey", "id")
        constraints = (
            models.CheckConstraint(
                name="anonymous_says_nothing_else",
                condition=Q(is_anonymous=False)
                | Q(invitation=None, name="", email="", state=ResponseState.SENT, way="", typed_by=None, sent_at=None),
            ),
            models.UniqueConstraint(fields=("survey", "email"), condition=~Q(email=""), name="response_of_address_once"),
        )

    def __str__(self) -> str:
        return f"response to {self.survey_id}"
