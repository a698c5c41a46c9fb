"""One matter that came in twice is joined into one, and two that came as one are split. What was moved is kept, so that it can be undone.

A joined case keeps its number, its words and its link, and has no parts any more: they, and all that was said, are the other case's.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.models import Customer
from luukku.desk.models.cases import Case
from luukku.network.models import Organisation, Person


class Joining(models.Model):
    """`case` goes on in `into`. `kept` holds keys, states and moments (see `actions.joining.kept`), never words."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="joinings")
    into = models.ForeignKey(Case, models.CASCADE, related_name="joinings_here")
    joined_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=dict, editable=False)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(undone_at=None), name="joined_once"),
            models.CheckConstraint(name="not_joined_to_itself", condition=~Q(case=models.F("into"))),
            models.CheckConstraint(name="joining_undone_by_somebody", condition=Q(undone_at=None) ^ Q(undone_by__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.case_id} into {self.into_id}"


class Split(models.Model):
    """`case` was made of messages and notes of `source`. `kept` tells to which part each belonged there, and who did not read it."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="split")
    source = models.ForeignKey(Case, models.CASCADE, related_name="splits")
    split_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    split_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=dict, editable=False)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="not_split_from_itself", condition=~Q(case=models.F("source"))),)

    def __str__(self) -> str:
        return f"{self.case_id} out of {self.source_id}"


class NotSame(models.Model):
    """Two cases that look alike are not one, says somebody who sees both. `case` is the older one."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", help_text="the older one")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "other"), condition=Q(undone_at=None), name="not_same_once"),
            models.CheckConstraint(name="not_same_older_first", condition=Q(case__lt=models.F("other"))),
            models.CheckConstraint(name="not_same_undone_by_somebody", condition=Q(undone_at=None) ^ Q(undone_by__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.case_id} is not {self.other_id}"


class CustomerMerging(models.Model):
    """Two records of one person become one for an organisation: its matters of `gone` are those of `stays`. Neither record is deleted.

    `kept`: keys of the matters, and which contact data of `stays` were filled in. Readers: the organisation that merged them.
    """

    gone = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    stays = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    merged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=dict, editable=False)
    readers = readers_field()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="not_merged_to_itself", condition=~Q(gone=models.F("stays"))),
            models.CheckConstraint(name="merging_undone_by_somebody", condition=Q(undone_at=None) ^ Q(undone_by__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.stays_id}"
