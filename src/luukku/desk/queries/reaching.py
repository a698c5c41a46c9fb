"""By what the customer of a case hears of news: by mail, by text message, or by a call that somebody makes; and in which language."""

from enum import StrEnum

from django.db import models
from django.db.models import OuterRef, Subquery, Value, When
from django.utils.translation import gettext as _

from luukku.core.mail.texts import can_be_texted, texts_are_on
from luukku.customers.enums import ContactWay
from luukku.customers.models import Contact
from luukku.desk.models import Case

# What fits into a text message; of everything else who is reached by text alone hears by a call.
TEXTED = tuple(
    f"desk.{name}"
    for name in (
        "receipt", "taken_up", "message", "waiting", "still_needed", "still_waiting", "settled", "reopened", "link", "files_refused", "claims_open",
        "session_asked", "outcome_asked", "mark_answered", "appointment_booked", "appointment_moved", "appointment_cancelled", "appointment_reminder",
    )
)  # fmt: skip


class Reach(StrEnum):
    MAIL = "mail"
    TEXT = "text"  # by text message, where the installation sends them
    CALL = "call"  # she wants to be called, or has given no e-mail address
    NONE = ""  # nobody knows who she is


def reach_by(contact: Contact | None) -> Reach:
    if contact is None:
        return Reach.NONE
    if (
        texts_are_on()
        and can_be_texted(contact.phone_key)
        and (contact.way == ContactWay.TEXT or (not contact.email and contact.way != ContactWay.PHONE))
    ):
        return Reach.TEXT
    if contact.phone and (contact.way == ContactWay.PHONE or not contact.email):
        return Reach.CALL
    return Reach.MAIL if contact.email else Reach.NONE


def reach_annotation() -> Subquery:
    """An annotation `reached_by` that spares a statement wherever a case is locked to be worked on."""
    mobile = models.Q(phone_key__startswith="3584") | models.Q(phone_key__startswith="35850")
    mobile |= models.Q(phone_key__gt="") & ~models.Q(phone_key__startswith="358")
    told_by_text = mobile & (models.Q(way=ContactWay.TEXT) | (models.Q(email="") & ~models.Q(way=ContactWay.PHONE)))
    first = [When(told_by_text, then=Value(Reach.TEXT.value))] if texts_are_on() else []
    told_by_call = (models.Q(email="") | models.Q(way=ContactWay.PHONE)) & ~models.Q(phone="")
    how = models.Case(
        *first, When(told_by_call, then=Value(Reach.CALL.value)), When(email="", then=Value(Reach.NONE.value)), default=Value(Reach.MAIL.value)
    )
    return Subquery(Contact.objects.filter(customer=OuterRef("customer")).values(how=how)[:1])


def not_asked_on_page(case: Case) -> str:
    """Why the customer cannot be asked by a mail that leads to her page, in a sentence for staff; empty when she can. Cost as `reach_of`."""
    match reach_of(case):
        case Reach.MAIL:
            return ""
        case Reach.NONE:
            return _("The customer has given no e-mail address, and so cannot be asked on their page.")
        case _:
            return _("The customer has given no e-mail address or wants to hear by phone, and so cannot be asked on their page. Agree by phone.")


def language_of(case: Case) -> str:
    """In which language the customer hears from us, by mail and on the page: as she wishes, else as in this case."""
    contact = getattr(case.customer, "contact", None)
    return (contact.wish_language if contact is not None else "") or case.language


def contact_of(case: Case) -> Contact | None:
    """The contact data of the case's customer; None where nobody is known. One statement."""
    return Contact.objects.filter(customer_id=case.customer_id).first() if case.customer_id is not None else None


def reach_of(case: Case) -> Reach:
    """By what the case's customer is told. One statement, none where the case was locked to be worked on or its contact is at hand."""
    if hasattr(case, "reached_by"):
        return Reach(case.reached_by or "")
    return reach_by(contact_of(case))
