"""A person at a company whom somebody has met, or who is named in a lead: where her data lie."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from luukku.core.actor import Actor
from luukku.customers.models.identifiers import email_key, phone_key
from luukku.relations.access import visible_leads, visible_plans, visible_visits
from luukku.relations.models import AccountPlan, Lead, VisitReport

MOST = 200
FIELDS = ("day", "organisation", "company", "name", "role", "phone", "email")


def held_visits(actor: Actor) -> list[dict[str, Any]]:
    """Visits on which the signed-in customer was met, with what was written of how to reach her. One statement."""
    return _held(actor, "visit")


def held_leads(actor: Actor) -> list[dict[str, Any]]:
    """Leads that name the signed-in customer as whom to ask. One statement."""
    return _held(actor, "lead")


def _held(actor: Actor, kind: str) -> list[dict[str, Any]]:
    if actor.kind != "customer":
        return []
    with connection.cursor() as cursor:
        cursor.execute("select day, organisation, company, name, role, phone, email from wall.relations_of_person() where kind = %s", [kind])
        return [{name: value for name, value in zip(FIELDS, row, strict=True) if value not in (None, "")} for row in cursor.fetchall()]


@dataclass(frozen=True)
class Sought:
    """Of whom: any of these; the name also in what was written."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        return not (len(self.name.strip()) > 2 or email_key(self.email) or phone_key(self.phone))

    def named(self, *fields: str) -> Q:
        """The name in any of the texts; nothing without a name."""
        found = Q(pk__in=())
        for field in fields if len(self.name.strip()) > 2 else ():
            found |= Q(**{f"{field}__icontains": self.name.strip()})
        return found


@dataclass(frozen=True)
class Found:
    """As the reader sees them. `contacts` hold her contact data; in the words of the others her name stands."""

    reports: list[VisitReport]
    leads: list[Lead]
    report_words: list[VisitReport]
    lead_words: list[Lead]
    plan_words: list[AccountPlan]

    @property
    def count(self) -> int:
        return len(self.reports) + len(self.leads)


def reports_with(actor: Actor, sought: Sought) -> "QuerySet[VisitReport]":
    """Reports of visits that the actor reads, in which she is written down as whom was met."""
    return VisitReport.objects.filter(_contact(sought, "met"), visit__in=visible_visits(actor))


def leads_with(actor: Actor, sought: Sought) -> "QuerySet[Lead]":
    """Leads that the actor reads, in which she is named as whom to ask."""
    return visible_leads(actor).filter(_contact(sought, "contact"))


def _contact(sought: Sought, prefix: str) -> Q:
    found = sought.named(f"{prefix}_name")
    if email_key(sought.email):
        found |= Q(**{f"{prefix}_email__iexact": email_key(sought.email)})
    digits = phone_key(sought.phone)
    if digits:
        found |= Q(**{f"{prefix}_phone__regex": r"\D*".join(digits.removeprefix("358")) + r"\D*$"})
    return found


def find_person(actor: Actor, sought: Sought) -> Found:
    """Five statements; nothing is looked for without a name of three letters, an address or a number."""
    if sought.is_empty:
        return Found([], [], [], [], [])
    of_report, of_lead = ("visit__company", "person"), ("company", "to_organisation", "from_organisation")
    visits = VisitReport.objects.filter(visit__in=visible_visits(actor))
    in_report = sought.named("notes", "agreed", "next_step", "needs__words", "visit__purpose", "visit__questions")
    in_plan = sought.named("why", "aims", "needs", "actions__what", "reviews__words")
    return Found(
        list(reports_with(actor, sought).select_related(*of_report).order_by("-id")[:MOST]),
        list(leads_with(actor, sought).select_related(*of_lead).order_by("-id")[:MOST]),
        list(visits.filter(in_report).select_related(*of_report).distinct().order_by("-id")[:MOST]),
        list(visible_leads(actor).filter(sought.named("words", "answer")).select_related(*of_lead).order_by("-id")[:MOST]),
        list(visible_plans(actor).filter(in_plan).select_related("company").distinct().order_by("-id")[:MOST]),
    )
