"""Where a part of a matter lay before organisations merged or split: figures of that time stay with the desk that earned them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.desk.models.cases import Leg
from luukku.network.models import Desk


class LegStay(models.Model):
    """The part lay at the desk until then; it has lain elsewhere since. Only the house and the figures read it."""

    leg = models.ForeignKey(Leg, models.CASCADE, related_name="stays")
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+")
    since = models.DateTimeField(null=True, blank=True, help_text="None: from the beginning")
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("leg", "until")
        constraints = (models.CheckConstraint(name="leg_stay_in_order", condition=Q(since=None) | Q(until__gte=models.F("since"))),)

    def __str__(self) -> str:
        return f"{self.leg_id} at {self.desk_id}"
