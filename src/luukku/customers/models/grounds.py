"""On which ground organisations read data of customers whom they do not handle, and the circles by which the database lets them.

A circle is everybody who may read one group of data in one region's network on one ground, or one organisation there. Its number stands
among the readers of a row; people carry it while their seat, their organisation's part in the network and the table of grounds say so
(wall.customers_circles). So a change of any of these holds from the next page on, and no row is touched. Numbers of circles are below
zero: what somebody makes is never opened to them by her making it (wall.own_principals).
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import readers_field
from luukku.customers.enums import FieldGroup, Ground, Purpose
from luukku.customers.models.customers import Customer
from luukku.network.models import Organisation, OrganisationType, Person, Region


class LegalGround(models.Model):
    """One cell of the table that the network reads and the national owner keeps. A changed cell ends, and another begins: that is its history."""

    organisation_type = models.ForeignKey(OrganisationType, models.PROTECT, related_name="grounds")
    purpose = models.CharField(max_length=10, choices=Purpose)
    group = models.CharField(max_length=10, choices=FieldGroup)
    ground = models.CharField(max_length=10, choices=Ground)
    basis = models.CharField(max_length=300, blank=True, help_text="the section of the law or the decision, in the owner's words")
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: came with the product")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("organisation_type", "purpose", "group", "-id")
        constraints = (
            models.UniqueConstraint(fields=("organisation_type", "purpose", "group"), condition=Q(until=None), name="one_ground_of_a_cell"),
            models.CheckConstraint(name="plans_need_no_consent", condition=~Q(purpose="planning", ground="consent")),
        )

    def __str__(self) -> str:
        return f"{self.organisation_type_id} {self.purpose} {self.group}: {self.ground}"


class Circle(models.Model):
    """Who reads one group of data in a region: by law or by consent everybody whom the table lets; or one organisation that a customer has named."""

    number = models.BigIntegerField(unique=True, editable=False, help_text="below zero, given by the database")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    group = models.CharField(max_length=10, choices=FieldGroup)
    ground = models.CharField(max_length=10, choices=Ground)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("region", "organisation", "purpose", "group", "ground"), name="circle_once", nulls_distinct=False),
            models.CheckConstraint(name="circle_below_zero", condition=Q(number__lt=0)),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.group} {self.ground}"


class Relation(models.Model):
    """That somebody, or her company, is a customer in a region, and of which organisations. The desk's triggers keep it."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="relations")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    business_id = models.CharField(max_length=9, blank=True, help_text="as it was told; empty: for herself")
    company_name = models.CharField(max_length=200, blank=True, help_text="as it was told")
    since = models.DateTimeField()
    readers = readers_field()

    class Meta:
        ordering = ("since", "id")
        constraints = (models.UniqueConstraint(fields=("customer", "region", "business_id"), name="relation_once"),)
        indexes = (models.Index(fields=("business_id",), name="relation_business_id", condition=Q(business_id__gt="")),)

    def __str__(self) -> str:
        return f"{self.customer_id} in {self.region_id}"
