"""What others may learn of a case when its customer lets it be passed on: a row of its own, so that its readers are enough."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from luukku.core.walls import readers_field
from luukku.customers.models import Customer
from luukku.desk.enums import CaseState
from luukku.desk.models.cases import Case
from luukku.network.models import Region


class CaseSummary(models.Model):
    """What a case is about, how it stands and who works on it: never the customer's words, messages, files or notes. The database writes it.

    Readers: those of the case, and whom its customer's consent or the law lets read summaries (customers.models.grounds).
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="summary")
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="summaries")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)
    company_name = models.CharField(max_length=200, blank=True)
    business_id = models.CharField(max_length=9, blank=True)
    subject = models.CharField(max_length=160)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=15, choices=CaseState)
    contacted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    organisations = ArrayField(models.BigIntegerField(), default=list, help_text="keys of those that have a part")
    readers = readers_field()

    class Meta:
        ordering = ("-contacted_at", "-case_id")
        verbose_name_plural = "case summaries"

    def __str__(self) -> str:
        return self.number
