"""Short forms by theme, with which needs are mapped in a talk. Open: they are how the network works, and hold nobody's answers."""

from django.db import models

from luukku.catalogue.models import Service
from luukku.core.translated import Translated
from luukku.network.models import Region


class NeedMap(models.Model):
    """Of the whole network, or a region's own. `version` grows when its questions change; a question that says something else is a new one."""

    code = models.SlugField(max_length=30, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    name = Translated("name")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: of the whole network")
    version = models.PositiveIntegerField(default=1, db_default=1)
    is_hidden = models.BooleanField(default=False, help_text="not offered any more")

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.code


class NeedQuestion(models.Model):
    """One question; `service` is what helps whoever answers that it is a need."""

    need_map = models.ForeignKey(NeedMap, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text_fi = models.CharField(max_length=160)
    text_sv = models.CharField(max_length=160, blank=True)
    text_en = models.CharField(max_length=160, blank=True)
    text = Translated("text")
    service = models.ForeignKey(Service, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.PositiveIntegerField(default=1, db_default=1, help_text="the version of its map in which it came")
    until = models.PositiveIntegerField(null=True, blank=True, help_text="the last version in which it was asked")
    is_hidden = models.BooleanField(default=False, help_text="asked no more; its answers stay")

    class Meta:
        ordering = ("position", "id")
        indexes = (models.Index(fields=("need_map", "position"), name="needquestion_order"),)

    def __str__(self) -> str:
        return f"{self.need_map_id} {self.position}"
