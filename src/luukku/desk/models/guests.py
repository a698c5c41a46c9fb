"""Whom a customer has let into one matter: a colleague of her firm, with a link of his own."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.desk.models.cases import Case


class CaseGuest(models.Model):
    """She agreed that he reads the matter as she does and writes in it, until she ends it. Only the link's digest is stored."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="guests")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    digest = models.BinaryField(max_length=32, unique=True)
    invited_at = models.DateTimeField(default=timezone.now, help_text="when she agreed; the link stands on it")
    consent_version = models.CharField(max_length=20, help_text="of the text that she agreed to")
    ended_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "email"), condition=Q(ended_at=None), name="one_link_of_a_guest"),)

    def __str__(self) -> str:
        return f"guest {self.pk}"
