"""Service cards: what customers can get, from whom, and in which words they ask for it."""

from collections.abc import Sequence
from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from luukku.catalogue.enums import Price, Validity, WordKind
from luukku.catalogue.models.places import Place, holding_in
from luukku.core.translated import Translated
from luukku.network.enums import LanguageCode
from luukku.network.models import Organisation, Participation, Person, Region, Seat


class ServiceGroupQuerySet(models.QuerySet["ServiceGroup"]):
    def active(self) -> Self:
        return self.filter(deactivated_at=None)


@pghistory.track()
class ServiceGroup(models.Model):
    """A shelf of the catalogue. A group may stand under another one, which then stands under none itself."""

    code = models.SlugField(max_length=40, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveSmallIntegerField(default=0)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    name = Translated("name")
    deactivated_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceGroupQuerySet.as_manager()

    class Meta:
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


def unseen(day: date) -> Q:
    """For cards: those last looked over (or, if never, published) on the day or earlier."""
    return Q(reviewed_at__lte=day) | Q(reviewed_at=None, published_at__date__lte=day)


class ServiceQuerySet(models.QuerySet["Service"]):
    def active(self) -> Self:
        """What customers see: published, not taken out of use, and within its days. The day is the database's, so that it never grows old."""
        today = TruncDate(Now())
        begun = Q(valid_from=None) | Q(valid_from__lte=today)
        return self.filter(begun, Q(valid_until=None) | Q(valid_until__gte=today), deactivated_at=None, published_at__isnull=False)

    def holding_in(self, place: Place) -> Self:
        return self.filter(holding_in(place))

    def for_reading(self) -> Self:
        return self.active().select_related("group")


@pghistory.track()
class Service(models.Model):
    """A service card of the network's catalogue. `code` never changes: matching, cases and figures name it."""

    code = models.SlugField(max_length=60, unique=True)
    group = models.ForeignKey(ServiceGroup, models.PROTECT, related_name="services")
    name_fi = models.CharField(max_length=160)
    name_sv = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    name = Translated("name")
    summary_fi = models.TextField(blank=True)
    summary_sv = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    summary = Translated("summary")
    description_fi = models.TextField(blank=True)
    description_sv = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    description = Translated("description")
    conditions_fi = models.TextField(blank=True)
    conditions_sv = models.TextField(blank=True)
    conditions_en = models.TextField(blank=True)
    conditions = Translated("conditions")
    prepare_fi = models.TextField(blank=True)
    prepare_sv = models.TextField(blank=True)
    prepare_en = models.TextField(blank=True)
    prepare = Translated("prepare")
    documents_fi = models.TextField(blank=True)
    documents_sv = models.TextField(blank=True)
    documents_en = models.TextField(blank=True)
    documents = Translated("documents")
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True, help_text="ISO 639 codes of those in which it is given")
    industries = ArrayField(models.CharField(max_length=10), default=list, blank=True, help_text="none: all")
    handling_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="calendar days it typically takes")
    channel_links = models.JSONField(default=dict, blank=True, help_text="by channel: address on the net, number, e-mail or place")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True, help_text="the last day")
    segments = ArrayField(models.CharField(max_length=30), default=list)
    stages = ArrayField(models.CharField(max_length=30), default=list)
    provider_types = ArrayField(models.CharField(max_length=40), default=list, help_text="codes of organisation types")
    channels = ArrayField(models.CharField(max_length=20), default=list)
    price = models.CharField(max_length=10, choices=Price, default=Price.FREE)
    validity = models.CharField(max_length=15, choices=Validity, default=Validity.NATIONAL)
    places = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="keys of the areas, regions or municipalities where it holds")
    link = models.URLField(blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="owned_services")
    reviewed_at = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="reviewed_services")
    related = models.ManyToManyField("self", blank=True)
    published_at = models.DateTimeField(null=True, blank=True, default=timezone.now, help_text="empty while it is a draft")
    deactivated_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceQuerySet.as_manager()
    held_in: Sequence[str] = ()  # names of its places, from the list that shows it

    class Meta:
        ordering = ("group__order", "name_fi")
        constraints = (
            models.CheckConstraint(
                name="service_days_in_order",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                violation_error_message="the last day comes before the first",
            ),
            models.CheckConstraint(
                name="service_holds_somewhere",
                condition=Q(validity=Validity.NATIONAL, places__len=0) | (~Q(validity=Validity.NATIONAL) & Q(places__len__gt=0)),
                violation_error_message="a card of a part of the country says of which part",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def seen_on(self) -> date | None:
        """When it was last looked over, else published; None for a draft."""
        return self.reviewed_at or (timezone.localdate(self.published_at) if self.published_at else None)

    @property
    def is_in_its_days(self) -> bool:
        """Whether today is within the days for which it holds."""
        today = timezone.localdate()
        return (self.valid_from is None or self.valid_from <= today) and (self.valid_until is None or self.valid_until >= today)

    @property
    def is_draft(self) -> bool:
        """Seen by its editors only."""
        return self.published_at is None


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class ServiceWord(models.Model):
    """A keyword or everyday phrase: what people write when they need the service."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="words")
    kind = models.CharField(max_length=10, choices=WordKind)
    language = models.CharField(max_length=2, choices=LanguageCode)
    text = models.CharField(max_length=600)

    class Meta:
        ordering = ("service", "language", "kind", "id")
        constraints = (models.UniqueConstraint(fields=("service", "language", "text"), name="word_once_per_service"),)

    def __str__(self) -> str:
        return self.text


class ServiceProviderQuerySet(models.QuerySet["ServiceProvider"]):
    def as_of(self, day: date) -> Self:
        """With two marks of the day: whether the organisation takes part in the region, and whether its named person works there."""
        parts = Participation.objects.filter(organisation=OuterRef("organisation"), region=OuterRef("region"), valid_until=None)
        seats = Seat.objects.on(day).filter(organisation=OuterRef("organisation"), person=OuterRef("person"))
        active = Q(organisation__deactivated_at=None)
        return self.annotate(takes_part=Exists(parts) & active, person_works_here=Exists(seats.filter(person__deactivated_at=None)))

    def as_of_today(self) -> Self:
        return self.as_of(timezone.localdate())

    def giving(self, day: date | None = None) -> Self:
        """Those whose organisation takes part in the region today (or on the day), or serves it from elsewhere."""
        return self.as_of(day or timezone.localdate()).filter(Q(takes_part=True) | Q(from_elsewhere=True, organisation__deactivated_at=None))

    def with_contact(self) -> Self:
        """Of those that give it today, the ones with a person whom customers may turn to."""
        return self.giving().filter(person_works_here=True, person__is_published=True)


@pghistory.track()
class ServiceProvider(models.Model):
    """An organisation gives a service in a region, with the person to contact. Without rows, fitting types of the region's parties give it.

    An organisation may serve a region without being a party of it (`from_elsewhere`). The database refuses any other that takes no part in the
    region, and a person who has no seat in the organisation.
    """

    service = models.ForeignKey(Service, models.CASCADE, related_name="providers")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="provided_services")
    region = models.ForeignKey(Region, models.CASCADE, related_name="service_providers")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="services")
    is_primary = models.BooleanField(default=False)
    from_elsewhere = models.BooleanField(default=False, db_default=False, help_text="by the organisation's own word, without being a party")

    objects = ServiceProviderQuerySet.as_manager()
    takes_part: bool  # these two come from `as_of`
    person_works_here: bool

    class Meta:
        ordering = ("service", "-is_primary", "id")
        constraints = (
            models.UniqueConstraint(fields=("service", "organisation", "region"), name="provider_once"),
            models.UniqueConstraint(fields=("service", "region"), condition=Q(is_primary=True), name="one_primary_provider"),
        )

    def __str__(self) -> str:
        return f"{self.service_id} by {self.organisation_id} in {self.region_id}"

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether it serves here today without being a party. Needs `as_of`."""
        return self.from_elsewhere and not self.takes_part

    @property
    def contact(self) -> Person | None:
        """Whom customers may turn to: the named person, if she works there today and is shown to the public. Needs `as_of`."""
        return self.person if self.person is not None and self.person.is_published and self.person_works_here else None
