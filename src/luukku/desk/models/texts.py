"""Ready texts: what a desk's advisers write to customers again and again."""

from django.db import models
from django.db.models import Q

from luukku.core.translated import Translated
from luukku.network.models import Desk


class ReadyText(models.Model):
    """A text of one desk in the languages that it has. Words in braces (`queries.texts`) are filled in from the case."""

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="ready_texts")
    name = models.CharField(max_length=80, help_text="what its advisers choose it by")
    body_fi = models.TextField(blank=True)
    body_sv = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    body = Translated("body")

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("desk", "name"), name="ready_text_once"),
            models.CheckConstraint(name="ready_text_says_something", condition=~Q(body_fi="", body_sv="", body_en="")),
        )

    def __str__(self) -> str:
        return self.name
