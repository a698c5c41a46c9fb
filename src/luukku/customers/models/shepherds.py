"""One trusted person for everything a customer needs: who keeps her, since when, by which contract, and what she has let him do.

`readers` are kept by the triggers of migration 0007 and of the desk: whoever reads her contact data, the shepherd's own door, the buyer.
The door is a principal of the relation. Her cases carry it while she lets him see them; he reads by it only while the relation, his seat
and the contract hold (wall.customers_shepherd_doors), so an end that the calendar brings closes it by itself.
"""

from datetime import UTC, date, datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from luukku.core.moments import midnight_after
from luukku.core.walls import PrincipalField, readers_field
from luukku.customers.enums import ConsentWay, Mandate, PriceFor, ShepherdEnd
from luukku.customers.models.customers import Customer
from luukku.network.models import Organisation, Person, Region, Seat


class ShepherdContract(models.Model):
    """What one organisation buys of another: somebody to keep customers. No customer stands here, so it is seen by seat."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40, help_text="the buyer's number of it")
    first_day = models.DateField()
    last_day = models.DateField()
    minutes = models.PositiveIntegerField(help_text="agreed")
    minutes_used = models.PositiveIntegerField(default=0, editable=False, help_text="kept by a trigger of the hours")
    price = models.DecimalField(max_digits=10, decimal_places=2, help_text="euros")
    price_for = models.CharField(max_length=5, choices=PriceFor)
    with_vat = models.BooleanField(default=False, help_text="the price includes value added tax")
    created_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(null=True, blank=True, help_text="the last day, when it ended before its time")
    warned_at = models.DateTimeField(null=True, blank=True, help_text="when its people were told that it ends soon")

    class Meta:
        ordering = ("last_day", "id")
        constraints = (
            models.CheckConstraint(name="contract_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="contract_ends_within", condition=Q(ended_on=None) | Q(ended_on__lte=F("last_day"))),
            models.CheckConstraint(name="contract_of_two", condition=~Q(buyer=F("provider"))),
            models.CheckConstraint(name="contract_of_something", condition=Q(minutes__gt=0, price__gte=0)),
            models.UniqueConstraint(fields=("buyer", "reference"), name="contract_reference_once"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def last(self) -> date:
        """The day on which it ends, or ended."""
        return self.ended_on or self.last_day

    @property
    def ends_at(self) -> datetime:
        return midnight_after(self.last)


_NEVER = datetime(9000, 1, 1, tzinfo=UTC)  # the greatest of a moment and nothing would be the moment
_PERIOD = Func(
    "starts_at",
    Greatest("starts_at", Least("ends_at", "ended_at", Value(_NEVER))),
    function="tstzrange",
    output_field=DateTimeRangeField(),
)


class ShepherdQuerySet(models.QuerySet["Shepherd"]):
    def in_force(self) -> Self:
        """Those that keep their customer now."""
        now = timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), ended_at=None, starts_at__lte=now)

    def to_come_or_in_force(self) -> Self:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), ended_at=None)


class Shepherd(models.Model):
    """One spell in which somebody keeps one customer, in all that she does or in one company's matters. Never deleted."""

    principal = PrincipalField(help_text="what he reads her matters by")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="shepherds")
    business_id = models.CharField(max_length=9, blank=True, help_text="her matters of this company only; empty: all her matters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="keeps")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", help_text="by which he does; with it, this ends")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="the seat's")
    contract = models.ForeignKey(ShepherdContract, models.PROTECT, null=True, blank=True, related_name="shepherds", help_text="of a bought service")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="as agreed; None: until further notice")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="whose decision it was on our side")
    decided_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=ShepherdEnd, blank=True)
    period = models.GeneratedField(expression=_PERIOD, output_field=DateTimeRangeField(), db_persist=True)
    readers = readers_field()

    objects = ShepherdQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(name="shepherd_in_order", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="shepherd_end_has_cause", condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end=""))),
            ExclusionConstraint(
                name="one_shepherd_of_a_customer", expressions=[("customer", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)]
            ),
            ExclusionConstraint(
                name="one_shepherd_of_a_company",
                expressions=[
                    ("business_id", RangeOperators.EQUAL), ("person", RangeOperators.NOT_EQUAL), ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(business_id__gt=""),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"shepherd {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or (self.ends_at is not None and self.ends_at <= timezone.now())

    def may(self, what: str) -> bool:
        """Whether the customer lets him do it now. Costs a statement unless the mandates were fetched with it."""
        return not self.is_over and any(each.kind == what and each.ended_at is None for each in self.mandates.all())


class ShepherdMandate(models.Model):
    """One thing that the customer lets her shepherd do: when and how she agreed, and until when."""

    shepherd = models.ForeignKey(Shepherd, models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=5, choices=Mandate)
    agreed_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=ConsentWay)
    ended_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("shepherd", "kind"), condition=Q(ended_at=None), name="mandate_once"),)

    def __str__(self) -> str:
        return f"{self.shepherd_id} {self.kind}"


class ShepherdHours(models.Model):
    """Work that a bought-in shepherd has done for one customer. Read by him and the buyer; what was taken back stays."""

    shepherd = models.ForeignKey(Shepherd, models.PROTECT, related_name="hours")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    logged_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name_plural = "hours"
        constraints = (models.CheckConstraint(name="hours_of_a_day", condition=Q(minutes__gt=0, minutes__lte=1440)),)

    def __str__(self) -> str:
        return f"{self.shepherd_id} {self.day}"
