"""Everything about a customer that she may read, for her to take along. Internal notes are not in it: she asks their organisation for those."""

from typing import Any

from django.db.models import QuerySet

from luukku.complaints.access import visible_complaints
from luukku.complaints.models import ComplaintTurn
from luukku.core.actor import Actor
from luukku.core.gathering import person_records
from luukku.customers.access import has_proven_address, looks_at, visible_consents, visible_contacts, visible_shepherds
from luukku.desk.access import visible_cases, visible_handovers
from luukku.desk.models import Appointment, Attachment, Case, CaseGuest, Feedback, Leg, Message, Outcome, OutcomeCheck
from luukku.statements.access import visible_plans, visible_statements, visible_texts

_CASE = ("number", "contacted_at", "settled_at", "state", "subject", "own_words", "company_name", "business_id", "language", "channel", "needed_by")
_CONTACT = ("name", "role", "email", "phone", "way", "wish_language", "call_days", "call_from", "call_until")


def everything(actor: Actor, case: Case) -> dict[str, list[dict[str, Any]]]:
    """By kind, rows of plain values. A link's holder gets that one matter, a signed-in customer all of hers. A fixed number of statements."""
    assert case.customer_id is not None
    customer, cases = case.customer_id, visible_cases(actor).filter(customer=case.customer_id)
    own = {"case__in": cases.values("pk")}
    # who holds a link, or a sign-in that was given, need not be who reads the mail of the customer's address
    proven = person_records.items() if has_proven_address(actor) else []
    return {
        "contact": _rows(visible_contacts(actor).filter(customer=customer), *_CONTACT),
        "matters": _rows(cases.order_by("pk"), *_CASE),
        "parts": _rows(
            Leg.objects.filter(**own), "case__number", "desk__organisation__name_fi", "handler__name", "state", "received_at", "settled_at"
        ),
        "messages": _rows(Message.objects.filter(**own), "case__number", "created_at", "direction", "channel", "author__name", "body"),
        "files": _rows(Attachment.objects.filter(note=None, **own), "case__number", "file__name", "file__size", "created_at"),
        "meetings": _rows(Appointment.objects.filter(**own), "case__number", "starts_at", "ends_at", "place", "state"),
        "outcomes": _rows(Outcome.objects.filter(**own), "case__number", "kind", "amount", "count", "text", "word", "word_figure", "without_help"),
        "feedback": _rows(Feedback.objects.filter(**own), "case__number", "created_at", "face", "comment"),
        "later answers": _rows(OutcomeCheck.objects.filter(**own), "case__number", "months", "held", "without_help", "words"),
        "handovers": _rows(visible_handovers(actor).filter(**own), "number", "sent_at", "state", "to_desk__organisation__name_fi", "outside_name"),
        "trusted persons": _rows(visible_shepherds(actor).filter(customer=customer), "person__name", "starts_at", "ended_at"),
        **_beside(actor, cases),
        "consents": _rows(
            visible_consents(actor).filter(customer=customer), "kind", "scope", "region__name_fi", "text__version", "given_at", "way", "withdrawn_at"
        ),
        "who has looked": _rows(looks_at(actor, customer), "day", "person__name", "organisation__name_fi", "what"),
        **{kind: records.held(actor) for kind, records in proven},
    }


def _beside(actor: Actor, cases: "QuerySet[Case]") -> dict[str, list[dict[str, Any]]]:
    """What hangs on her matters in other modules. Six statements."""
    here = {"case__in": cases.values("pk")}
    complaints = visible_complaints(actor).filter(**here)
    turns = ComplaintTurn.objects.filter(complaint__in=complaints.values("pk"), kind__in=("words", "answer"), readers__overlap=list(actor.principals))
    stated = visible_texts(actor).filter(statement__in=visible_statements(actor).filter(**here).values("pk"), signed_at__isnull=False)
    return {
        "complaints": _rows(complaints.order_by("pk"), "case_number", "received_at", "words", "wish", "state", "answered_at"),
        "complaint answers": _rows(turns.order_by("pk"), "complaint__case_number", "created_at", "kind", "body"),
        "plans": _rows(visible_plans(actor).filter(**here).order_by("pk"), "case__number", "created_at", "title", "basics", "answers"),
        "statements": _rows(
            visible_statements(actor).filter(**here).order_by("pk"), "number", "sent_at", "state", "to_desk__organisation__name_fi", "outside_name"
        ),
        "stated": _rows(stated.order_by("pk"), "statement__number", "signed_at", "signed_name", "stance", "conditions", "grounds"),
        "guests": _rows(
            CaseGuest.objects.filter(readers__overlap=list(actor.principals), **here), "case__number", "name", "email", "invited_at", "ended_at"
        ),
    }


def _rows(found: "QuerySet[Any]", *fields: str) -> list[dict[str, Any]]:
    return [{_plain(name): _said(value) for name, value in row.items() if value not in (None, "", {})} for row in found.values(*fields)]


def _said(value: Any) -> Any:
    """Answers to a form in one line; anything else as it is."""
    return "; ".join(str(each) for each in value.values()) if isinstance(value, dict) else value


def _plain(name: str) -> str:
    return name.removesuffix("_fi").replace("__", " ").replace("_", " ")
