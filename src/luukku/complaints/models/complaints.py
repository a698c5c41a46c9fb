"""A complaint and what is said and done about it. Read by its owner, the leads of the desk and the coordinator, and by whoever complained; never
by the one complained of, who reads what the owner shares with her. Kept so by triggers and policies (migration 0002)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.complaints.enums import About, Came, ComplaintState, Step, TurnKind
from luukku.core.walls import PrincipalField, readers_field
from luukku.desk.models import Case
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Organisation, Person, Region


class Complaint(models.Model):
    door_principal = PrincipalField(help_text="what its own link lets read by")
    link_digest = models.BinaryField(max_length=32, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="complaints")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="complaints", help_text="complained of; the front desk if nobody is named")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="complaints", help_text="the desk's, then")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="complaints")
    case_number = models.CharField(max_length=20, blank=True)
    by_case_page = models.BooleanField(default=False, help_text="made on the case's status page, and shown there")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=10, choices=About)
    about_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="who handled the matter")
    cause = models.CharField(max_length=30, help_text="a Cause, or the code of the region's own")
    words = models.TextField()
    wish = models.TextField(blank=True, help_text="what should be done about it")
    language = models.CharField(max_length=2, choices=LanguageCode)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    came = models.CharField(max_length=10, choices=Came)
    logged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="owned_complaints")
    state = models.CharField(max_length=10, choices=ComplaintState, default=ComplaintState.RECEIVED)
    received_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(default=timezone.now, help_text="the answer's clock: received, or opened again")
    working_days = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="of the present round; None while the clock runs")
    first_answered_at = models.DateTimeField(null=True, blank=True)
    first_due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="what was said is gone: its time was over")
    readers = readers_field()

    class Meta:
        ordering = ("due_at", "id")
        constraints = (
            models.CheckConstraint(name="nobody_answers_of_herself", condition=Q(owner=None) | Q(about_person=None) | ~Q(owner=F("about_person"))),
            models.CheckConstraint(
                name="complaint_answered_has_time",
                condition=Q(state__in=("answered", "closed"), answered_at__isnull=False) | Q(state__in=("received", "looked-at"), answered_at=None),
            ),
            models.CheckConstraint(
                name="complaint_closed_has_time", condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None))
            ),
        )
        indexes = (
            models.Index(fields=("region", "due_at"), name="complaint_due", condition=Q(answered_at=None)),
            models.Index(fields=("case",), name="complaint_case", condition=Q(case__isnull=False)),
        )

    def __str__(self) -> str:
        return f"complaint {self.pk}"


class ComplaintTurn(models.Model):
    """What is said about a complaint: to the one who complained, among those who see to it, and with the one complained of."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="turns")
    kind = models.CharField(max_length=10, choices=TurnKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: who complained")
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("complaint", "created_at"), name="turn_complaint"),)

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind}"


class Correction(models.Model):
    """What was changed because of a complaint, by whom and by when."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="corrections")
    what = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="who sees to it")
    by_day = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    readers = readers_field()

    class Meta:
        ordering = ("by_day", "id")
        indexes = (models.Index(fields=("complaint",), name="correction_complaint"),)

    def __str__(self) -> str:
        return f"correction {self.pk}"


class ComplaintWarning(models.Model):
    """One person was warned once of one limit. Kept by the house, never read by the web."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="warnings")
    step = models.CharField(max_length=12, choices=Step)
    due_at = models.DateTimeField(help_text="the limit that was warned of")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("complaint", "person", "step", "due_at"), name="complaint_warned_once"),)
        indexes = (models.Index(fields=("person", "at"), name="complaint_warning_mail"),)

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.step} {self.person_id}"
