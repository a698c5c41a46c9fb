"""Organisations come into the network, change, and leave it. Nothing is deleted: what has ended stays readable."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.business_id import is_business_id
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.access.representing import can_edit_details
from luukku.network.actions.holding import check_holds
from luukku.network.actions.representing import end_all_of
from luukku.network.actions.writing import end_spells, writing
from luukku.network.models import Desk, Municipality, Organisation, OrganisationType, Participation, Premises, Region, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """What an organisation tells of itself."""

    type: OrganisationType
    name_fi: str
    name_sv: str = ""
    name_en: str = ""
    short_name: str = ""
    business_id: str = ""
    parent: Organisation | None = None
    role_text_fi: str = ""
    role_text_sv: str = ""
    role_text_en: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesDetails:
    """A place where customers can come."""

    name: str
    street: str = ""
    postal_code: str = ""
    municipality: Municipality | None = None
    hours_text_fi: str = ""
    hours_text_sv: str = ""
    hours_text_en: str = ""


def create_organisation(
    *, by: Actor, details: OrganisationDetails, region: Region | None = None, code: str = "", is_sample: bool = False
) -> Organisation:
    """A new organisation; with a region it takes part there from today. A coordinator may create parties of her region only.

    `code` is its lasting address and is made of the name when not given. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_network(by) or (region is not None and access.can_edit_region(by, region.pk)))
    _check(details)
    with writing("organisation.create", by=by):
        organisation = Organisation.objects.create(code=_free_code(code or details.name_fi), is_sample=is_sample, **_columns(details))
        if region:
            Participation.objects.create(organisation=organisation, region=region, valid_from=timezone.localdate())
        record("organisation.created", organisation, by=by, region_id=region.pk if region else None, organisation_id=organisation.pk)
    return organisation


def edit_organisation(*, by: Actor, organisation: Organisation, details: OrganisationDetails) -> Organisation:
    """Change what an organisation tells of itself, its name included; its code stays. Raises NotAllowed, RuleBroken."""
    access.require(can_edit_details(by, organisation))
    _check(details, organisation)
    columns = _columns(details)
    changed = [name for name, value in columns.items() if getattr(organisation, name) != value]
    if not changed:
        return organisation
    with writing("organisation.edit", by=by):
        for name in changed:
            setattr(organisation, name, columns[name])
        organisation.save(update_fields=changed)
        verb = "organisation.renamed" if any(name.startswith("name_") for name in changed) else "organisation.edited"
        record(verb, organisation, by=by, organisation_id=organisation.pk, fields=len(changed))
    return organisation


def deactivate_organisation(*, by: Actor, organisation: Organisation) -> None:
    """Take an organisation out of the network: its seats, parts in regions, acting for others and desks end today; everything stays readable.

    Refused while it keeps a region's front desk, has active units, or something above holds it (open cases). Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_deactivate_organisation(by, organisation.pk))
    if organisation.deactivated_at:
        return
    desks = list(organisation.desks.filter(deactivated_at=None).select_related("region"))
    if front := next((desk for desk in desks if desk.is_front), None):
        raise RuleBroken(_("It keeps the front desk of %(region)s. Give the front desk to another organisation first.") % {"region": front.region})
    if organisation.units.filter(deactivated_at=None).exists():
        raise RuleBroken(_("It has units of its own. Deactivate them or move them to another organisation first."))
    check_holds("network.organisation", organisation.pk)
    for desk in desks:
        check_holds("network.desk", desk.pk)
    now = timezone.now()
    with writing("organisation.deactivate", by=by):
        end_spells(Seat.objects.filter(organisation=organisation))
        end_spells(Participation.objects.filter(organisation=organisation))
        end_all_of(organisation)
        Desk.objects.filter(pk__in=[desk.pk for desk in desks]).update(deactivated_at=now)
        organisation.deactivated_at = now
        organisation.save(update_fields=["deactivated_at"])
        record("organisation.deactivated", organisation, by=by, organisation_id=organisation.pk, desks=len(desks))


def reactivate_organisation(*, by: Actor, organisation: Organisation) -> None:
    """Bring a deactivated organisation back, without seats, desks or regions: those are given anew. For the network's keepers."""
    access.require(access.can_edit_network(by))
    if not organisation.deactivated_at:
        return
    with writing("organisation.reactivate", by=by):
        organisation.deactivated_at = None
        organisation.save(update_fields=["deactivated_at"])
        record("organisation.reactivated", organisation, by=by, organisation_id=organisation.pk)


def join_region(*, by: Actor, organisation: Organisation, region: Region, since: date | None = None) -> Participation:
    """The organisation takes part in the region from `since` (today). The coordinator decides. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_region(by, region.pk) or access.can_edit_network(by))
    if organisation.deactivated_at:
        raise RuleBroken(_("The organisation has left the network."))
    if Participation.objects.filter(organisation=organisation, region=region, valid_until=None).exists():
        raise RuleBroken(_("It takes part in the region already."))
    with writing("organisation.join", by=by):
        found = Participation.objects.create(organisation=organisation, region=region, valid_from=since or timezone.localdate())
        record("organisation.joined", organisation, by=by, region_id=region.pk, organisation_id=organisation.pk)
    return found


def leave_region(*, by: Actor, organisation: Organisation, region: Region) -> None:
    """The organisation's part in the region ends today.

    Its desk there must be closed first. Something above that holds it keeps people from ending it, but not the house, which ends what an agreement
    has ended. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_region(by, region.pk) or access.can_edit_organisation(by, organisation.pk))
    if organisation.desks.filter(region=region, deactivated_at=None).exists():
        raise RuleBroken(_("It has a desk in the region. Close the desk first."))
    parts = Participation.objects.filter(organisation=organisation, region=region)
    for pk in parts.filter(valid_until=None).values_list("pk", flat=True) if by.kind != "house" else ():
        check_holds("network.participation", pk)
    with writing("organisation.leave", by=by):
        end_spells(parts)
        end_spells(Seat.objects.filter(organisation=organisation, region=region))
        record("organisation.left", organisation, by=by, region_id=region.pk, organisation_id=organisation.pk)


def add_premises(*, by: Actor, organisation: Organisation, details: PremisesDetails) -> Premises:
    """A place where the organisation serves. Raises NotAllowed."""
    access.require(access.can_edit_organisation(by, organisation.pk))
    with writing("premises.add", by=by):
        premises = Premises.objects.create(organisation=organisation, **_columns(details))
        record("premises.added", premises, by=by, organisation_id=organisation.pk)
    return premises


def edit_premises(*, by: Actor, premises: Premises, details: PremisesDetails) -> Premises:
    """Raises NotAllowed."""
    access.require(access.can_edit_organisation(by, premises.organisation_id))
    with writing("premises.edit", by=by):
        for name, value in _columns(details).items():
            setattr(premises, name, value)
        premises.save()
        record("premises.edited", premises, by=by, organisation_id=premises.organisation_id)
    return premises


def close_premises(*, by: Actor, premises: Premises) -> None:
    """Nobody is served there any more. Raises NotAllowed."""
    access.require(access.can_edit_organisation(by, premises.organisation_id))
    with writing("premises.close", by=by):
        premises.deactivated_at = timezone.now()
        premises.save(update_fields=["deactivated_at"])
        record("premises.closed", premises, by=by, organisation_id=premises.organisation_id)


def reopen_premises(*, by: Actor, premises: Premises) -> None:
    """The place serves again. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_organisation(by, premises.organisation_id))
    if premises.deactivated_at is None:
        return
    if premises.organisation.deactivated_at:
        raise RuleBroken(_("The organisation has left the network."))
    with writing("premises.reopen", by=by):
        premises.deactivated_at = None
        premises.save(update_fields=["deactivated_at"])
        record("premises.reopened", premises, by=by, organisation_id=premises.organisation_id)


def _check(details: OrganisationDetails, organisation: Organisation | None = None) -> None:
    if details.business_id and not is_business_id(details.business_id):
        raise RuleBroken(_("This is not a business ID. It looks like 1234567-8; check the digits."), field="business_id")
    if organisation is not None:
        check_parent(organisation, details.parent)


def check_parent(organisation: Organisation, parent: Organisation | None) -> None:
    """Raise RuleBroken when it would be a part of itself."""
    ancestor, steps = parent, 0
    while ancestor is not None and steps < 10:
        if ancestor.pk == organisation.pk:
            raise RuleBroken(_("An organisation cannot be a part of itself."), field="parent")
        ancestor, steps = ancestor.parent, steps + 1


def _columns(details: OrganisationDetails | PremisesDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in details.__dataclass_fields__}


def _free_code(text: str) -> str:
    base = slugify(text)[:50].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(code__startswith=base).values_list("code", flat=True))
    return base if base not in taken else next(code for number in range(2, 10_000) if (code := f"{base}-{number}") not in taken)
