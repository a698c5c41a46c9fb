"""Who gives which service in a region, and whom to contact there."""

from django.utils.translation import gettext as _

from luukku.catalogue.access import can_choose_primary, can_provide
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
        given, _new = ServiceProvider.objects.update_or_create(service=service, organisation=organisation, region=region, defaults={"person": person})
        if not _given(given).filter(is_primary=True).exists():
            _set_primary(given)
        record("service.provided", service, by=by, region_id=region.pk, organisation_id=organisation.pk, primary=given.is_primary)
    return given


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
        heir = others.order_by("id").first()
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
