"""A partner organisation's system sends contacts by itself: the keys it shows, and what it has sent."""

from django.db import models
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.desk.models.cases import Case
from luukku.network.models import Organisation, Person


class PartnerKey(models.Model):
    """One system's secret. Only its digest is stored; seen by those who keep the organisation's data."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partner_keys")
    name = models.CharField(max_length=80, help_text="which system uses it: Customer register")
    digest = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, help_text="when the present secret was made")
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="to the minute")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("organisation",), name="partnerkey_organisation"),)

    def __str__(self) -> str:
        return f"key {self.pk}"


class SentContact(models.Model):
    """A contact that a partner's system sent, by the key that the system gave to it: the same sent again gets the same answer."""

    key = models.ForeignKey(PartnerKey, models.PROTECT, related_name="sent")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.CASCADE, related_name="sent_contact")
    idempotency_digest = models.BinaryField(max_length=32)
    body_digest = models.BinaryField(max_length=32)
    promised_at = models.DateTimeField(null=True, help_text="as it was answered")
    gave_link = models.BooleanField(help_text="the customer had no e-mail address, so the answer held her status link")
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("organisation", "idempotency_digest"), name="contact_sent_once"),)

    def __str__(self) -> str:
        return f"sent contact {self.pk}"
