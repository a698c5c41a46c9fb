"""The demo's own: mails, shown on its outbox page instead of being sent, and whether the sample network stands whole."""

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


class Building(models.Model):
    """One building of the sample network in this database. Without `finished_at` it goes on, or was cut short."""

    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"begun {self.begun_at}"
