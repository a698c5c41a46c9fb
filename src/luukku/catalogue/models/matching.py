"""What the matcher learns from and what it could not answer."""

from django.db import models
from django.utils import timezone

from luukku.catalogue.models.services import Service
from luukku.network.enums import LanguageCode
from luukku.network.models import Region


class ConfirmedAnswer(models.Model):
    """A customer's words and the service an adviser set for them. The web may add, only the house may read (the words are hers)."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="confirmed_answers")
    language = models.CharField(max_length=2, choices=LanguageCode)
    text = models.TextField()
    source_kind = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    was_proposed = models.BooleanField(help_text="the matcher had proposed this service first")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id}"


class UnmetNeed(models.Model):
    """A search that nothing fitted, scrubbed of numbers and addresses, for the region's coordinator."""

    text = models.CharField(max_length=300)
    language = models.CharField(max_length=2, choices=LanguageCode)
    region = models.ForeignKey(Region, models.CASCADE, null=True, related_name="unmet_needs")
    day = models.DateField(help_text="the day only: the moment could tell who asked")
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-day", "id")
        constraints = (models.UniqueConstraint(fields=("region", "text", "day"), name="unmet_need_once_a_day", nulls_distinct=False),)

    def __str__(self) -> str:
        return f"{self.day} {self.count}"


class MatchModel(models.Model):
    """A trained matcher: versions are kept, one is in use; a worse one is not taken into use."""

    version = models.CharField(max_length=40, unique=True)
    trained_at = models.DateTimeField(default=timezone.now)
    with_meaning = models.BooleanField()
    figures = models.JSONField(default=dict)
    in_use = models.BooleanField(default=False)
    blob = models.BinaryField()

    class Meta:
        ordering = ("-trained_at",)
        constraints = (models.UniqueConstraint(fields=("with_meaning",), condition=models.Q(in_use=True), name="one_model_in_use"),)

    def __str__(self) -> str:
        return self.version
