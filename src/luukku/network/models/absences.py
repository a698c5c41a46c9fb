"""When a person of the network is away, and who stands in for her. Why she is away is nobody's business and is not asked."""

from datetime import date, datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from luukku.core.moments import midnight_after, moment_at
from luukku.network.models.people import Person


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def from_day(self, day: date) -> Self:
        """Those that hold on the day or later, the nearest first."""
        return self.filter(last_day__gte=day).order_by("first_day", "pk")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Absence(models.Model):
    """Both days count. Two absences of one person never overlap (kept by `actions.absences`, which locks her)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="days_away")
    first_day = models.DateField()
    last_day = models.DateField()
    deputy = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="stand_ins")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ("first_day", "id")
        constraints = (
            models.CheckConstraint(name="days_away_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="absence_not_own_deputy", condition=~Q(deputy=F("person")) | Q(deputy=None)),
        )
        indexes = (models.Index(fields=("last_day", "first_day"), name="absence_days"),)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day, by the Finnish clock."""
        return moment_at(self.first_day), midnight_after(self.last_day)

    def __str__(self) -> str:
        return f"{self.person_id} {self.first_day}–{self.last_day}"
