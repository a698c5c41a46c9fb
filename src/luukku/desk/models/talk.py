"""What is said on a case: messages both ways, internal notes, attachments, and the matcher's proposals."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.models import OutgoingMail, StoredFile
from luukku.core.walls import readers_field, withheld_field
from luukku.desk.enums import Channel, Direction
from luukku.desk.models.cases import Case, Leg
from luukku.desk.models.guests import CaseGuest
from luukku.network.models import Person


class Message(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    leg = models.ForeignKey(Leg, models.SET_NULL, null=True, blank=True, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.CharField(max_length=15, choices=Channel, default=Channel.WEB)
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="messages")
    guest = models.ForeignKey(CaseGuest, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who wrote it for the customer")
    body = models.TextField()
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    withheld = withheld_field()
    readers = readers_field()

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("case", "created_at"), name="message_case"),)
        constraints = (models.CheckConstraint(name="message_out_has_author", condition=Q(direction="in") | Q(author__isnull=False)),)

    def __str__(self) -> str:
        return f"message {self.pk}"


class Note(models.Model):
    """Internal: its readers never hold the customer or her link."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    leg = models.ForeignKey(Leg, models.SET_NULL, null=True, blank=True, related_name="notes")
    author = models.ForeignKey(Person, models.PROTECT, related_name="notes")
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    withheld = withheld_field()
    readers = readers_field()

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("case", "created_at"), name="note_case"),)

    def __str__(self) -> str:
        return f"note {self.pk}"


class Attachment(models.Model):
    """A file on a case: with a message (both sides see it), with a note (inside only), or with the need itself."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="attachments")
    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="attachments")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    withheld = withheld_field()
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="attachment_one_place", condition=Q(message=None) | Q(note=None)),)

    def __str__(self) -> str:
        return f"attachment {self.pk}"


class Proposal(models.Model):
    """A service the matcher proposed for a leg, with its reason, and what the adviser made of it. Inside only."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals")
    leg = models.ForeignKey(Leg, models.CASCADE, related_name="proposals")
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    why_kind = models.CharField(max_length=10, blank=True, help_text="why it was proposed: a code, said in the reader's language when shown")
    why_words = ArrayField(models.CharField(max_length=300), default=list, blank=True, help_text="the words that the reason rests on")
    accepted = models.BooleanField(null=True)
    readers = readers_field()

    class Meta:
        ordering = ("leg", "rank")
        constraints = (models.UniqueConstraint(fields=("leg", "service"), name="proposal_once"),)

    def __str__(self) -> str:
        return f"proposal {self.pk}"
