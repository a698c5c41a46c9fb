"""How long things are kept where the network says otherwise than the product, and what was taken away because somebody asked."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.models import Customer
from luukku.network.models import Person


class RetentionTime(models.Model):
    """The time of one kind of things (core.registries.retention_rules). A changed one ends, and another begins: that is its history."""

    key = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300, help_text="the section of the law or the decision, in the owner's words")
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("key", "-id")
        constraints = (
            models.UniqueConstraint(fields=("key",), condition=Q(until=None), name="one_time_of_a_kind"),
            models.CheckConstraint(name="time_of_a_month_at_least", condition=Q(months__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.months}"


class Erasure(models.Model):
    """A customer has asked that a matter of hers be forgotten. The report counts what went; it holds no words of hers."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="erasures")
    matter = models.BigIntegerField(unique=True, help_text="key of the desk's case")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    proven = models.BooleanField(default=False, db_default=False, help_text="she had proven her address: what others hold by it goes too")
    report = models.JSONField(default=dict, help_text="counts of what was removed, by kind")
    readers = readers_field()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"erasure {self.pk}"
