"""Where needs go: a region's rules in order, a desk's rules for whom, and whose turn it is. Rules live in books, one version after another."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.desk.enums import BookState, RotaPeriod, Whom
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Person, Region


class RuleBook(models.Model):
    """One version of the rules of a region (which desk), or of one desk (which person). One at most is in use, one at most is a draft."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="rule_books")
    desk = models.ForeignKey(Desk, models.CASCADE, null=True, blank=True, related_name="rule_books")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=BookState, default=BookState.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    used_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="who took it into use")
    used_from = models.DateTimeField(null=True, blank=True)
    used_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("region", "desk", "-number")
        constraints = (
            models.UniqueConstraint(fields=("region", "desk", "number"), name="rule_book_number", nulls_distinct=False),
            models.UniqueConstraint(fields=("region", "desk"), condition=Q(state=BookState.DRAFT), name="one_draft", nulls_distinct=False),
            models.UniqueConstraint(fields=("region", "desk"), condition=Q(state=BookState.USED), name="one_book_in_use", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return f"{self.region_id}/{self.desk_id or ''} {self.number}"


class Rule(models.Model):
    """An empty condition always holds. The first rule that fits decides."""

    book = models.ForeignKey(RuleBook, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    services = ArrayField(models.BigIntegerField(), default=list, blank=True)
    municipalities = ArrayField(models.BigIntegerField(), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=2, choices=LanguageCode), default=list, blank=True)
    segments = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    fewer_than = models.PositiveIntegerField(null=True, blank=True, help_text="only while the desk has fewer open matters than this")
    to_desk = models.ForeignKey(Desk, models.CASCADE, null=True, blank=True, related_name="+")
    whom = models.CharField(max_length=10, choices=Whom, blank=True)
    to_person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("book", "position", "id")
        constraints = (
            models.CheckConstraint(name="rule_leads_somewhere", condition=Q(to_desk__isnull=False) | ~Q(whom="")),
            models.CheckConstraint(
                name="rule_names_its_person", condition=Q(whom=Whom.PERSON, to_person__isnull=False) | (~Q(whom=Whom.PERSON) & Q(to_person=None))
            ),
        )

    def __str__(self) -> str:
        return f"{self.book_id}/{self.position}"


class Rota(models.Model):
    """Whose turn it is at a desk: its people in order, from a day on, each for a day (Monday to Friday) or a week."""

    desk = models.OneToOneField(Desk, models.CASCADE, primary_key=True, related_name="rota")
    period = models.CharField(max_length=5, choices=RotaPeriod, default=RotaPeriod.WEEK)
    starts_on = models.DateField()
    people = ArrayField(models.BigIntegerField(), default=list)

    def __str__(self) -> str:
        return f"{self.desk_id} {self.period}"
