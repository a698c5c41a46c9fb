"""Four faces on a tablet at a service point. An answer tells nothing of who gave it: a face, and the hour."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import PrincipalField, readers_field
from luukku.desk.enums import Face
from luukku.network.models import Desk


class Kiosk(models.Model):
    """A tablet's page. Its address is made from the secret key and `renewed_at`; only the digest is stored."""

    principal = PrincipalField(help_text="what the tablet's address lets write by")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="kiosks")
    place = models.CharField(max_length=80, help_text="where it stands: Main hall")
    digest = models.BinaryField(max_length=32, unique=True)
    renewed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.place


class KioskAnswer(models.Model):
    kiosk = models.ForeignKey(Kiosk, models.PROTECT, related_name="answers")
    key = models.UUIDField(unique=True, help_text="given by the tablet: an answer sent twice counts once")
    face = models.PositiveSmallIntegerField(choices=Face)
    given_at = models.DateTimeField(help_text="the hour; nearer would tell who stood there")
    readers = readers_field()

    class Meta:
        ordering = ("given_at", "id")
        indexes = (models.Index(fields=("kiosk", "given_at"), name="kioskanswer_time"),)
        constraints = (models.CheckConstraint(name="kiosk_face_one_to_four", condition=Q(face__gte=1, face__lte=4)),)

    def __str__(self) -> str:
        return f"{self.kiosk_id} {self.face}"
