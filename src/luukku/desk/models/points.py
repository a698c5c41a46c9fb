"""Places near customers where advisers serve: visiting desks, and remote points with a screen. Taken out of use, never deleted."""

import pghistory
from django.db import models
from django.db.models import Q

from luukku.core.translated import Translated
from luukku.desk.enums import MeetingPlace
from luukku.desk.models.times import Room
from luukku.network.models import Municipality, Organisation, Region

KINDS = (MeetingPlace.VISITING, MeetingPlace.REMOTE_POINT)


@pghistory.track()
class ServicePoint(models.Model):
    """A visiting desk or a remote point of a region. A remote point's screen is a room: it is in one use at a time, whoever serves by it."""

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in KINDS])
    region = models.ForeignKey(Region, models.PROTECT, related_name="service_points")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="service_points")
    keeper = models.ForeignKey(Organisation, models.PROTECT, related_name="service_points", help_text="who keeps it and says where it is")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=160, blank=True)
    directions_fi = models.CharField(max_length=200, blank=True)
    directions_sv = models.CharField(max_length=200, blank=True)
    directions_en = models.CharField(max_length=200, blank=True)
    directions = Translated("directions")
    room = models.OneToOneField(Room, models.PROTECT, null=True, blank=True, related_name="point")
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("region", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=("region", "municipality", "name"), condition=Q(deactivated_at=None), name="point_name_once"),
            models.CheckConstraint(name="point_screen_is_a_room", condition=Q(kind="remote-point") ^ Q(room=None)),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """Name and address in a line."""
        return f"{self.name}, {self.address}" if self.address else self.name
