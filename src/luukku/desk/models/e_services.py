"""Help with an e-service, and what its owner is told of one that is unclear or broken."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.walls import readers_field
from luukku.desk.enums import HelpHow, HelpWent, ReportState
from luukku.desk.models.cases import Case
from luukku.network.models import Organisation, Person, Region


class EServiceReport(models.Model):
    """An e-service was unclear or broken. It tells of the service and of no customer: words are scrubbed before they are kept. Open to staff."""

    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="e_service_reports")
    owner_email = models.EmailField(blank=True, help_text="where it was told, when nobody of the owner is in the network")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    url = models.URLField(max_length=300, blank=True)
    went = models.CharField(max_length=8, choices=HelpWent)
    words = models.TextField(blank=True, help_text="what was unclear or broken, without anybody's data")
    reported_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.NEW)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True, help_text="seen or mended last")

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("owner", "state"), name="e_report_owner"),)
        constraints = (
            models.CheckConstraint(name="e_report_of_a_fault", condition=Q(went__in=("unclear", "broken"))),
            models.CheckConstraint(name="e_report_has_a_receiver", condition=Q(owner__isnull=False) | ~Q(owner_email="")),
        )

    def __str__(self) -> str:
        return f"report {self.pk}"


class EServiceHelp(models.Model):
    """Something was done with or for the customer in an e-service. `readers` as those of an inside note: never the customer's link."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="e_service_helps")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    url = models.URLField(max_length=300, blank=True)
    how = models.CharField(max_length=4, choices=HelpHow)
    went = models.CharField(max_length=8, choices=HelpWent)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    report = models.ForeignKey(EServiceReport, models.PROTECT, null=True, blank=True, related_name="helps")
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"help {self.pk}"
