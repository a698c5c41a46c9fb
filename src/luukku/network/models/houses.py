"""A house: premises that several organisations share. Who sits there, who meets those who walk in, and who is in now."""

import pghistory
from django.db import models
from django.db.models import Q

from luukku.core.walls import readers_field
from luukku.network.enums import PresenceState
from luukku.network.models.organisations import Organisation, Premises
from luukku.network.models.people import Person
from luukku.network.models.places import Dated, DatedQuerySet


@pghistory.track()
class HouseMember(Dated):
    """An organisation serves in another one's premises. The one that keeps them is a member without a row."""

    premises = models.ForeignKey(Premises, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="houses")

    objects = DatedQuerySet["HouseMember"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("premises", "id")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("premises", "organisation"), condition=Q(valid_until=None), name="house_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.premises_id}"


@pghistory.track()
class HousePlace(Dated):
    """Somebody sits in a house: in which room, and whether she is a host, who meets those who walk in."""

    premises = models.ForeignKey(Premises, models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, models.CASCADE, related_name="house_places")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="house_places", help_text="for which of the house's she sits there")
    room = models.CharField(max_length=60, blank=True, help_text="as one says it: room 2, ground floor")
    is_host = models.BooleanField(default=False)

    objects = DatedQuerySet["HousePlace"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("premises", "person")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=("premises", "person"), condition=Q(valid_until=None), name="house_place_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.premises_id}"


class Presence(models.Model):
    """What somebody has said of today: one row a person, written over, gone after midnight. Nothing remembers an earlier one.

    `readers` are kept by a trigger: she herself and the organisations of the houses in which she sits.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="presence")
    state = models.CharField(max_length=5, choices=PresenceState)
    back_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(help_text="the midnight after which it says nothing")
    readers = readers_field()

    class Meta:
        constraints = (models.CheckConstraint(name="presence_back_has_hour", condition=Q(state="back", back_at__isnull=False) | ~Q(state="back")),)

    def __str__(self) -> str:
        return f"presence of {self.person_id}"
