"""A customer's matter is one case, however many organisations work on it; each one's part is a leg with its own handler and clocks.

`readers` are kept by the triggers of migration 0002: the desks' organisations of all legs, the sponsor's and logging organisation, the
customer, and the case's own door principal, which the status link stands for.
"""

from datetime import UTC, datetime
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.finnish import FinnishKey
from luukku.core.translated import said_in
from luukku.core.walls import PrincipalField, readers_field
from luukku.customers.models import Company, Customer
from luukku.desk.enums import OPEN_STATES, CaseState, Channel, ClockEnd, ClockKind, WaitingFor
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Municipality, Organisation, Person, Region

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
_HANDLERLESS = ("new", "withdrawn", "not-for-us", "joined")
# When a part is to be looked at by what was said of it: at the end of work (16.00) on the day until which it waits, else when its next step is due.
# A statement has a clock for its day.
_LOOK_AT = models.Case(
    When(
        Q(state=CaseState.WAITING, waiting_until__isnull=False) & ~Q(waiting_for=WaitingFor.STATEMENT),
        then=Func(F("waiting_until"), template="((%(expressions)s + time '16:00') at time zone 'Europe/Helsinki')"),
    ),
    When(state__in=OPEN_STATES, then=F("next_step_at")),
    output_field=models.DateTimeField(null=True),
)


class CaseNumber(models.Model):
    """The last number given in a region and year; locked while the next one is given."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("region", "year"), name="number_per_region_and_year"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.year} {self.last}"


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(is_open=True)


@pghistory.track(
    pghistory.UpdateEvent("corrected", condition=pghistory.AnyChange("company_name", "business_id"), row=pghistory.Old),  # what stood there before
    fields=["company_name", "business_id"],
    model_name="CaseCompanyEvent",
)
class Case(models.Model):
    number = models.CharField(max_length=20, unique=True, editable=False, help_text="SU-26-0412")
    door_principal = PrincipalField(help_text="what the status link lets read by")
    region = models.ForeignKey(Region, models.PROTECT, related_name="cases")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="cases")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, blank=True, related_name="cases")
    company_name = models.CharField(max_length=200, blank=True, help_text="as it was told")
    company_key = models.GeneratedField(expression=FinnishKey("company_name"), output_field=models.TextField(), db_persist=True)
    business_id = models.CharField(max_length=9, blank=True, help_text="as it was told; its check digit is right")
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="cases", help_text="if the register knows the ID")
    subject = models.CharField(max_length=160)
    own_words = models.TextField()
    language = models.CharField(max_length=2, choices=LanguageCode)
    channel = models.CharField(max_length=15, choices=Channel)
    state = models.CharField(max_length=15, choices=CaseState, default=CaseState.NEW)
    is_open = models.GeneratedField(
        expression=Q(state__in=OPEN_STATES),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    segment = models.CharField(max_length=30, blank=True, help_text="of the day it came; by rules unless segment_said")
    segment_said = models.BooleanField(default=False, db_default=False, help_text="whether the staff has said it")
    stage = models.CharField(max_length=30, blank=True)
    needed_by = models.DateField(null=True, blank=True)
    sponsor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="sponsored_cases")
    logged_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="who logged the contact")
    contacted_at = models.DateTimeField(default=timezone.now, help_text="first contact: the customer's clock starts and never resets")
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="when it was made nameless (actions.forgetting)")
    form_key = models.UUIDField(null=True, unique=True, editable=False, help_text="of the form that made the case: sent twice, it makes one")
    said_key = models.UUIDField(null=True, editable=False, help_text="keyed digest of contact, words and region: the same sent again is recognised")
    joined_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", help_text="the matter in which it goes on (models.joining)"
    )
    kept_readers = ArrayField(models.BigIntegerField(), default=list, db_default=[], editable=False, help_text="of a joined one: who read it before")
    search = SearchVectorField(null=True, editable=False)
    readers = readers_field()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="case_ended_has_time",
                condition=Q(state__in=OPEN_STATES, settled_at=None) | (~Q(state__in=OPEN_STATES) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(name="case_door_is_its_own", condition=Q(door_principal__gt=0)),  # below zero are shared ones
            models.CheckConstraint(name="case_joined_to_one", condition=Q(state="joined") ^ Q(joined_into=None)),
        )
        indexes = (
            models.Index(fields=("customer",), name="case_customer"),
            models.Index(fields=("company",), name="case_company"),
            models.Index(fields=("company_key", "id"), name="case_company_key", condition=Q(company_key__gt="")),
            models.Index(fields=("business_id",), name="case_business_id", condition=Q(business_id__gt="")),
            models.Index(fields=("said_key",), name="case_said", condition=Q(said_key__isnull=False)),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def company_shown(self) -> str:
        """The company's name by the register; else as it was told, the bare ID if no name was; empty for none."""
        return self.company.name if self.company is not None else self.company_name or self.business_id


class LegQuerySet(models.QuerySet["Leg"]):
    def open(self) -> Self:
        return self.filter(is_open=True)

    def late(self, now: object) -> Self:
        return self.open().filter(due_at__lt=now)


class Leg(models.Model):
    """One organisation's part of a case. Sort columns stand here, so that the queue needs no join to order."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField(default=1)
    origin = models.ForeignKey(
        Case, models.SET_NULL, null=True, blank=True, related_name="+", help_text="the joined matter that it came with; None: this matter's own"
    )
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="legs")
    need = models.TextField(blank=True, help_text="this part's need, if it differs from the case's words")
    need_texts = models.JSONField(default=dict, db_default={}, blank=True, help_text="the same by language, where the program says it")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="legs")
    handler = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="handled_legs")
    state = models.CharField(max_length=15, choices=CaseState, default=CaseState.NEW)
    is_open = models.GeneratedField(
        expression=Q(state__in=OPEN_STATES),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    waiting_for = models.CharField(max_length=15, choices=WaitingFor, blank=True)
    waiting_until = models.DateField(null=True, blank=True)
    waits_for_leg = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="waited_by")
    next_step = models.CharField(max_length=200, blank=True)
    next_step_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="the nearest running clock; None while paused or ended")
    due_kind = models.CharField(max_length=15, choices=ClockKind, blank=True)
    look_at = models.GeneratedField(expression=_LOOK_AT, output_field=models.DateTimeField(null=True), db_persist=True)
    due_sort = models.GeneratedField(
        expression=Coalesce(Least("due_at", _LOOK_AT), models.Value(NEVER)), output_field=models.DateTimeField(), db_persist=True,
        help_text="due_at or look_at, the earlier; the undue last",
    )  # fmt: skip
    reminded_of = models.DateField(null=True, blank=True, help_text="the day of waiting on which the customer was reminded")
    not_contacted = models.BooleanField(default=False, help_text="the customer has said that nobody has contacted her")
    answer_awaited = models.BooleanField(default=False, help_text="the customer wrote last")
    mail_failed = models.BooleanField(
        default=False, db_default=False, help_text="a mail to the customer did not get through, and nothing has been done about it"
    )
    call_waits = models.BooleanField(default=False, db_default=False, help_text="news waits to be told on the phone (see NewsCall)")
    routed = models.JSONField(default=dict, db_default={}, editable=False, help_text="why it came to this desk and person: ids and codes")
    received_at = models.DateTimeField(default=timezone.now)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    customer_key = models.TextField(blank=True, editable=False, help_text="sort key of company or customer")
    language = models.CharField(max_length=2, blank=True, editable=False, help_text="the case's, copied by the database for the queue's filter")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, editable=False, related_name="+", help_text="copied like language")
    readers = readers_field()

    objects = LegQuerySet.as_manager()

    class Meta:
        ordering = ("case", "position")
        constraints = (
            models.UniqueConstraint(fields=("case", "position"), name="leg_position"),
            models.CheckConstraint(name="leg_not_waiting_for_itself", condition=~Q(waits_for_leg=F("id")) | Q(waits_for_leg=None)),
            models.CheckConstraint(name="leg_waiting_has_cause", condition=~Q(state="waiting") | ~Q(waiting_for="")),
            models.CheckConstraint(name="leg_taken_up_has_handler", condition=Q(state__in=_HANDLERLESS) | Q(handler__isnull=False)),
            models.CheckConstraint(name="leg_due_has_kind", condition=Q(due_at=None, due_kind="") | (Q(due_at__isnull=False) & ~Q(due_kind=""))),
        )
        indexes = (
            models.Index(fields=("due_sort", "id"), name="leg_due", condition=Q(is_open=True)),
            models.Index(fields=("received_at", "id"), name="leg_received", condition=Q(is_open=True)),
            models.Index(fields=("customer_key", "id"), name="leg_customer", condition=Q(is_open=True)),
            models.Index(fields=("handler", "due_sort", "id"), name="leg_handler_due", condition=Q(is_open=True)),
            models.Index(fields=("desk", "due_sort", "id"), name="leg_desk_due", condition=Q(is_open=True)),
            models.Index(fields=("look_at",), name="leg_look", condition=Q(is_open=True)),
        )

    def __str__(self) -> str:
        return f"{self.case_id}/{self.position}"

    @property
    def about(self) -> str:
        """This part's own need in the reader's language; empty where it is that of the whole matter."""
        return said_in(self.need_texts, self.need)


class Clock(models.Model):
    """One run of one promise clock: started, due, ended. Each run is recorded once; `kept` is derived by the database.

    A run that ended after it was due is broken whatever ended it; one that was stopped or started again in time is neither, and so is one whose
    matter was joined to another that has the same clock.
    """

    leg = models.ForeignKey(Leg, models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=15, choices=ClockKind)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    working_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="as promised at its start; None keeps its date whatever changes")
    paused_at = models.DateTimeField(null=True, blank=True)
    pauses = ArrayField(models.DateTimeField(), default=list, db_default=[], blank=True, help_text="pauses that are over: from, to, from, to")
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=ClockEnd, blank=True)
    still_told_at = models.DateTimeField(null=True, blank=True, help_text="when the program told her that we still wait: it keeps no promise")
    kept = models.GeneratedField(
        expression=models.Case(
            models.When(end=ClockEnd.JOINED, then=None),
            models.When(ended_at__gt=F("due_at"), then=models.Value(False)),
            models.When(end=ClockEnd.MET, then=models.Value(True)),
            default=None,
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    readers = readers_field()

    class Meta:
        ordering = ("leg", "id")
        constraints = (
            models.UniqueConstraint(fields=("leg", "kind"), condition=Q(ended_at=None), name="one_running_clock_of_a_kind"),
            models.CheckConstraint(name="clock_end_has_time", condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end=""))),
        )
        indexes = (
            models.Index(fields=("kind", "due_at"), name="clock_due"),
            models.Index(fields=("due_at",), name="clock_running", condition=Q(ended_at=None, paused_at=None)),
            models.Index(fields=("id",), name="clock_broken", condition=Q(kept=False)),
        )

    def __str__(self) -> str:
        return f"{self.leg_id} {self.kind}"


class StatusLink(models.Model):
    """The customer's link to her case. Only its digest is stored; the token is made again from the secret key when a mail is sent."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="None while the case is open")
    revoked_at = models.DateTimeField(null=True, blank=True)
    readers = readers_field()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"link of case {self.case_id}"
