from django.db import models
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.network.models import Person
from luukku.plans.models.measures import Measure


class Reminder(models.Model):
    """Somebody was asked by mail how a measure goes. Its link is hers alone; stored is its digest."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"reminder {self.pk}"
