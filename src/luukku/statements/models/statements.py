"""A statement: an organisation is asked for its opinion on a customer's plan, by a day, on a form. The asker's part of the case waits for it.

What a giver must know before and beside the case, which she never reads, is copied here: number, region, language, what is asked.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luukku.core.walls import PrincipalField, readers_field
from luukku.desk.models import Case, Leg
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Person, Region
from luukku.statements.enums import AWAITED, CLOSED, OPEN, Stance, StatementState, WarnedOf
from luukku.statements.models.forms import FormVersion
from luukku.statements.models.plans import Consent, Plan

_DONE = (*CLOSED, StatementState.GIVEN)


class StatementQuerySet(models.QuerySet["Statement"]):
    def open(self) -> Self:
        """Those that hold their part of the case."""
        return self.filter(state__in=OPEN)

    def awaited(self) -> Self:
        """Those that lie with whoever is asked."""
        return self.filter(state__in=AWAITED)


class Statement(models.Model):
    door_principal = PrincipalField(help_text="what the outside organisation's link lets read by")
    case = models.ForeignKey(Case, models.CASCADE, related_name="statements")
    leg = models.ForeignKey(Leg, models.CASCADE, related_name="statements", help_text="the asker's part, which waits for it")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="statements")
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="statements")
    number = models.CharField(max_length=20, help_text="the case's")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=LanguageCode, help_text="the customer's")
    from_desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    from_person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_desk = models.ForeignKey(Desk, models.PROTECT, null=True, blank=True, related_name="+")
    to_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    outside_name = models.CharField(max_length=160, blank=True, help_text="an organisation that is not in the network")
    outside_email = models.EmailField(blank=True)
    outside_language = models.CharField(max_length=2, choices=LanguageCode, default=LanguageCode.FI)
    outside_person = models.CharField(max_length=120, blank=True, help_text="who writes it there")
    asks = models.TextField(help_text="what is asked of them")
    working_days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=StatementState, default=StatementState.PROPOSED)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="as the part's clock says; the database keeps it so")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="why it was declined or withdrawn; the customer does not read it")
    next_words = models.CharField(max_length=300, blank=True, help_text="who could give it instead, by her who declined")
    by_customer = models.BooleanField(default=False, help_text="withdrawn because she took her consent back, or ended the matter")
    link_digest = models.BinaryField(max_length=32, null=True, blank=True, unique=True, help_text="of the outside organisation's link")
    link_made_at = models.DateTimeField(null=True, blank=True, help_text="when it was made anew; None: as it was asked")
    link_expires_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("leg",), condition=Q(state__in=OPEN), name="one_open_statement_of_a_leg"),
            models.CheckConstraint(name="statement_to_one", condition=Q(to_desk=None) ^ Q(outside_name="")),
            models.CheckConstraint(
                name="statement_asked_with_consent",
                condition=Q(state__in=(StatementState.PROPOSED, *CLOSED)) | Q(consent__isnull=False, sent_at__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(name="statement_given_has_time", condition=~Q(state=StatementState.GIVEN) | Q(given_at__isnull=False)),
            models.CheckConstraint(
                name="statement_closed_has_time",
                condition=Q(state__in=_DONE, closed_at__isnull=False) | (~Q(state__in=_DONE) & Q(closed_at=None)),
            ),
            models.CheckConstraint(name="statement_closed_has_reason", condition=~Q(state__in=CLOSED) | ~Q(reason="") | Q(by_customer=True)),
        )
        indexes = (
            models.Index(fields=("case", "id"), name="statement_case"),
            models.Index(fields=("to_desk", "due_at"), name="statement_to", condition=Q(state__in=AWAITED)),
            models.Index(fields=("from_desk", "created_at"), name="statement_from", condition=Q(state__in=OPEN)),
        )

    def __str__(self) -> str:
        return f"statement {self.pk}"

    @property
    def giver_name(self) -> str:
        """The organisation that is asked, as people call it."""
        return str(self.to_desk.organisation.name) if self.to_desk is not None else self.outside_name


class StatementText(models.Model):
    """What was stated: a draft until it is signed, then it stands for ever. A correction is the next version."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField(default=1)
    stance = models.CharField(max_length=10, choices=Stance, blank=True)
    conditions = models.TextField(blank=True)
    grounds = models.TextField(blank=True)
    answers = models.JSONField(default=dict, help_text="by the question's key")
    why = models.TextField(blank=True, help_text="of a correction: what was wrong")
    edited_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="None: the outside organisation")
    edited_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_name = models.CharField(max_length=120, blank=True, help_text="as it stands under the statement")
    signed_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("statement", "number")
        constraints = (
            models.UniqueConstraint(fields=("statement", "number"), name="statement_version_once"),
            models.UniqueConstraint(fields=("statement",), condition=Q(signed_at=None), name="one_draft_of_a_statement"),
            models.CheckConstraint(name="signed_text_is_whole", condition=Q(signed_at=None) | (~Q(stance="") & ~Q(grounds="") & ~Q(signed_name=""))),
            models.CheckConstraint(name="conditions_said", condition=Q(signed_at=None) | ~Q(stance=Stance.CONDITIONS) | ~Q(conditions="")),
            models.CheckConstraint(name="correction_says_why", condition=Q(signed_at=None) | Q(number=1) | ~Q(why="")),
        )

    def __str__(self) -> str:
        return f"{self.statement_id} v{self.number}"


class Reminder(models.Model):
    """One person was reminded once of one day. Kept by the house, never read by the web."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    of = models.CharField(max_length=5, choices=WarnedOf)
    due_at = models.DateTimeField(help_text="the day that she was reminded of")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("statement", "person", "of", "due_at"), name="reminded_once"),)
        indexes = (models.Index(fields=("person", "at"), name="reminder_mail"),)

    def __str__(self) -> str:
        return f"{self.statement_id} {self.of} {self.person_id}"
