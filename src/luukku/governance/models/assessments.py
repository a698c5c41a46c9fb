"""Once a year a group says how it works: by an anonymous survey, whose results are opened at a meeting and kept as they were opened."""

from django.db import models
from django.db.models import Q

from luukku.core.walls import readers_field
from luukku.governance.models.groups import Group
from luukku.governance.models.meetings import AgendaItem, Meeting
from luukku.surveys.models import Survey


class SelfAssessment(models.Model):
    """A group's year. What it concluded stands under the point of the meeting: decisions and tasks."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="assessments")
    year = models.PositiveSmallIntegerField()
    survey = models.OneToOneField(Survey, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="assessments", help_text="at which it was opened")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="assessments")
    opened_at = models.DateTimeField(null=True, blank=True)
    results = models.JSONField(default=dict, help_text="as they were opened: see `surveys.queries.frozen`")
    mean = models.FloatField(null=True, blank=True, help_text="over the questions with a scale")
    answers = models.PositiveSmallIntegerField(default=0)
    readers = readers_field()

    class Meta:
        ordering = ("group", "-year")
        constraints = (
            models.UniqueConstraint(fields=("group", "year"), name="assessment_once_a_year"),
            models.CheckConstraint(name="assessment_opened_has_results", condition=Q(opened_at=None, results={}) | Q(opened_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"assessment {self.pk}"
