"""What a screen of the desk lets one choose from: colleagues, municipalities, services. One statement, and then none for half a minute."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import get_language

from luukku.catalogue.models import Service
from luukku.core.finnish import finnish_key
from luukku.core.remembered import Remembered
from luukku.core.translated import best
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Municipality, Person, Seat

_HANDLING = roles_with(Right.HANDLE_CASES)


Pairs = Sequence[tuple[int, str]]
KINDS = ("handlers", "municipalities", "services", "desks")


@dataclass(frozen=True)
class Choices:
    """Pairs of key and name, in Finnish order."""

    handlers: Pairs = ()
    municipalities: Pairs = ()
    services: Pairs = ()
    desks: Pairs = ()


_remembered: Remembered[Choices] = Remembered(30)


def colleagues(organisation_ids: Collection[int]) -> QuerySet[Person]:
    """Those who handle cases at these organisations today."""
    seats = Seat.objects.on(timezone.localdate()).filter(role__in=_HANDLING, organisation_id__in=organisation_ids)
    return Person.objects.active().filter(pk__in=seats.values("person_id"))


def choices(organisation_ids: Collection[int]) -> Choices:
    """Colleagues and desks of these organisations, the municipalities of the regions of those desks, and every active service."""
    return _remembered.get((frozenset(organisation_ids), get_language(), timezone.localdate()), lambda: _choices(organisation_ids))


def _choices(organisation_ids: Collection[int]) -> Choices:
    text = CharField()
    parts = [
        colleagues(organisation_ids).order_by().values_list(Value("handlers"), "pk", Cast("name", text)),
        Service.objects.active().order_by().values_list(Value("services"), "pk", Cast(best("name"), text)),
    ]
    if organisation_ids:
        regions = Municipality.objects.filter(region_spells__valid_until=None, region_spells__region__desks__organisation_id__in=organisation_ids)
        parts += [
            Desk.objects.filter(organisation_id__in=organisation_ids).order_by().values_list(Value("desks"), "pk", Cast(best("name"), text)),
            regions.order_by().values_list(Value("municipalities"), "pk", Cast(best("name"), text)).distinct(),
        ]
    found: dict[str, list[tuple[int, str]]] = {kind: [] for kind in KINDS}
    for kind, pk, name in parts[0].union(*parts[1:], all=True):
        found[kind].append((pk, name))
    return Choices(**{kind: tuple(sorted(pairs, key=lambda pair: finnish_key(pair[1]))) for kind, pairs in found.items()})
