"""Questionnaires and their versions. Open: they say what is asked, and hold nobody's answer."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.translated import Translated
from luukku.network.models import Region
from luukku.surveys.models.questions import Question, of_json

FEWEST = 3  # nobody may set the smallest group that is shown lower


class Asked(models.Model):
    """How something is asked: what a survey takes over from its questionnaire and keeps."""

    title_fi = models.CharField(max_length=160)
    title_sv = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    title = Translated("title")
    intro_fi = models.TextField(blank=True)
    intro_sv = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)
    intro = Translated("intro")
    is_anonymous = models.BooleanField(default=True)
    hide_below = models.PositiveSmallIntegerField(default=5, help_text="nothing is shown of fewer answers")
    for_customers = models.BooleanField(default=False, help_text="counts for how often the network asks one customer")
    asks_organisation = models.BooleanField(default=False, help_text="who comes by the open link says which organisation she is from")
    takes_needs = models.BooleanField(default=False, help_text="whoever answers may ask to be contacted; then she has a matter at the region's door")

    class Meta:
        abstract = True


TAKEN_OVER = (
    "title_fi", "title_sv", "title_en", "intro_fi", "intro_sv", "intro_en", "is_anonymous", "hide_below", "for_customers", "asks_organisation",
    "takes_needs",
)  # fmt: skip


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None)


class Questionnaire(Asked):
    """One questionnaire; what it asks stands in its versions. `code` names one that others of the product ask by."""

    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="questionnaires", help_text="None: every region may use it"
    )
    code = models.SlugField(max_length=40, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("code",), condition=Q(region=None) & ~Q(code=""), name="questionnaire_code_once"),
            models.CheckConstraint(name="questionnaire_hides", condition=Q(hide_below__gte=FEWEST)),
            models.CheckConstraint(name="questionnaire_needs_are_named", condition=Q(takes_needs=False) | Q(is_anonymous=False)),
        )

    def __str__(self) -> str:
        return f"questionnaire {self.pk}"


class Version(models.Model):
    """What a questionnaire asks, as it was taken into use; answers keep the one they were given to. One without a day is being written."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=list, help_text="see `models.questions.Question`")
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("questionnaire", "-number")
        constraints = (
            models.UniqueConstraint(fields=("questionnaire", "number"), name="questionnaire_version_once"),
            models.UniqueConstraint(fields=("questionnaire",), condition=Q(taken_at=None), name="one_draft_of_a_questionnaire"),
        )

    def __str__(self) -> str:
        return f"{self.questionnaire_id} v{self.number}"

    @property
    def questions(self) -> list[Question]:
        return [of_json(each) for each in self.content]
