"""Mails of the demo: shown on its outbox page instead of being sent."""

from django.db import models
from django.utils import timezone


class OutboxMail(models.Model):
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=200)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.subject
