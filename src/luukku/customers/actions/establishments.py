"""Places of business of a company by their own names, kept by those who handle cases: people say the shop's name."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.customers import access
from luukku.customers.models import Company, Establishment
from luukku.network.access import require
from luukku.network.models import Municipality


@dataclass(frozen=True)
class Place:
    """An establishment as it is written down; the municipality by its code, empty if not known."""

    name: str
    municipality: str = ""
    address: str = ""


def add_establishment(*, by: Actor, company: Company, place: Place) -> Establishment:
    """Raises NotAllowed, RuleBroken with the field."""
    require(access.can_edit_companies(by))
    name = " ".join(place.name.split())
    if not name:
        raise RuleBroken(_("Write the name that people know the place by."), field="name")
    municipality = Municipality.objects.filter(code=place.municipality, valid_until=None).first() if place.municipality else None
    if place.municipality and municipality is None:
        raise RuleBroken(_("There is no such municipality today."), field="municipality")
    if Establishment.objects.filter(company=company, name__iexact=name, municipality=municipality, closed_on=None).exists():
        raise RuleBroken(_("This place is there already."), field="name")
    with transaction.atomic():
        made = Establishment.objects.create(
            company=company, name=name[:200], municipality=municipality, address=place.address.strip()[:200], person_id=by.person_id,
            organisation_id=by.seats[0].organisation_id if by.seats else None,
        )  # fmt: skip
        trail.record("company.place_added", company, by=by, establishment=made.pk)
    return made


def close_establishment(*, by: Actor, establishment: Establishment) -> None:
    """It is there no more; its name still finds the company. Raises NotAllowed."""
    require(access.can_edit_companies(by))
    with transaction.atomic():
        if Establishment.objects.filter(pk=establishment.pk, closed_on=None).update(closed_on=timezone.localdate()):
            trail.record("company.place_closed", establishment.company, by=by, establishment=establishment.pk)
