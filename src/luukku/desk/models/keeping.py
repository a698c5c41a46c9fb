"""What a customer's shepherd and her wishes ask of the desk: chases of late matters, and news that she is to be told on the phone."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.models import Shepherd
from luukku.desk.models.cases import Case, Leg
from luukku.network.models import Person


class Chase(models.Model):
    """A shepherd asked on the customer's behalf how a late matter stands; once a day for each matter."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="chases")
    shepherd = models.ForeignKey(Shepherd, models.PROTECT, related_name="chases")
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.UniqueConstraint(fields=("case", "day"), name="chased_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.day}"


class NewsCall(models.Model):
    """News that would have gone by mail to a customer who wants to be called or has given no address: waits until somebody has told her."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="news_calls")
    leg = models.ForeignKey(Leg, models.CASCADE, null=True, blank=True, related_name="+")
    news = models.CharField(max_length=30, help_text="the kind of mail that it stands for, such as taken_up")
    made_at = models.DateTimeField(default=timezone.now)
    call_at = models.DateTimeField(help_text="proposed: within the hours that she has asked for")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    readers = readers_field()

    class Meta:
        ordering = ("call_at", "id")
        constraints = (models.UniqueConstraint(fields=("case", "leg", "news"), condition=Q(done_at=None), name="news_call_once"),)
        indexes = (models.Index(fields=("case",), name="news_call_waits", condition=Q(done_at=None)),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.news}"
