"""Leads: "this company might need X", from one organisation to another. Read by both; the giver is told what came of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.walls import readers_field
from luukku.customers.models import Company
from luukku.desk.models import Case
from luukku.network.models import Desk, Organisation, Person, Region
from luukku.relations.enums import Decline, LeadResult, LeadSource, LeadState
from luukku.relations.models.visits import VisitNeed


class Lead(models.Model):
    company = models.ForeignKey(Company, models.PROTECT, related_name="leads")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="the desk's, then")
    to_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField(help_text="what they might need, and why it is thought so")
    source = models.CharField(max_length=8, choices=LeadSource)
    need = models.OneToOneField(VisitNeed, models.SET_NULL, null=True, blank=True, related_name="lead")
    before = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", help_text="the declined one that is given anew")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    state = models.CharField(max_length=8, choices=LeadState, default=LeadState.NEW)
    given_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(help_text="by when it is to be taken or declined")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="that the answer is late")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="taken or declined")
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decline = models.CharField(max_length=8, choices=Decline, blank=True)
    result = models.CharField(max_length=11, choices=LeadResult, blank=True)
    placed = models.PositiveSmallIntegerField(null=True, blank=True, help_text="people who got work there, as whoever saw to it says")
    placed_sure = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the same as the giver confirms it; 0: nobody")
    placed_sure_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="words to the giver with a decline or a result")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="its words and names are gone: their time was over")
    readers = readers_field()

    class Meta:
        ordering = ("given_at", "id")
        constraints = (
            models.CheckConstraint(
                name="lead_answered_has_time", condition=Q(state="new", answered_at=None) | (~Q(state="new") & Q(answered_at__isnull=False))
            ),
            models.CheckConstraint(
                name="lead_ended_has_time",
                condition=Q(state__in=("new", "taken"), ended_at=None) | Q(state__in=("case", "done", "declined"), ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="lead_placed_by_result", condition=Q(result="placed", placed__gte=1, source="placing") | (~Q(result="placed") & Q(placed=None))
            ),
            models.CheckConstraint(
                name="lead_sure_of_placed",
                condition=Q(placed_sure=None, placed_sure_at=None) | Q(placed__isnull=False, placed_sure__isnull=False, placed_sure_at__isnull=False),
            ),
            models.CheckConstraint(name="lead_declined_has_reason", condition=~Q(state="declined") | ~Q(decline="")),
        )
        indexes = (
            models.Index(fields=("to_organisation", "due_at"), name="lead_open", condition=Q(ended_at=None)),
            models.Index(fields=("company",), name="lead_company"),
            models.Index(fields=("ended_at", "id"), name="lead_ended", condition=Q(ended_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"lead {self.pk}"

    @property
    def contact(self) -> tuple[str, str, str]:
        """Name, phone and e-mail, as far as they were given along."""
        return self.contact_name, self.contact_phone, self.contact_email
