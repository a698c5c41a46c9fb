"""Figures of the network: counts of handovers kept exact by the database, and how long things take, counted anew each hour. Numbers only."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.models import Service
from luukku.desk.enums import ClockKind, SpanKind
from luukku.network.models import Desk, Organisation, Region


class HandoverCount(models.Model):
    """Handovers sent on one day, from one organisation to another, for one service. Deferred triggers keep it (migration `figures`)."""

    day = models.DateField(help_text="when they were sent, by the Finnish clock")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    from_organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+", help_text="None: outside the network")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="+")
    sent = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    declined = models.IntegerField(default=0)
    contacted = models.IntegerField(default=0)
    warm = models.IntegerField(default=0)

    class Meta:
        ordering = ("day", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "day", "from_organisation", "to_organisation", "service"), name="handover_count_cell", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.from_organisation_id} {self.to_organisation_id} {self.sent}"


class Span(models.Model):
    """How long one kind of thing took in the last year: of a region, or of one of its organisations or services. In calendar days."""

    kind = models.CharField(max_length=10, choices=SpanKind)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="+")
    n = models.PositiveIntegerField()
    median_days = models.FloatField()
    p90_days = models.FloatField()
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("kind", "region", "id")
        constraints = (models.UniqueConstraint(fields=("kind", "region", "organisation", "service"), name="span_cell", nulls_distinct=False),)

    def __str__(self) -> str:
        return f"{self.kind} {self.region_id} {self.median_days:.1f}"


class PromiseCount(models.Model):
    """Limits of one clock that fell into one month at a desk, kept or broken. The house counts them anew each hour; windows read them."""

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=ClockKind)
    month = models.DateField(help_text="into which the limits fell, by the Finnish clock")
    kept = models.PositiveIntegerField()
    broken = models.PositiveIntegerField()

    class Meta:
        ordering = ("month", "id")
        indexes = (models.Index(fields=("month",), name="promise_count_month"),)
        constraints = (models.UniqueConstraint(fields=("desk", "kind", "month"), name="promise_count_cell"),)

    def __str__(self) -> str:
        return f"{self.desk_id} {self.kind} {self.month}"


class FaceCount(models.Model):
    """Answers of one month with one face, of matters or from tablets. The house counts them anew each hour; windows read them."""

    source = models.CharField(max_length=5, help_text="case, or kiosk")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    key = models.TextField(help_text="organisations that read such an answer")
    month = models.DateField(help_text="in which they were given, by the Finnish clock")
    face = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()

    class Meta:
        ordering = ("month", "id")
        indexes = (models.Index(fields=("month",), name="face_count_month"),)
        constraints = (models.UniqueConstraint(fields=("region", "source", "key", "month", "face"), name="face_count_cell"),)

    def __str__(self) -> str:
        return f"{self.source} {self.region_id} {self.month} {self.face}"


class AlikeBy(models.TextChoices):
    """What makes customers alike, when it is asked whether all were served alike."""

    LANGUAGE = "language", _("Language")
    MUNICIPALITY = "municipality", _("Municipality")
    SEGMENT = "segment", _("Segment")


class FairCount(models.Model):
    """How the first promise was kept and how customers said it went, of those alike in one thing, in a region's last twelve whole months.

    The house counts them anew each hour; a window tells the page what may be told.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    alike_by = models.CharField(max_length=12, choices=AlikeBy)
    value = models.CharField(max_length=30, help_text="a language, a municipality's key, a segment's code")
    kept = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    faces = models.PositiveIntegerField(default=0)
    face_sum = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("region", "id")
        constraints = (models.UniqueConstraint(fields=("region", "alike_by", "value"), name="fair_count_cell"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.alike_by} {self.value}"
