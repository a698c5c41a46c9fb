"""A region's cooperation agreement and its parties; the network's own text from which one begins."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from luukku.agreements.enums import Chapter, CostSharing, Visibility
from luukku.core.translated import Translated
from luukku.core.walls import readers_field
from luukku.governance.models import Group
from luukku.network.enums import LanguageCode
from luukku.network.models import Organisation, Region


class TemplateSection(models.Model):
    """A section of the network's own text. What stands in double brackets is an open point, which each region fills. Open to all."""

    code = models.SlugField(max_length=40, unique=True)
    chapter = models.CharField(max_length=12, choices=Chapter)
    position = models.PositiveSmallIntegerField()
    title_fi = models.CharField(max_length=160)
    title_sv = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    title = Translated("title")
    guidance_fi = models.TextField(blank=True, help_text="what to think of when filling it")
    guidance_sv = models.TextField(blank=True)
    guidance_en = models.TextField(blank=True)
    guidance = Translated("guidance")
    body_fi = models.TextField()
    body_sv = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    body = Translated("body")

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, day: date) -> Self:
        """Signed by all, begun and not over on the day."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), signed_at__isnull=False, first_day__lte=day)


class Agreement(models.Model):
    """`last_day` None: until further notice. `signed_at`: when the last party signed the text itself."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="agreements")
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followers", help_text="the one that it renews")
    title = models.CharField(max_length=160)
    language = models.CharField(max_length=2, choices=LanguageCode, default=LanguageCode.FI)
    coordinating = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="the coordinating organisation")
    steering = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    chair_from_business = models.BooleanField(default=False)
    cost_sharing = models.CharField(max_length=12, choices=CostSharing, default=CostSharing.NONE, blank=True)
    one_voice = models.BooleanField(default=False, help_text="how the network communicates is decided")
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(default=6)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PARTIES)
    created_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when its parts were ended after the last day")
    given_up_at = models.DateTimeField(null=True, blank=True, help_text="a draft that came to nothing")
    readers = readers_field()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ("region", "-id")
        constraints = (
            models.CheckConstraint(name="agreement_in_order", condition=Q(last_day=None) | Q(first_day=None) | Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="agreement_signed_has_day", condition=Q(signed_at=None) | Q(first_day__isnull=False)),
            ExclusionConstraint(
                name="one_agreement_in_force",
                expressions=[
                    (F("region"), RangeOperators.EQUAL),
                    (Func("first_day", "last_day", Value("[]"), function="daterange", output_field=DateRangeField()), RangeOperators.OVERLAPS),
                ],
                condition=Q(signed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title


class OfAgreement(models.Model):
    """What hangs on an agreement. The database keeps the readers."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="%(class)ss")
    readers = readers_field()

    class Meta:
        abstract = True


class PartyQuerySet(models.QuerySet["Party"]):
    def on(self, day: date) -> Self:
        """Those whose part holds on the day."""
        return self.standing(day).filter(agreement__signed_at__isnull=False, first_day__lte=day)

    def standing(self, day: date) -> Self:
        """Those that have not left, nor has their agreement ended: their part holds, or is to begin."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), Q(agreement__last_day=None) | Q(agreement__last_day__gte=day))

    def over(self, day: date) -> Self:
        """Those that began once and whose part had ended before the day."""
        return self.filter(Q(last_day__lt=day) | Q(agreement__last_day__lt=day), first_day__isnull=False)


class Party(OfAgreement):
    """An organisation's part in an agreement. `first_day` None: drafted or waiting for its signatures."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreement_parts")
    acts_through = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="who signs and acts for it; None: it does itself"
    )
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True, help_text="when it was let in")
    left_at = models.DateTimeField(null=True, blank=True, help_text="when what it could do was ended")

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering = ("agreement", "id")
        constraints = (
            models.UniqueConstraint(fields=("agreement", "organisation"), condition=Q(last_day=None), name="party_once"),
            models.CheckConstraint(name="party_in_order", condition=Q(last_day=None) | Q(first_day=None) | Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="party_not_through_itself", condition=~Q(acts_through=F("organisation")) | Q(acts_through=None)),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.agreement_id}"

    @property
    def signer_id(self) -> int:
        """The organisation that signs for it."""
        return self.acts_through_id or self.organisation_id
