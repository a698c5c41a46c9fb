"""Core's tables: the trail, outgoing mail, stored files, submissions, rate limits. They know other modules' things by id only."""

import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from luukku.core.walls import readers_field


class Event(models.Model):
    """One action, for ever. The database refuses to change or delete it (trigger in the first migration)."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=10)
    person_id = models.BigIntegerField(null=True)
    seat_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    region_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("subject_kind", "subject_id", "id"), name="event_subject"),
            BrinIndex(fields=("at",), name="event_at"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject_id}"


class MailState(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"  # the server took it, and its receiver's sent it back
    GONE = "gone"  # the receiver's address has been erased, or the kind decided that nobody needs it any more


class OutgoingMail(models.Model):
    """A mail to be sent. Ids only: receiver, words and links are made when it is sent, so the queue holds nothing personal."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)  # a class name or SMTP code, never the server's text
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())
    due_at = models.DateTimeField(default=timezone.now, db_default=Now())
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("due_at",), name="mail_due", condition=models.Q(state="queued")),
            models.Index(fields=("subject_kind", "subject_id"), name="mail_subject"),
            models.Index(
                fields=("id",), name="mail_unsent", condition=models.Q(state__in=("failed", "bounced")) | models.Q(state="queued", attempts__gt=0)
            ),
        )
        constraints = (
            models.CheckConstraint(name="mail_sent_has_time", condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind} {self.subject_id}"


class StoredFile(models.Model):
    """A file somebody attached. Its bytes lie in the file store under `sha256`; `readers` are copied from what it is attached to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return str(self.id)


class Submission(models.Model):
    """A form that has been sent: the second sending of the same key gets the first one's result."""

    key = models.UUIDField(primary_key=True)
    result_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.key)


class RateCount(models.Model):
    """How often one caller used one public form in one window of time. The caller is a keyed digest, not an address."""

    caller = models.CharField(max_length=80)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("caller", "window"), name="rate_caller_window"),)

    def __str__(self) -> str:
        return f"{self.window}: {self.count}"
