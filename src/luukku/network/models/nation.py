"""What the nation has decided for every region that has not decided otherwise."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

PROMISE = ("taken_up_days", "informed_days", "guided_days", "feedback_gap_days")  # what a new region begins with
HOURS = ("hours", "saturday_hours", "sunday_hours")  # of the nation's own door
DECIDED = ("review_months", "status_link_days", "outside_link_days")  # what holds where a region has decided nothing


@pghistory.track()
class NationRules(models.Model):
    """The one row of them."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    phone = models.CharField(max_length=40, blank=True, help_text="advice of the whole country, shown where no region serves a municipality")
    hours = models.CharField(max_length=60, default="8–16", help_text="when the nation's door is open, Monday to Friday; so the next two")
    saturday_hours = models.CharField(max_length=60, blank=True)
    sunday_hours = models.CharField(max_length=60, blank=True)
    closing_days = ArrayField(models.DateField(), default=list, blank=True, help_text="when the nation's door is closed, besides public holidays")
    review_months = models.PositiveSmallIntegerField(default=6, help_text="after so many months a service card is to be looked over")
    status_link_days = models.PositiveSmallIntegerField(default=90, help_text="how long the customer's link lives after the matter has ended")
    outside_link_days = models.PositiveSmallIntegerField(default=30, help_text="how long an organisation outside can open what was sent to it")
    taken_up_days = models.PositiveSmallIntegerField(default=2)
    informed_days = models.PositiveSmallIntegerField(default=10)
    guided_days = models.PositiveSmallIntegerField(default=2)
    feedback_gap_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints = (models.CheckConstraint(name="nation_has_one_row", condition=Q(id=1)),)

    def __str__(self) -> str:
        return "rules of the nation"
