"""Contracts on bought-in shepherds: agreed, changed, ended. Nothing is deleted; what changes leaves an event."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.customers.access import can_buy
from luukku.customers.enums import PriceFor
from luukku.customers.models import ShepherdContract
from luukku.network.access import require
from luukku.network.models import Organisation, Region

MOST_HOURS = 10_000


@dataclass(frozen=True)
class Terms:
    """What is agreed: hours, price in euros, with or without value added tax."""

    reference: str
    first_day: date
    last_day: date
    hours: Decimal
    price: Decimal
    price_for: str
    with_vat: bool

    @property
    def minutes(self) -> int:
        return int(self.hours * 60)


def agree_contract(
    *, by: Actor, region: Region, buyer: Organisation, provider: Organisation, terms: Terms, at: datetime | None = None
) -> ShepherdContract:
    """A new contract. Raises NotAllowed, RuleBroken with the field to mend."""
    require(can_buy(by, buyer_id=buyer.pk, region_id=region.pk))
    if buyer.pk == provider.pk:
        raise RuleBroken(_("The buyer and the provider are two."), field="provider")
    if buyer.deactivated_at or provider.deactivated_at:
        raise RuleBroken(_("This organisation has left the network."), field="provider")
    _check(terms)
    with transaction.atomic():
        contract = ShepherdContract(region=region, buyer=buyer, provider=provider, created_at=at or timezone.now())
        _write(contract, terms)
        _tell("agreed", contract, by, at)
    return contract


def change_contract(*, by: Actor, contract: ShepherdContract, terms: Terms, at: datetime | None = None) -> ShepherdContract:
    """Other terms; a later last day lets its shepherds go on. Raises NotAllowed, RuleBroken for an ended one or impossible terms."""
    require(can_buy(by, buyer_id=contract.buyer_id, region_id=contract.region_id))
    _check(terms)
    with transaction.atomic():
        locked = _locked(contract)
        if terms.minutes < locked.minutes_used:
            raise RuleBroken(_("More hours than this have been used already."), field="hours")
        if terms.last_day != locked.last_day:
            locked.warned_at = None
        _write(locked, terms)
        _tell("changed", locked, by, at, last_day=terms.last_day, minutes=terms.minutes)
    return locked


def end_contract(*, by: Actor, contract: ShepherdContract, last_day: date, at: datetime | None = None) -> ShepherdContract:
    """It ends before its time, at the end of this day; its shepherds see nothing after it. Raises NotAllowed, RuleBroken."""
    require(can_buy(by, buyer_id=contract.buyer_id, region_id=contract.region_id))
    with transaction.atomic():
        locked = _locked(contract)
        if not timezone.localdate(at) <= last_day <= locked.last_day:
            raise RuleBroken(_("Choose a day from today to the contract's last day."), field="last_day")
        locked.ended_on = last_day
        locked.save(update_fields=["ended_on"])
        _tell("ended", locked, by, at, last_day=last_day)
    return locked


def _locked(contract: ShepherdContract) -> ShepherdContract:
    locked = ShepherdContract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if locked.ended_on is not None:
        raise RuleBroken(_("This contract has been ended. Make a new one."))
    return locked


def _check(terms: Terms) -> None:
    if not terms.reference.strip():
        raise RuleBroken(_("Write the contract's number or name."), field="reference")
    if terms.last_day < terms.first_day:
        raise RuleBroken(_("The last day is before the first one."), field="last_day")
    if not 0 < terms.hours <= MOST_HOURS:
        raise RuleBroken(_("Write how many hours are agreed: more than none, at most ten thousand."), field="hours")
    if terms.price < 0:
        raise RuleBroken(_("Write the price in euros, none for free work."), field="price")
    if terms.price_for not in PriceFor.values:
        raise RuleBroken(_("Choose what the price is for."), field="price_for")


def _write(contract: ShepherdContract, terms: Terms) -> None:
    contract.reference = " ".join(terms.reference.split())[:40]
    contract.first_day, contract.last_day, contract.minutes = terms.first_day, terms.last_day, terms.minutes
    contract.price, contract.price_for, contract.with_vat = terms.price, terms.price_for, terms.with_vat
    try:
        with transaction.atomic():
            contract.save()
    except IntegrityError as error:
        if "contract_reference_once" not in str(error):
            raise
        raise RuleBroken(_("The buyer has a contract with this number already."), field="reference") from None


def _tell(what: str, contract: ShepherdContract, by: Actor, at: datetime | None, **facts: date | int) -> None:
    trail.record(
        f"shepherd_contract.{what}", contract, by=by, region_id=contract.region_id, organisation_id=contract.buyer_id, at=at,
        provider=contract.provider_id, **facts,
    )  # fmt: skip
