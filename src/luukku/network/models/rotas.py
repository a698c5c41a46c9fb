"""Seats of a region that go round: whose turn it is, and whose it will be."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from luukku.network.enums import Role
from luukku.network.models.organisations import Organisation
from luukku.network.models.people import Person, Seat
from luukku.network.models.places import DatedQuerySet, Region


@pghistory.track()
class SeatRota(models.Model):
    """A seat of a region that its organisations or people hold by turns."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="seat_rotas")
    role = models.CharField(max_length=20, choices=Role)
    note = models.CharField(max_length=120, blank=True, help_text="which of several seats of the role, such as the group's name")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("region", "role", "id")
        constraints = (models.UniqueConstraint(fields=("region", "role", "note"), condition=Q(ended_at=None), name="seat_rota_once"),)

    def __str__(self) -> str:
        return f"{self.role} of {self.region_id}"


@pghistory.track()
class SeatTurn(models.Model):
    """From a day to a day the seat is an organisation's or a person's. `seat` is the one she holds by it; both days are the turn's own.

    The seat itself goes on until the next holder who is named begins, so that it is never empty because somebody forgot to name.
    """

    rota = models.ForeignKey(SeatRota, models.CASCADE, related_name="turns")
    valid_from = models.DateField()
    valid_until = models.DateField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="seat_turns")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="seat_turns")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="turns")

    objects = DatedQuerySet["SeatTurn"].as_manager()

    class Meta:
        ordering = ("rota", "valid_from")
        constraints = (
            models.CheckConstraint(name="seat_turn_period", condition=Q(valid_until__gte=F("valid_from"))),
            models.UniqueConstraint(fields=("rota", "valid_from"), name="seat_turn_begins_once"),
            ExclusionConstraint(
                name="seat_turn_alone",
                expressions=[
                    (F("rota"), RangeOperators.EQUAL),
                    (Func("valid_from", "valid_until", Value("[]"), function="daterange", output_field=DateRangeField()), RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.rota_id} {self.valid_from}–{self.valid_until}"
