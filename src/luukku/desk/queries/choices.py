"""What a screen of the desk lets one choose from: colleagues, municipalities, services. One statement."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.finnish import finnish_key
from luukku.core.translated import best
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Municipality, Person, Seat

_HANDLING = roles_with(Right.HANDLE_CASES)


@dataclass(frozen=True)
class Choices:
    """Pairs of key and name, in Finnish order."""

    handlers: list[tuple[int, str]] = field(default_factory=list)
    municipalities: list[tuple[int, str]] = field(default_factory=list)
    services: list[tuple[int, str]] = field(default_factory=list)
    desks: list[tuple[int, str]] = field(default_factory=list)


def colleagues(organisation_ids: Collection[int]) -> QuerySet[Person]:
    """Those who handle cases at these organisations today."""
    seats = Seat.objects.on(timezone.localdate()).filter(role__in=_HANDLING, organisation_id__in=organisation_ids)
    return Person.objects.active().filter(pk__in=seats.values("person_id"))


def choices(organisation_ids: Collection[int], *, municipalities: bool = False) -> Choices:
    """Colleagues and desks of these organisations, every active service, and on demand the municipalities of the regions of those desks."""
    text = CharField()
    parts = [
        colleagues(organisation_ids).order_by().values_list(Value("handlers"), "pk", Cast("name", text)),
        Service.objects.active().order_by().values_list(Value("services"), "pk", Cast(best("name"), text)),
    ]
    if organisation_ids:
        parts.append(Desk.objects.filter(organisation_id__in=organisation_ids).order_by().values_list(Value("desks"), "pk", Cast(best("name"), text)))
    if municipalities:
        here = Municipality.objects.filter(
            region_spells__valid_until=None, region_spells__region__desks__organisation_id__in=organisation_ids
        ).order_by()
        parts.append(here.values_list(Value("municipalities"), "pk", Cast(best("name"), text)).distinct())
    found = Choices()
    for kind, pk, name in parts[0].union(*parts[1:], all=True):
        getattr(found, kind).append((pk, name))
    for each in (found.handlers, found.municipalities, found.services, found.desks):
        each.sort(key=lambda pair: finnish_key(pair[1]))
    return found
