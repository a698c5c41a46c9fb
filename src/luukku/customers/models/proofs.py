"""That somebody reads the mail of an address: a code was sent there, and she wrote it."""

from django.db import models
from django.utils import timezone

from luukku.network.enums import LanguageCode


class AddressProof(models.Model):
    """One code asked for. The browser that asked holds the secret of `digest`; requests reach the table by windows alone."""

    digest = models.BinaryField(max_length=32, unique=True, help_text="of the secret in the browser's session")
    code = models.CharField(max_length=8, help_text="made by the database; only the house, which mails it, reads it")
    email = models.EmailField()
    email_key = models.CharField(max_length=254)
    language = models.CharField(max_length=2, choices=LanguageCode)
    asked_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    proven_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("asked_at",), name="proof_asked"),)

    def __str__(self) -> str:
        return f"proof {self.pk}"
