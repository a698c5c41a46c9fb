"""Two records of one person become one, and two again.

The matters that the actor's organisation reads of the one are the other's from then on; neither record is deleted, so undoing is giving them back.
What other organisations know of the record that goes stays as it is. Consents do not follow: she gave them as who she was written down then.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.finnish import finnish_key
from luukku.customers.access import own_contacts, visible_shepherds
from luukku.customers.models import Contact, Customer
from luukku.customers.models.identifiers import email_key, phone_key
from luukku.desk.access import visible_cases
from luukku.desk.actions.work import Work, work_on_all
from luukku.desk.models import Case, CustomerMerging, Leg
from luukku.network.access import may
from luukku.network.enums import Right

FILLED = ("name", "role", "email", "phone")


def against_merging(by: Actor, gone: Customer, stays: Customer) -> list[str]:
    """Sentences that say why `gone` cannot be merged into `stays`; empty when it can. One statement."""
    found = []
    if gone.pk == stays.pk:
        found.append(_("This is one record already."))
    if gone.user_id is not None:
        found.append(_("The customer signs in by this record. Let it be the one that stays."))
    if visible_shepherds(by).in_force().filter(customer=gone).exists():
        found.append(_("A shepherd keeps this customer. Let this record be the one that stays."))
    return found


def merge(*, by: Actor, gone_id: int, stays_id: int, is_one: bool, at: datetime | None = None) -> CustomerMerging:
    """Raises NotFound for customers who are not the actor's own, NotAllowed, RuleBroken with what stands against it."""
    organisation_id = _organisation(by)
    if not is_one:
        raise RuleBroken(_("Make sure that they are one person, and say so."), field="is_one")
    with transaction.atomic():
        contacts = {each.customer_id: each for each in _locked(by, gone_id, stays_id)}
        gone, stays = contacts[gone_id], contacts[stays_id]
        against = against_merging(by, gone.customer, stays.customer)
        if against:
            raise RuleBroken(" ".join(against))
        keys = list(visible_cases(by).filter(customer=gone_id).order_by("pk").values_list("pk", flat=True))
        now = at or timezone.now()
        made = CustomerMerging.objects.create(  # first, while both are hers to read
            gone_id=gone_id, stays_id=stays_id, organisation_id=organisation_id, merged_by_id=by.person_id or 0, merged_at=now,
            kept={"cases": keys, "filled": _fill(gone, stays)},
        )  # fmt: skip
        with work_on_all(keys, by=by, at=now) as works:
            for work in works:
                _name(work, stays)
        trail.record("customer.merged", stays.customer, by=by, organisation_id=organisation_id, at=now, gone=gone_id, cases=len(keys))
    return made


def undo_merging(*, by: Actor, merging: CustomerMerging, at: datetime | None = None) -> CustomerMerging:
    """Give the matters back that are still the other's, and take out what was filled in, unless it has been changed since.

    Raises NotFound, NotAllowed, RuleBroken.
    """
    organisation_id = _organisation(by)
    with transaction.atomic():
        locked = CustomerMerging.objects.select_for_update(of=("self",)).filter(pk=merging.pk, organisation=organisation_id).first()
        if locked is None:
            raise NotFound
        if locked.undone_at is not None:
            raise RuleBroken(_("The merging has been undone already."))
        now = at or timezone.now()
        readable = visible_cases(by).filter(pk__in=locked.kept["cases"], customer=locked.stays_id).order_by("pk")
        for case in readable.values_list("pk", flat=True):
            _give_back(by, case, locked.gone_id, now)
        stays = own_contacts(by).select_for_update(of=("self",)).filter(customer=locked.stays_id).first()
        if stays is not None:
            _empty(stays, locked.kept["filled"])
        locked.undone_at, locked.undone_by_id = now, by.person_id
        locked.save(update_fields=["undone_at", "undone_by"])
        trail.record("customer.merging_undone", locked.stays, by=by, organisation_id=organisation_id, at=now, gone=locked.gone_id)
    return locked


def _organisation(by: Actor) -> int:
    ours = [each.organisation_id for each in by.seats if each.organisation_id]
    found = next((each for each in ours if may(by, Right.HANDLE_CASES, organisation_id=each)), None)
    if found is None or by.person_id is None:
        raise NotAllowed
    return found


def _locked(by: Actor, *customers: int) -> list[Contact]:
    """Both records, in the order of their keys. Raises NotFound."""
    found = list(own_contacts(by).select_for_update(of=("self",)).select_related("customer").filter(customer__in=customers).order_by("pk"))
    if {each.customer_id for each in found} != set(customers):
        raise NotFound
    return found


def _name(work: Work, contact: Contact) -> None:
    """The case is this customer's from now on; the queue sorts by her name where no company stands for her."""
    case = work.case
    case.customer = contact.customer
    case.save(update_fields=["customer"])
    if not case.company_shown:
        Leg.objects.filter(case=case).update(customer_key=finnish_key(contact.name))
    work.record("case.customer_merged")


def _give_back(by: Actor, case_id: int, customer_id: int, at: datetime) -> None:
    """The record that went is read by nobody of us while it has no matter of ours, so its own door opens it for this."""
    principal = Customer.objects.values_list("principal", flat=True).get(pk=customer_id)
    with act_as(replace(by, principals=(*by.principals, principal))), work_on_all([case_id], by=by, at=at) as works:
        Case.objects.filter(pk=case_id).update(customer=customer_id)
        contact = Contact.objects.filter(customer=customer_id).first()
        if contact is not None and not works[0].case.company_shown:
            Leg.objects.filter(case=case_id).update(customer_key=finnish_key(contact.name))
        works[0].record("case.customer_parted")


def _fill(gone: Contact, stays: Contact) -> dict[str, str]:
    """What only the record that goes tells: field and value."""
    filled = {name: str(getattr(gone, name)) for name in FILLED if getattr(gone, name) and not getattr(stays, name)}
    for name, value in filled.items():
        setattr(stays, name, value)
    _save(stays, filled)
    return filled


def _empty(stays: Contact, filled: dict[str, str]) -> None:
    same = {name: value for name, value in filled.items() if getattr(stays, name) == value}
    for name in same:
        setattr(stays, name, "")
    _save(stays, same)


def _save(contact: Contact, changed: dict[str, str]) -> None:
    if changed:
        contact.email_key, contact.phone_key = email_key(contact.email), phone_key(contact.phone)
        contact.save(update_fields=[*changed, "email_key", "phone_key"])
