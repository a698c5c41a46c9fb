"""A customer gets a shepherd, another one, or none any more; and what she lets him do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.access import can_buy
from luukku.customers.enums import ConsentWay, Mandate, ShepherdEnd
from luukku.customers.models import Customer, Shepherd, ShepherdContract, ShepherdMandate
from luukku.desk.access.links import require_customer
from luukku.desk.actions.work import Work, work_on
from luukku.desk.models import Case
from luukku.network.enums import Right, Role, roles_with
from luukku.network.models import Seat


@dataclass(frozen=True)
class Keeping:
    """Who is to keep a customer, from when to when, and what she has agreed to: a moment and a way for all of `mandates`.

    `contract` for a bought-in shepherd. `of_company`: her matters of the case's company only.
    """

    seat: Seat
    mandates: Collection[str]
    way: str
    agreed_at: datetime
    contract: ShepherdContract | None = None
    ends_at: datetime | None = None
    of_company: bool = False


def give_shepherd(*, by: Actor, case: Case, keeping: Keeping, at: datetime | None = None) -> Shepherd:
    """The case's customer gets a shepherd; one whom she had keeps her no more. She, he and the former one are told.

    By those who handle a case of hers; a bought-in one by those who buy. Raises NotAllowed, RuleBroken with the field to mend.
    """
    with work_on(case.pk, by=by, at=at) as work:
        work.leg()
        customer_id = work.case.customer_id
        if customer_id is None or by.person_id is None:
            raise RuleBroken(_("Write down first who the customer is."))
        _check(by, work, keeping)
        Customer.objects.select_for_update().get(pk=customer_id)
        former = Shepherd.objects.to_come_or_in_force().filter(customer_id=customer_id).first()
        if former is not None and former.person_id == keeping.seat.person_id and former.seat_id == keeping.seat.pk:
            raise RuleBroken(_("The customer has this shepherd already."), field="who")
        if former is not None:
            _close(work, former, ShepherdEnd.CHANGED)
        given = _make(work, keeping, customer_id, by.person_id)
        work.record("case.shepherd_given", shepherd=given.pk, to=given.person_id, bought=keeping.contract is not None)
        work.tell("desk.shepherd", shepherd=given.pk)
        mail.queue("desk.shepherd_yours", work.case, person=given.person_id, shepherd=given.pk)
        return given


def _make(work: Work, keeping: Keeping, customer_id: int, decided_by: int) -> Shepherd:
    seat, case = keeping.seat, work.case
    ends_at = keeping.ends_at
    assert seat.organisation_id is not None  # checked
    if keeping.contract is not None:
        ends_at = min(filter(None, (ends_at, keeping.contract.ends_at)))
    try:
        with transaction.atomic():
            given = Shepherd.objects.create(
                customer_id=customer_id, business_id=case.business_id if keeping.of_company else "", person_id=seat.person_id, seat=seat,
                organisation_id=seat.organisation_id, contract=keeping.contract, starts_at=work.at, ends_at=ends_at, decided_by_id=decided_by,
                decided_at=work.at,
            )  # fmt: skip
    except IntegrityError as error:
        if "one_shepherd_of" not in str(error):
            raise
        raise RuleBroken(_("This company has another shepherd already. One trusted person keeps it at a time."), field="who") from None
    for kind in Mandate.values:
        if kind in keeping.mandates:
            ShepherdMandate.objects.create(shepherd=given, kind=kind, agreed_at=keeping.agreed_at, way=keeping.way)
    return given


def _check(by: Actor, work: Work, keeping: Keeping) -> None:
    seat, contract = keeping.seat, keeping.contract
    if seat.organisation_id is None or seat.role not in roles_with(Right.KEEP_CUSTOMERS):
        raise RuleBroken(_("Choose somebody whose work it is to keep customers."), field="who")
    if contract is None and (seat.role == Role.SHEPHERD or seat.organisation_id not in by.organisation_ids):
        raise RuleBroken(_("Somebody of another organisation keeps customers by a contract. Choose the contract too."), field="who")
    if contract is not None:
        if not can_buy(by, buyer_id=contract.buyer_id, region_id=contract.region_id):
            raise NotAllowed
        if contract.provider_id != seat.organisation_id or contract.region_id != work.case.region_id or contract.ends_at <= work.at:
            raise RuleBroken(_("The contract does not cover this. Choose one that is in force here."), field="who")
    if not keeping.mandates or not set(keeping.mandates) <= set(Mandate.values):
        raise RuleBroken(_("Choose what the customer lets their shepherd do."), field="mandates")
    if Mandate.SEE not in keeping.mandates:
        raise RuleBroken(_("Whoever writes or chases for the customer must see the matters too."), field="mandates")
    if keeping.way not in ConsentWay.values or keeping.way == ConsentWay.PAGE:
        raise RuleBroken(_("Choose how the customer agreed."), field="way")
    if keeping.agreed_at > work.at:
        raise RuleBroken(_("This day is still to come. Write the day on which the customer agreed."), field="agreed_on")
    if keeping.ends_at is not None and keeping.ends_at <= work.at:
        raise RuleBroken(_("The day has passed already. Choose a day to come, or leave it empty."), field="last_day")


def end_shepherd(*, by: Actor, case: Case, shepherd: Shepherd, at: datetime | None = None) -> Shepherd:
    """He keeps her no more and sees nothing of hers from now on. By the customer, those who handle a case of hers, or he himself.

    Ending twice does nothing more. Raises NotAllowed.
    """
    with work_on(case.pk, by=by, at=at) as work:
        locked = _locked(work, shepherd)
        hers = _is_customer(by, work)
        if not hers and locked.principal not in by.principals:
            work.leg()
        if not locked.is_over:
            if not hers:
                work.tell("desk.shepherd", shepherd=locked.pk)
            _close(work, locked, ShepherdEnd.CUSTOMER if hers else ShepherdEnd.US)
        return locked


def set_mandate(*, by: Actor, case: Case, shepherd: Shepherd, kind: str, allowed: bool, at: datetime | None = None) -> None:
    """The customer herself lets her shepherd do one thing more, or one less; without seeing he does nothing. Raises NotAllowed."""
    with work_on(case.pk, by=by, at=at) as work:
        locked = _locked(work, shepherd)
        require_customer(by, work.case)
        if kind not in Mandate.values or locked.is_over:
            raise NotAllowed
        held = ShepherdMandate.objects.filter(shepherd=locked, ended_at=None)
        if allowed:
            for each in {Mandate.SEE, kind} - set(held.values_list("kind", flat=True)):
                ShepherdMandate.objects.create(shepherd=locked, kind=each, agreed_at=work.at, way=ConsentWay.PAGE)
        else:
            (held if kind == Mandate.SEE else held.filter(kind=kind)).update(ended_at=work.at)
        work.record("case.mandate", shepherd=locked.pk, kind=kind, allowed=allowed)


def _close(work: Work, shepherd: Shepherd, end: ShepherdEnd) -> None:
    shepherd.ended_at, shepherd.end = work.at, end
    shepherd.save(update_fields=["ended_at", "end"])
    work.record("case.shepherd_ended", shepherd=shepherd.pk, to=shepherd.person_id, cause=end.value)
    mail.queue("desk.shepherd_ended", work.case, person=shepherd.person_id, shepherd=shepherd.pk)


def _locked(work: Work, shepherd: Shepherd) -> Shepherd:
    found = Shepherd.objects.select_for_update().filter(pk=shepherd.pk).first()
    if found is None or found.customer_id != work.case.customer_id:
        raise NotAllowed
    return found


def _is_customer(by: Actor, work: Work) -> bool:
    try:
        require_customer(by, work.case)
    except NotAllowed:
        return False
    return True
