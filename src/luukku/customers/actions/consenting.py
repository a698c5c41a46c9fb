"""A customer agrees, and takes it back: written down by herself, or by whoever handles a matter of hers. Nothing is changed or deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.access import consent_text, own_contacts
from luukku.customers.enums import ConsentKind, ConsentScope, GivenBy
from luukku.customers.models import Consent
from luukku.network.access import visible_organisations
from luukku.network.enums import LanguageCode
from luukku.network.models import Organisation, Region

BY_HERSELF = (GivenBy.LINK, GivenBy.PAGE, GivenBy.FORM)


@dataclass(frozen=True)
class Agreement:
    """What a customer agrees to. `organisations` are keys, for those that she names; `matter` a case's key, for this matter only.

    `given_at` is when she said so, where that was written down later.
    """

    kind: str
    way: str
    scope: str = ""
    organisations: Collection[int] = ()
    matter: int | None = None
    language: str = LanguageCode.FI
    given_at: datetime | None = None


def give_consent(*, by: Actor, customer_id: int, region: Region, agreement: Agreement, at: datetime | None = None) -> Consent:
    """The customer agrees to the newest text; a former consent to the same in this region ends. The database opens what it opens at once.

    Raises NotAllowed, RuleBroken with the field to mend.
    """
    now = at or timezone.now()
    given_at = agreement.given_at or now
    with transaction.atomic():
        _locked(by, customer_id)
        _check(by, agreement, now)
        named = _named(by, region, agreement)
        former = Consent.objects.in_force().filter(customer_id=customer_id, kind=agreement.kind, region=region, matter=agreement.matter)
        for each in former.select_for_update():
            _end(each, by=by, way=agreement.way, at=max(now, each.given_at))
        text = consent_text(agreement.kind)
        consent = Consent.objects.create(
            customer_id=customer_id, kind=agreement.kind, region=region, scope=agreement.scope, organisations=named, matter=agreement.matter,
            text=text, language=agreement.language, given_at=given_at, way=agreement.way, recorded_by_id=by.person_id, recorded_at=now,
        )  # fmt: skip
        trail.record(
            "consent.given", consent, by=by, region_id=region.pk, at=now, customer=customer_id, kind=consent.kind, scope=consent.scope,
            way=consent.way, version=text.version, organisations=len(named),
        )  # fmt: skip
    return consent


def withdraw_consent(*, by: Actor, consent: Consent, way: str, at: datetime | None = None) -> Consent:
    """It ends now, and with it what it opened, in the same transaction. Ending twice does nothing more. Raises NotAllowed."""
    now = at or timezone.now()
    with transaction.atomic():
        _locked(by, consent.customer_id)
        if (way in BY_HERSELF) is by.is_staff or way not in GivenBy.values:
            raise NotAllowed
        locked = Consent.objects.select_for_update().get(pk=consent.pk)
        if locked.withdrawn_at is None:
            _end(locked, by=by, way=way, at=max(now, locked.given_at))
    return locked


def _end(consent: Consent, *, by: Actor, way: str, at: datetime) -> None:
    consent.withdrawn_at, consent.withdrawal_way, consent.withdrawal_by_id = at, way, by.person_id
    consent.save(update_fields=["withdrawn_at", "withdrawal_way", "withdrawal_by"])
    trail.record(
        "consent.withdrawn", consent, by=by, region_id=consent.region_id, at=at, customer=consent.customer_id, kind=consent.kind,
        scope=consent.scope, way=way,
    )  # fmt: skip


def _locked(by: Actor, customer_id: int) -> None:
    """Her contact data, locked first by everybody who changes what is passed on. Raises NotAllowed unless the actor is she, or handles her."""
    if by.kind not in ("customer", "link", "person", "house") or own_contacts(by).select_for_update().filter(customer_id=customer_id).first() is None:
        raise NotAllowed


def _check(by: Actor, agreement: Agreement, now: datetime) -> None:
    passing = agreement.kind == ConsentKind.PASSING
    if agreement.kind not in ConsentKind.values or (passing and agreement.scope not in ConsentScope.values) or (not passing and agreement.scope):
        raise RuleBroken(_("Choose to whom your data may be passed on."), field="scope")
    if agreement.way not in GivenBy.values or (agreement.way in BY_HERSELF) is by.is_staff:
        raise RuleBroken(_("Choose how the customer agreed."), field="way")
    if agreement.given_at is not None and agreement.given_at > now:
        raise RuleBroken(_("This day is still to come. Write the day on which the customer agreed."), field="given_on")


def _named(by: Actor, region: Region, agreement: Agreement) -> list[int]:
    """The keys of the organisations that she names, each a party of the region's network today."""
    if agreement.scope != ConsentScope.NAMED:
        return []
    parties = visible_organisations(by).filter(pk__in=agreement.organisations) & Organisation.objects.in_region(region.pk)
    found = sorted(set(parties.values_list("pk", flat=True)))
    if not found or len(found) != len(set(agreement.organisations)):
        raise RuleBroken(_("Choose at least one organisation of the network."), field="organisations")
    return found
