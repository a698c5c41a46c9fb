"""The networks as their area and the nation see them: how each stands, and what was talked about and agreed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.walls import readers_field
from luukku.network.models import Person, Region


class NetworkWatch(models.Model):
    """How a region's network stood when the house looked last: what is there by point, its stage, and a figure of its customers. Open."""

    region = models.OneToOneField(Region, models.CASCADE, related_name="+")
    points = models.JSONField(default=dict, help_text="by point, whether it is there")
    since = models.JSONField(default=dict, help_text="by point, the day on which it was first found lacking")
    stage = models.PositiveSmallIntegerField(default=1, help_text="1 just agreed … 5 mature")
    face = models.FloatField(null=True, blank=True, help_text="how it went for customers, 1–4, last twelve whole months; None: too few")
    faces = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict, help_text="by measure, value and of how many, last three whole months")
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("region",)

    def __str__(self) -> str:
        return f"{self.region_id} stage {self.stage}"


class TalkKind(models.TextChoices):
    TALK = "talk", _("One-to-one talk")
    START = "start", _("Visit: start and assessment")
    NEGOTIATION = "negotiation", _("Visit: negotiation")
    PLAN = "plan", _("Visit: plan work")
    DAY = "day", _("Area day or training")


VISITS = (TalkKind.START, TalkKind.NEGOTIATION, TalkKind.PLAN)  # those that end with agreed steps


class NetworkTalk(models.Model):
    """A talk with, or a visit to, a region's network: it ends with a summary. Read by the two, and by those who keep the region, its area and the
    nation by the seats of today (triggers)."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="talks")
    kind = models.CharField(max_length=12, choices=TalkKind)
    day = models.DateField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="who wrote it down")
    met = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="with whom")
    summary = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return f"talk {self.pk}"


class TalkStep(models.Model):
    """What was agreed to be done after a talk."""

    talk = models.ForeignKey(NetworkTalk, models.CASCADE, related_name="steps")
    words = models.CharField(max_length=200)
    by_day = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("talk", "id")

    def __str__(self) -> str:
        return f"step {self.pk}"
