"""How a customer wants to be reached: way, hours and language, said by her or written down by those who speak with her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.mail.texts import can_be_texted, texts_are_on
from luukku.customers.enums import ContactWay
from luukku.customers.models import Contact
from luukku.customers.models.identifiers import phone_key
from luukku.desk.access.links import require_customer
from luukku.desk.actions.work import Work, work_on
from luukku.desk.models import Case
from luukku.network.enums import LanguageCode


@dataclass(frozen=True)
class Wishes:
    """Empty parts are no wish. `days` are weekdays, 0 for Monday."""

    way: str = ""
    language: str = ""
    days: Sequence[int] = ()
    opens: time | None = None
    closes: time | None = None


def set_wishes(*, by: Actor, case: Case, wishes: Wishes, at: datetime | None = None) -> Contact:
    """They hold for all matters of the case's customer, from now on. By her or those who handle it. Raises NotAllowed, RuleBroken with the field."""
    with work_on(case.pk, by=by, at=at) as work:
        if by.is_staff:
            work.leg()
        else:
            require_customer(by, work.case)
        contact = locked_contact(work)
        check_wishes(wishes, email=contact.email, phone=contact.phone)
        write_wishes(contact, wishes)
        contact.save(update_fields=["way", "wish_language", "call_days", "call_from", "call_until"])
        move_calls_later(contact)
        work.record("case.wishes", way=wishes.way, language=wishes.language, days=len(set(wishes.days)))
        return contact


def write_wishes(contact: Contact, wishes: Wishes) -> None:
    """In memory."""
    contact.way, contact.wish_language = wishes.way, wishes.language
    contact.call_days, contact.call_from, contact.call_until = sorted(set(wishes.days)), wishes.opens, wishes.closes


def move_calls_later(contact: Contact) -> None:
    """The calls that wait in any of her matters are proposed for the hours that hold now; who says so may not read them all."""
    app.configure_task("luukku.desk.tasks.move_calls").defer(customer_id=contact.customer_id)


def locked_contact(work: Work) -> Contact:
    """The contact data of the case's customer. Raises NotAllowed when she has not told who she is."""
    contact = Contact.objects.select_for_update().filter(customer_id=work.case.customer_id).first() if work.case.customer_id else None
    if contact is None:
        raise NotAllowed
    return contact


def check_wishes(wishes: Wishes, *, email: str, phone: str) -> None:
    """Raises RuleBroken for a way that she cannot be reached by, or hours that are none."""
    if wishes.way and wishes.way not in ContactWay.values:
        raise RuleBroken(_("Choose e-mail or phone, or leave it open."), field="way")
    if wishes.way == ContactWay.PHONE and not phone.strip():
        raise RuleBroken(_("There is no phone number to call. Give it first."), field="way")
    if wishes.way == ContactWay.EMAIL and not email.strip():
        raise RuleBroken(_("There is no e-mail address to write to. Give it first."), field="way")
    if wishes.way == ContactWay.TEXT and not (texts_are_on() and can_be_texted(phone_key(phone))):
        raise RuleBroken(_("Give a mobile number to which a text message can be sent, or choose another way."), field="way")
    if wishes.language and wishes.language not in LanguageCode.values:
        raise RuleBroken(_("Choose Finnish, Swedish or English."), field="wish_language")
    if not set(wishes.days) <= set(range(7)):
        raise RuleBroken(_("Choose weekdays."), field="call_days")
    if (wishes.opens is None) != (wishes.closes is None):
        raise RuleBroken(_("Give both hours, or neither."), field="call_until")
    if wishes.opens is not None and wishes.closes is not None and wishes.opens >= wishes.closes:
        raise RuleBroken(_("The later hour comes after the earlier one."), field="call_until")
