from django.contrib.postgres.fields import ArrayField
from django.db import models

from luukku.surveys.models.surveys import Survey


class Theme(models.Model):
    """What several answers in own words to one question say. Whoever reads the results named it; it knows the answers by marks of their words alone,
    which only this installation can make: neither by their keys nor by who gave them."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="themes")
    variable = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    marks = ArrayField(models.CharField(max_length=43), default=list, blank=True, help_text="of the words that stand under it, in no order of coming")

    class Meta:
        ordering = ("survey", "variable", "name", "id")
        constraints = (models.UniqueConstraint(fields=("survey", "variable", "name"), name="theme_named_once"),)

    def __str__(self) -> str:
        return f"theme {self.pk}"
