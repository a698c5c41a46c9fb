"""Whether others of the network know a customer: what was asked, and what those who know her answered.

Whoever asks never sees of whom she asked, nor a no: an organisation that says nothing and one that does not know her look the same.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.enums import ConsentWay, InquiryAnswer, Known
from luukku.customers.models.customers import Customer
from luukku.network.models import Organisation, Person, Region


class KnownCheck(models.Model):
    """That somebody asked whether others know a customer. The window writes it; no request reads or writes it. It names no customer."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=6, choices=Known)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("person", "at"), name="knowncheck_of_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"


class Inquiry(models.Model):
    """A question to all of a region who know a customer of ours, asked with her word. Readers: the organisation that asks."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", help_text="as the asker knows her")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=ConsentWay, help_text="how she agreed to the asking")
    asked_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, editable=False)
    readers = readers_field()

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "inquiries"

    def __str__(self) -> str:
        return f"inquiry {self.pk}"


class InquiryTurn(models.Model):
    """The question to one organisation that knows her. Readers: that organisation, and the asker's from the moment of a yes."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="turns")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", help_text="as the asked organisation knows her")
    asker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asker_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=3, choices=InquiryAnswer, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("inquiry", "organisation", "customer"), name="inquiry_turn_once"),
            models.CheckConstraint(
                name="inquiry_answer_has_moment", condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False))
            ),
        )

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.organisation_id}"
