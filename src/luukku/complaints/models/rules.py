"""Who answers for complaints, in how many working days, and by which causes they are told apart. Open: it is how the network works."""

from django.db import models
from django.db.models import Q

from luukku.complaints.enums import Cause
from luukku.core.translated import Translated
from luukku.network.models import Organisation, Person, Region

DEFAULT_DAYS = 10
MOST_DAYS = 60


class ComplaintRule(models.Model):
    """Of a region, or of one organisation there; of every kind of complaint, or of one. Without one the coordinator answers, in default days."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="complaint_rules")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="complaint_rules")
    cause = models.CharField(max_length=30, blank=True, db_default="", help_text="of this kind only: whose process it is; empty: of every kind")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", help_text="None: the coordinator")
    working_days = models.PositiveSmallIntegerField(default=DEFAULT_DAYS)

    class Meta:
        ordering = ("region", "id")
        constraints = (
            models.UniqueConstraint(fields=("region", "organisation", "cause"), name="complaint_rule_once", nulls_distinct=False),
            models.CheckConstraint(name="complaint_days", condition=Q(working_days__gte=1, working_days__lte=MOST_DAYS)),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.organisation_id}: {self.working_days}"


class ComplaintCause(models.Model):
    """A region's own word for a cause: of the product's (`code` is one of Cause) or one more. Hidden ones are not offered any more."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="complaint_causes")
    code = models.CharField(max_length=30)
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    name = Translated("name")
    is_hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("region", "code"), name="complaint_cause_once"),
            models.CheckConstraint(name="other_is_always_a_cause", condition=~Q(code=Cause.OTHER) | Q(is_hidden=False)),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.code}"
