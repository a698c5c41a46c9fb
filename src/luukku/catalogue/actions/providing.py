"""Who gives which service in a region, and whom to contact there."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from luukku.catalogue.access import can_choose_primary, can_provide, can_reach_out
from luukku.catalogue.enums import Validity
from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.models.services import ServiceProviderQuerySet
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network.access import require
from luukku.network.actions.writing import writing
from luukku.network.models import Organisation, Person, Region
from luukku.network.queries.people import people_at


def provide(*, by: Actor, service: Service, organisation: Organisation, region: Region, person: Person | None = None) -> ServiceProvider:
    """Say that an organisation gives a service in a region, and whom to contact; the first one becomes primarily responsible.

    For the organisation's editors and the region's coordinator; said again it names another person. Raises NotAllowed, RuleBroken for a
    card out of use, when the organisation takes no part in the region, and for somebody who has no seat in it.
    """
    require(can_provide(by, organisation.pk, region.pk))
    if service.deactivated_at:
        raise RuleBroken(_("The card is out of use."))
    if organisation.deactivated_at or not organisation.participations.filter(region=region, valid_until=None).exists():
        raise RuleBroken(_("The organisation takes no part in this region."), field="part")
    _belongs(organisation, person)
    with writing("service.provide", by=by):
        _one_at_a_time(service)
        values = {"person": person, "from_elsewhere": False}
        given, _new = ServiceProvider.objects.update_or_create(service=service, organisation=organisation, region=region, defaults=values)
        if not _given(given).filter(is_primary=True).exists():
            _set_primary(given)
        record("service.provided", service, by=by, region_id=region.pk, organisation_id=organisation.pk, primary=given.is_primary)
    return given


def serve_from_elsewhere(
    *, by: Actor, service: Service, organisation: Organisation, regions: Sequence[Region], person: Person | None = None
) -> list[ServiceProvider]:
    """Say that an organisation serves regions of which it is no party. It is never primarily responsible there unless the region settles so.
    A regional card of its own holds in them from then on.

    For its own editors and those who keep the network; each region's coordinator may end it. Raises NotAllowed, RuleBroken for no region, a card
    or an organisation out of use, a region of which it is a party, and for somebody who has no seat in the organisation.
    """
    require(can_reach_out(by, organisation.pk))
    if service.deactivated_at:
        raise RuleBroken(_("The card is out of use."))
    if not regions or organisation.deactivated_at:
        raise RuleBroken(_("Choose at least one region."), field="regions")
    if organisation.participations.filter(region__in=[region.pk for region in regions], valid_until=None).exists():
        raise RuleBroken(_("The organisation takes part in one of these regions. Add it there as a party."), field="regions")
    _belongs(organisation, person)
    with writing("service.reach", by=by):
        _one_at_a_time(service)
        made = []
        for region in regions:
            values = {"person": person, "from_elsewhere": True}
            given, _new = ServiceProvider.objects.update_or_create(service=service, organisation=organisation, region=region, defaults=values)
            record("service.reached", service, by=by, region_id=region.pk, organisation_id=organisation.pk)
            made.append(given)
        if service.validity == Validity.REGION and service.owner_id == organisation.pk:
            service.places = sorted({*service.places, *(region.pk for region in regions)})
            service.save(update_fields=["places"])
    return made


def name_contact(*, by: Actor, provider: ServiceProvider, person: Person | None) -> None:
    """Name the person whom customers contact there, or nobody. Raises NotAllowed, RuleBroken for somebody who has no seat in the organisation."""
    require(can_provide(by, provider.organisation_id, provider.region_id))
    _belongs(provider.organisation, person)
    with writing("service.contact", by=by):
        provider.person = person
        provider.save(update_fields=["person"])
        contact, place = person.pk if person else None, provider.region_id
        record("service.contact_named", provider.service, by=by, region_id=place, organisation_id=provider.organisation_id, contact=contact)


def stop_providing(*, by: Actor, provider: ServiceProvider) -> None:
    """The organisation gives the service in the region no more; another one that does becomes primarily responsible. Raises NotAllowed."""
    require(can_provide(by, provider.organisation_id, provider.region_id))
    with writing("service.stop", by=by):
        _one_at_a_time(provider.service)
        record("service.no_longer_provided", provider.service, by=by, region_id=provider.region_id, organisation_id=provider.organisation_id)
        others = _given(provider).exclude(pk=provider.pk)
        provider.delete()
        heir = others.filter(from_elsewhere=False).order_by("id").first()
        if heir is not None and not others.filter(is_primary=True).exists():
            _set_primary(heir)
            record("service.primary", heir.service, by=by, region_id=heir.region_id, organisation_id=heir.organisation_id)


def make_primary(*, by: Actor, provider: ServiceProvider) -> None:
    """Make a provider primarily responsible in its region: for the coordinator. Raises NotAllowed, RuleBroken when it takes part no more."""
    require(can_choose_primary(by, provider.region_id))
    with writing("service.primary", by=by):
        _one_at_a_time(provider.service)
        if not _given(provider).filter(pk=provider.pk).exists():
            raise RuleBroken(_("The organisation takes no part in this region."))
        _set_primary(provider)
        record("service.primary", provider.service, by=by, region_id=provider.region_id, organisation_id=provider.organisation_id)


def _given(provider: ServiceProvider) -> ServiceProviderQuerySet:
    """Who gives the same service in the same region today."""
    return ServiceProvider.objects.giving().filter(service=provider.service_id, region=provider.region_id)


def _set_primary(provider: ServiceProvider) -> None:
    """Of all rows, so that one whose organisation has left the region does not hold the place."""
    ServiceProvider.objects.filter(service=provider.service_id, region=provider.region_id, is_primary=True).update(is_primary=False)
    provider.is_primary = True
    provider.save(update_fields=["is_primary"])


def _one_at_a_time(service: Service) -> None:
    """Two who settle at once who is primarily responsible wait for each other."""
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)


def _belongs(organisation: Organisation, person: Person | None) -> None:
    if person is not None and not people_at(organisation).filter(pk=person.pk).exists():
        raise RuleBroken(_("Choose somebody who has a seat in the organisation."), field="person")
