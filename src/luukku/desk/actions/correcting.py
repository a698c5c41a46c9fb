"""What was heard or typed wrong of a customer is put right: how to reach her, and her company's name and ID on a case."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.finnish import finnish_key
from luukku.customers.access import company_in_register
from luukku.customers.actions.registering import ContactDetails, check_business_id, check_contact
from luukku.customers.models import Contact
from luukku.customers.models.identifiers import email_key, phone_key
from luukku.desk.actions.wishes import Wishes, check_wishes, locked_contact, move_calls_later, write_wishes
from luukku.desk.actions.work import Work, work_on
from luukku.desk.models import Case, Leg
from luukku.desk.queries.segments import segment_by_rules


@dataclass(frozen=True)
class Correction:
    """All of it as it should stand."""

    contact: ContactDetails
    company_name: str
    business_id: str
    wishes: Wishes


def correct(*, by: Actor, case: Case, correction: Correction, at: datetime | None = None) -> set[str]:
    """Put it right; what stood there is kept in the histories, the trail tells which parts changed. By those who handle the case.

    Contact data and wishes hold for all matters of the customer. Returns the names of what changed. Raises NotAllowed, RuleBroken with the field.
    """
    check_contact(correction.contact)
    business_id = check_business_id(correction.business_id) or ""
    check_wishes(correction.wishes, email=correction.contact.email, phone=correction.contact.phone)
    with work_on(case.pk, by=by, at=at) as work:
        work.leg()
        contact = locked_contact(work)
        changed = _contact(contact, correction) | _company(work.case, correction.company_name, business_id)
        if "wishes" in changed:
            move_calls_later(contact)
        if changed:
            _sort_anew(work, contact)
            work.record("case.corrected", parts="+".join(sorted(changed)))
        return changed


def _contact(contact: Contact, correction: Correction) -> set[str]:
    before = _state(contact)
    given = correction.contact
    contact.name, contact.role = given.name.strip(), given.role.strip()
    contact.email, contact.phone = given.email.strip(), given.phone.strip()
    contact.email_key, contact.phone_key = email_key(given.email), phone_key(given.phone)
    write_wishes(contact, correction.wishes)
    changed = {name for name, value in _state(contact).items() if before[name] != value}
    if changed:
        contact.save(
            update_fields=["name", "role", "email", "phone", "email_key", "phone_key", "way", "wish_language", "call_days", "call_from", "call_until"]
        )
    return changed


def _state(contact: Contact) -> dict[str, object]:
    wishes = (contact.way, contact.wish_language, tuple(contact.call_days), contact.call_from, contact.call_until)
    return {"name": contact.name, "role": contact.role, "email": contact.email, "phone": contact.phone, "wishes": wishes}


def _company(case: Case, name: str, business_id: str) -> set[str]:
    name = " ".join(name.split())
    if len(name) > 200:
        raise RuleBroken(_("The company's name is too long: at most 200 letters."), field="company_name")
    changed = {key for key, same in (("company", name == case.company_name), ("id", business_id == case.business_id)) if not same}
    if changed:
        case.company_name, case.business_id, case.company = name, business_id, company_in_register(business_id)
        if not case.segment_said:
            case.segment = segment_by_rules(case, case.stage)
        case.save(update_fields=["company_name", "business_id", "company", "segment"])
    return changed


def _sort_anew(work: Work, contact: Contact) -> None:
    """The queue sorts by the customer's name as it now is; of her other cases too, where no company stands for her."""
    key = finnish_key(work.case.company_shown or contact.name)
    Leg.objects.filter(case=work.case).update(customer_key=key)
    others = Leg.objects.filter(case__customer_id=contact.customer_id, case__company=None, case__company_name="", case__business_id="")
    others.exclude(case=work.case).update(customer_key=finnish_key(contact.name))
