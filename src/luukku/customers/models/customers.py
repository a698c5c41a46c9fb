"""Customers: natural persons who ask, for themselves or for a company. All that tells who they are lies in Contact, behind the wall."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.core.finnish import FinnishKey, LastWordKey
from luukku.core.walls import PrincipalField, readers_field
from luukku.customers.enums import ContactWay
from luukku.network.enums import LanguageCode


class Customer(models.Model):
    principal = PrincipalField()
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="customer")
    language = models.CharField(max_length=2, choices=LanguageCode, default=LanguageCode.FI)
    created_at = models.DateTimeField(default=timezone.now)
    feedback_asked_at = models.DateTimeField(null=True, blank=True, help_text="when she was last asked how it went")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"customer {self.pk}"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(
        condition=pghistory.AnyChange("name", "role", "email", "phone", "way", "wish_language", "call_days", "call_from", "call_until")
    ),
    exclude=["name_key", "surname_key", "readers"],
)
class Contact(models.Model):
    """How to reach a customer. Readers: the customer, and whoever reads a case of hers (a trigger of the desk keeps it)."""

    customer = models.OneToOneField(Customer, models.CASCADE, related_name="contact")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=80, blank=True, db_default="", help_text="what she is in her company, e.g. managing director")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    name_key = models.GeneratedField(expression=FinnishKey("name"), output_field=models.TextField(), db_persist=True)
    surname_key = models.GeneratedField(expression=LastWordKey("name"), output_field=models.TextField(), db_persist=True)
    email_key = models.CharField(max_length=254, blank=True, editable=False)
    phone_key = models.CharField(max_length=20, blank=True, editable=False, help_text="digits with country code, e.g. 358405550142")
    way = models.CharField(max_length=5, choices=ContactWay, blank=True, help_text="how she wants to be reached; empty: she has not said")
    wish_language = models.CharField(max_length=2, choices=LanguageCode, blank=True, help_text="of mails and calls; empty: that of each case")
    call_days = ArrayField(models.PositiveSmallIntegerField(), default=list, db_default=[], blank=True, help_text="0 = Monday; empty: any")
    call_from = models.TimeField(null=True, blank=True)
    call_until = models.TimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("name_key", "id")
        indexes = (
            models.Index(fields=("name_key", "id"), name="contact_name_key"),
            models.Index(fields=("surname_key", "id"), name="contact_surname_key"),
            models.Index(fields=("phone_key",), name="contact_phone_key"),
            models.Index(fields=("email_key",), name="contact_email_key"),
        )
        constraints = (
            models.CheckConstraint(
                name="contact_call_hours", condition=Q(call_from=None, call_until=None) | Q(call_from__lt=F("call_until"), call_until__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"contact of customer {self.customer_id}"
