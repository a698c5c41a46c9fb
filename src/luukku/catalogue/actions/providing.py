"""Who gives which service in a region."""

from django.utils.translation import gettext as _

from luukku.catalogue.models import Service, ServiceProvider
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.trail import record
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Organisation, Person, Region


def provide(*, by: Actor, service: Service, organisation: Organisation, region: Region, person: Person | None = None) -> ServiceProvider:
    """Say that an organisation gives a service in a region, and whom to contact; the first one becomes primarily responsible.

    For the organisation's editors and the region's coordinator. Raises NotAllowed, RuleBroken when it takes no part in the region.
    """
    _require(by, organisation, region)
    if not organisation.participations.filter(region=region, valid_until=None).exists():
        raise RuleBroken(_("The organisation takes no part in this region."))
    first = not ServiceProvider.objects.filter(service=service, region=region, is_primary=True).exists()
    provider, created = ServiceProvider.objects.get_or_create(
        service=service, organisation=organisation, region=region, defaults={"person": person, "is_primary": first}
    )
    if not created:
        provider.person = person
        provider.save(update_fields=["person"])
    record("service.provided", service, by=by, region_id=region.pk, organisation_id=organisation.pk, primary=provider.is_primary)
    return provider


def stop_providing(*, by: Actor, provider: ServiceProvider) -> None:
    """The organisation gives the service in the region no more; another provider becomes primary. Raises NotAllowed."""
    _require(by, provider.organisation, provider.region)
    service, region, was_primary = provider.service, provider.region, provider.is_primary
    record("service.no_longer_provided", service, by=by, region_id=region.pk, organisation_id=provider.organisation_id)
    provider.delete()
    heir = ServiceProvider.objects.filter(service=service, region=region).first() if was_primary else None
    if heir is not None:
        make_primary(by=by, provider=heir, checked=True)


def make_primary(*, by: Actor, provider: ServiceProvider, checked: bool = False) -> None:
    """Make a provider primarily responsible in its region: for the coordinator. Raises NotAllowed."""
    if not checked and by.kind != "house" and not may(by, Right.EDIT_REGION, region_id=provider.region_id):
        raise NotAllowed
    ServiceProvider.objects.filter(service=provider.service, region=provider.region, is_primary=True).update(is_primary=False)
    provider.is_primary = True
    provider.save(update_fields=["is_primary"])
    record("service.primary", provider.service, by=by, region_id=provider.region_id, organisation_id=provider.organisation_id)


def _require(by: Actor, organisation: Organisation, region: Region) -> None:
    allowed = may(by, Right.EDIT_CARDS, organisation_id=organisation.pk) or may(by, Right.EDIT_REGION, region_id=region.pk)
    if not allowed and by.kind != "house":
        raise NotAllowed
