"""Who has looked at a customer's data: one row for a person and a day, however often she opened the page. The database writes it."""

from django.db import models

from luukku.core.walls import readers_field
from luukku.customers.enums import LookedAt
from luukku.customers.models.customers import Customer
from luukku.network.models import Organisation, Person


class Look(models.Model):
    """Readers: the customer, signed in or by the link of a matter of hers; nobody of the network. Of what is a matter's, but of no
    single matter: her own page, with all that one's organisation has of her."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="looks")
    matter = models.BigIntegerField(null=True, help_text="key of the desk's case; None: what was passed on of her")
    what = models.CharField(max_length=10, choices=LookedAt)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", help_text="her seat's")
    day = models.DateField()
    first_at = models.DateTimeField()
    readers = readers_field()

    class Meta:
        ordering = ("-day", "-id")
        constraints = (models.UniqueConstraint(fields=("customer", "person", "what", "matter", "day"), name="look_once_a_day", nulls_distinct=False),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
