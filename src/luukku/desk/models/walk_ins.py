"""Somebody walked into a house that organisations share: what her host did for her. What she said lies on her case."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.walls import readers_field
from luukku.desk.enums import GuideWay, WalkInWay
from luukku.desk.models.appointments import Appointment
from luukku.desk.models.cases import Case
from luukku.desk.models.handover import Handover
from luukku.network.models import Person, Premises


class WalkIn(models.Model):
    """`readers`, kept by triggers: the organisations that read the case, never its customer, and the person to whom she was guided.

    `met_at` is her own word that the customer stands before her; a walk without it was not a meeting and is counted as handed over.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="walk_ins")
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="+")
    host = models.ForeignKey(Person, models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=WalkInWay)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="to whom she was guided")
    handover = models.ForeignKey(Handover, models.SET_NULL, null=True, blank=True, related_name="+")
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True, blank=True, related_name="+")
    was_known = models.BooleanField(default=False, help_text="she had used the services before")
    themes = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="codes of service groups and life-cycle stages")
    guide = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+", help_text="the service card that was given")
    guide_way = models.CharField(max_length=5, choices=GuideWay, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    met_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("premises", "created_at"), name="walk_in_house"),
            models.Index(fields=("person",), name="walk_in_awaited", condition=Q(way="walk", met_at=None)),
        )
        constraints = (models.CheckConstraint(name="walk_in_guide_has_way", condition=Q(guide=None) ^ ~Q(guide_way="")),)

    def __str__(self) -> str:
        return f"walk-in {self.pk}"
