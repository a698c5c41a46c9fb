"""Organisations merge, split, get another name or another parent: what was decided, what moved, and what it takes to undo it."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luukku.network.models.organisations import Organisation
from luukku.network.models.people import Person

UNDO_TIME = timedelta(days=30)


class ReformKind(models.TextChoices):
    MERGE = "merge", _("Organisations merge")
    SPLIT = "split", _("An organisation is split")
    RENAME = "rename", _("An organisation gets another name")
    PARENT = "parent", _("An organisation becomes a part of another")


class ReformState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a reform", "Being prepared")
    DECIDED = "decided", pgettext_lazy("a reform", "Decided")
    DONE = "done", pgettext_lazy("a reform", "Done")
    STOPPED = "stopped", pgettext_lazy("a reform", "Stopped")  # a rule was against it: somebody must look
    CANCELLED = "cancelled", pgettext_lazy("a reform", "Cancelled")
    UNDOING = "undoing", pgettext_lazy("a reform", "Being undone")
    UNDONE = "undone", pgettext_lazy("a reform", "Undone")


class Reform(models.Model):
    """One reform: what moves from whom to whom lies in its moves, which are carried out one after another, each whole or not at all."""

    kind = models.CharField(max_length=8, choices=ReformKind)
    day = models.DateField(help_text="the first on which it holds")
    state = models.CharField(max_length=10, choices=ReformState, default=ReformState.DRAFT)
    why = models.CharField(max_length=300, blank=True, help_text="as everybody may read it: by which decision")
    refusal = models.CharField(max_length=500, blank=True, help_text="the rule's sentence, in Finnish")
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    counted_at = models.DateTimeField(null=True, blank=True, help_text="when it was tried out last")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    touched = models.JSONField(
        default=dict, blank=True, help_text="why it could not be undone: how many had been changed since, by what they count as"
    )

    class Meta:
        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

    @property
    def can_be_undone(self) -> bool:
        """Whether the time for it has not run out; what has been touched since is another matter."""
        return self.state == ReformState.DONE and self.done_at is not None and timezone.now() < self.done_at + UNDO_TIME


class ReformMove(models.Model):
    """From one organisation to another: everything, or what lies in chosen regions, with chosen people and of chosen services."""

    reform = models.ForeignKey(Reform, models.CASCADE, related_name="moves")
    position = models.PositiveSmallIntegerField(default=1)
    source = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    target = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: only the name changes")
    everything = models.BooleanField(default=True)
    regions = ArrayField(models.BigIntegerField(), default=list, blank=True)
    people = ArrayField(models.BigIntegerField(), default=list, blank=True)
    services = ArrayField(models.BigIntegerField(), default=list, blank=True)
    is_legal = models.BooleanField(default=False, help_text="the target is the legal successor: what customers allowed the source holds for it too")
    names = models.JSONField(default=dict, blank=True, help_text="by language, when the name changes")
    tried = models.JSONField(default=dict, blank=True, help_text="what would move, counted, and what people must know of")
    moved = models.JSONField(default=dict, blank=True, help_text="what moved, counted")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("reform", "position", "id")
        constraints = (
            models.CheckConstraint(name="reform_to_another", condition=~Q(source=F("target")) | Q(target=None)),
            models.CheckConstraint(name="reform_successor_of_all", condition=Q(is_legal=False) | Q(everything=True)),
            models.CheckConstraint(name="reform_goes_somewhere", condition=Q(target__isnull=False) | ~Q(names={})),
        )

    def __str__(self) -> str:
        return f"{self.source_id} to {self.target_id}"


class ReformStep(models.Model):
    """What one step changed or made: keys, and columns as they were. Only the house reads it."""

    move = models.ForeignKey(ReformMove, models.DO_NOTHING, related_name="steps")  # a move that has steps is never deleted
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=80)
    what = models.CharField(max_length=40, blank=True, help_text="as what it counts, if it does")
    is_made = models.BooleanField(default=False)
    rows = models.JSONField(encoder=DjangoJSONEncoder, help_text="by key: the columns as they were; of what was made, nothing")
    marks = models.JSONField(default=dict, help_text="by key: a digest of the row when the reform was done")

    class Meta:
        ordering = ("move", "position")

    def __str__(self) -> str:
        return f"{self.move_id}/{self.position} {self.table}"


class Succession(models.Model):
    """Who came after an organisation that ended. `is_legal`: its rights and duties went over, so its old matters are read by the successor."""

    predecessor = models.ForeignKey(Organisation, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Organisation, models.CASCADE, related_name="predecessions")
    is_legal = models.BooleanField(default=False)
    since = models.DateField()

    class Meta:
        ordering = ("since", "id")
        constraints = (models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),)

    def __str__(self) -> str:
        return f"{self.successor_id} after {self.predecessor_id}"
