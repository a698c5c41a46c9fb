"""What a customer agrees to: two switches, each with the words she read, when, how and by whom it was written down, and when it ended.

A consent is never changed: other terms are another consent, and the former one ends. Whom it opens her data to is computed by the
triggers of migration 0015 through circles (models.grounds).
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.core.translated import Translated
from luukku.core.walls import readers_field
from luukku.customers.enums import ConsentKind, ConsentScope, GivenBy
from luukku.customers.models.customers import Customer
from luukku.network.enums import LanguageCode
from luukku.network.models import Person, Region


class ConsentText(models.Model):
    """The words that are agreed to. Changed words are a new version; a version stands for ever."""

    kind = models.CharField(max_length=10, choices=ConsentKind)
    version = models.PositiveSmallIntegerField()
    text_fi = models.TextField()
    text_sv = models.TextField()
    text_en = models.TextField()
    text = Translated("text")
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: came with the product")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("kind", "-version")
        constraints = (models.UniqueConstraint(fields=("kind", "version"), name="consent_text_version"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """One yes of a customer. Readers: she, and those who handle a matter of hers; nobody who reads her data by the consent itself."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=10, choices=ConsentKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="whose network it is about")
    scope = models.CharField(max_length=10, choices=ConsentScope, blank=True, help_text="of passing on")
    organisations = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="keys of those that she names")
    matter = models.BigIntegerField(null=True, blank=True, help_text="key of the desk's case, for this matter only")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    language = models.CharField(max_length=2, choices=LanguageCode, help_text="in which she read or heard it")
    given_at = models.DateTimeField(default=timezone.now)
    way = models.CharField(max_length=10, choices=GivenBy)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: she herself")
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_way = models.CharField(max_length=10, choices=GivenBy, blank=True)
    withdrawal_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: she herself")
    readers = readers_field()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("customer", "kind", "region", "matter"), condition=Q(withdrawn_at=None), name="consent_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="consent_says_how_far",
                condition=Q(kind="statistics", scope="", matter=None, organisations=[])
                | Q(kind="passing", scope="network", matter=None, organisations=[])
                | (Q(kind="passing", scope="named", matter=None) & ~Q(organisations=[]))
                | Q(kind="passing", scope="matter", matter__isnull=False, organisations=[]),
            ),
            models.CheckConstraint(
                name="consent_end_has_way",
                condition=Q(withdrawn_at=None, withdrawal_way="") | (Q(withdrawn_at__gte=F("given_at")) & ~Q(withdrawal_way="")),
            ),
        )

    def __str__(self) -> str:
        return f"consent {self.pk}"
