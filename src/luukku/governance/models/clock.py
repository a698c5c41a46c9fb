"""The year of a network besides its groups' meetings, and the address from which somebody's own calendar fetches it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.governance.enums import EntryKind
from luukku.governance.models.whose import Whose
from luukku.network.models import Area, Person, Region


class EntryQuerySet(models.QuerySet["ClockEntry"]):
    def standing(self) -> Self:
        return self.filter(cancelled_at=None)


class ClockEntry(models.Model):
    """A day or some days of the year of a region, of an area or, with neither, of the nation: a theme day, an event, a campaign, something
    due. Open: the whole network plans by it."""

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="clock_entries")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="clock_entries")
    kind = models.CharField(max_length=10, choices=EntryKind)
    title = models.CharField(max_length=160)
    first_day = models.DateField()
    last_day = models.DateField()
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who sees to it")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    progress = models.TextField(blank=True, help_text="how it goes, as it was last said")
    progress_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("first_day", "id")
        constraints = (
            models.CheckConstraint(name="clock_entry_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="clock_entry_of_one", condition=Q(region=None) | Q(area=None)),
        )
        indexes = (models.Index(fields=("region", "first_day"), name="clock_of_region"),)

    def __str__(self) -> str:
        return f"entry {self.pk}"

    @property
    def whose(self) -> Whose:
        """Fetch the region and the area with it."""
        return Whose(self.region, self.area)

    @property
    def is_late(self) -> bool:
        """Whether something due has its last day behind it and nobody has said that it is done."""
        return self.kind == "due" and self.done_at is None and self.cancelled_at is None and self.last_day < timezone.localdate()


class ClockFeed(models.Model):
    """Somebody's secret address of her year. Only its digest is stored."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="clock_feeds")
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("person",), condition=Q(revoked_at=None), name="one_clock_feed_of_a_person"),)

    def __str__(self) -> str:
        return f"clock of {self.person_id}"
