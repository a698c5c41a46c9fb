"""When a region's door or one desk serves, which is the working time that promises are counted in; and when premises are open."""

import pghistory
from django.db import models
from django.db.models import F, Q

from luukku.network.models.organisations import Desk, Premises
from luukku.network.models.places import Region

_ONE_OWNER = Q(region__isnull=False, desk=None) | Q(region=None, desk__isnull=False)
_ONE_OF_THREE = (
    Q(region__isnull=False, desk=None, premises=None)
    | Q(region=None, desk__isnull=False, premises=None)
    | Q(region=None, desk=None, premises__isnull=False)
)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OpeningHours(models.Model):
    """One opening on one weekday (0 = Monday). Several a day are allowed. A desk without any keeps its region's hours."""

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="opening_hours")
    desk = models.ForeignKey(Desk, models.CASCADE, null=True, blank=True, related_name="opening_hours")
    premises = models.ForeignKey(Premises, models.CASCADE, null=True, blank=True, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ("weekday", "opens")
        constraints = (
            models.CheckConstraint(name="hours_one_owner", condition=_ONE_OF_THREE),
            models.CheckConstraint(name="hours_in_order", condition=Q(closes__gt=F("opens"))),
            models.CheckConstraint(name="hours_weekday", condition=Q(weekday__lte=6)),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ClosingDay(models.Model):
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="closing_days")
    desk = models.ForeignKey(Desk, models.CASCADE, null=True, blank=True, related_name="closing_days")
    premises = models.ForeignKey(Premises, models.CASCADE, null=True, blank=True, related_name="closing_days")
    day = models.DateField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("day",)
        constraints = (
            models.CheckConstraint(name="closing_one_owner", condition=_ONE_OF_THREE),
            models.UniqueConstraint(fields=("region", "desk", "premises", "day"), name="closing_day_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return str(self.day)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OpeningDay(models.Model):
    """One opening on one date that has hours of its own, whatever its weekday and holiday. Several a day are allowed.

    A region's holds for its desks that keep its hours; a desk with hours of its own has its own days.
    """

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="opening_days")
    desk = models.ForeignKey(Desk, models.CASCADE, null=True, blank=True, related_name="opening_days")
    premises = models.ForeignKey(Premises, models.CASCADE, null=True, blank=True, related_name="opening_days")
    day = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("day", "opens")
        constraints = (
            models.CheckConstraint(name="opening_day_one_owner", condition=_ONE_OF_THREE),
            models.CheckConstraint(name="opening_day_in_order", condition=Q(closes__gt=F("opens"))),
            models.UniqueConstraint(fields=("region", "desk", "premises", "day", "opens"), name="opening_day_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.opens}–{self.closes}"


class PastHours(models.Model):
    """Hours of a weekday that held until a day, when others came: what was promised then is counted in them.

    A week without any has one row of weekday 7: the desk kept its region's hours until then, the region the usual office hours.
    """

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="past_hours")
    desk = models.ForeignKey(Desk, models.CASCADE, null=True, blank=True, related_name="past_hours")
    until = models.DateField(help_text="the first day on which they held no more")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)

    class Meta:
        ordering = ("until", "weekday", "opens")
        constraints = (
            models.CheckConstraint(name="past_hours_one_owner", condition=_ONE_OWNER),
            models.CheckConstraint(
                name="past_hours_in_order", condition=Q(weekday=7, opens=None, closes=None) | Q(weekday__lte=6, closes__gt=F("opens"))
            ),
        )

    def __str__(self) -> str:
        return f"until {self.until}: {self.weekday} {self.opens}–{self.closes}"
