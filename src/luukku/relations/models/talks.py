"""Needs mapped in a contact: while somebody is on the phone, or stands at the desk. Read by the organisation whose person asked, like its own notes.

Kept so by triggers and policies (migration 0011).
"""

from django.db import models
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.desk.models import Case
from luukku.network.models import Organisation, Person
from luukku.relations.models.leads import Lead
from luukku.relations.models.mapping import NeedMap, NeedQuestion


class NeedTalk(models.Model):
    """By one person, on one matter, by one map."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="need_talks")
    need_map = models.ForeignKey(NeedMap, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    may_pass = models.BooleanField(default=False, help_text="she agreed that her name and contact data are passed on with a need")
    version = models.PositiveIntegerField(help_text="of the map")
    written_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("written_at", "id")
        constraints = (models.UniqueConstraint(fields=("case", "need_map", "person"), name="need_talk_once"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.need_map_id}"


class TalkAnswer(models.Model):
    """An answer, or what came up beside the map; one that is a need becomes a lead or a matter, once."""

    talk = models.ForeignKey(NeedTalk, models.CASCADE, related_name="answers")
    slot = models.CharField(max_length=12, help_text="its place on the form: written again, it is the same answer")
    question = models.ForeignKey(NeedQuestion, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    is_need = models.BooleanField(default=False)
    lead = models.ForeignKey(Lead, models.SET_NULL, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+", help_text="which it became")
    given_at = models.DateTimeField(null=True, blank=True, help_text="became a lead or a matter")
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("talk", "slot"), name="talk_answer_slot_once"),)

    def __str__(self) -> str:
        return f"{self.talk_id} {self.slot}"
