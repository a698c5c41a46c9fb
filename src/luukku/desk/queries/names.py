"""Names of what the rows of a long list refer to. To join their tables to each list would cost more than all the rest of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from luukku.catalogue.models import Service
from luukku.core.remembered import Remembered
from luukku.core.translated import best
from luukku.network.models import Desk, Municipality


@dataclass(frozen=True)
class Names:
    """By key, in the reader's language; `organisations` tells whose each desk is."""

    desks: Mapping[int, str]
    organisations: Mapping[int, int]
    services: Mapping[int, str]
    municipalities: Mapping[int, str]


_remembered: Remembered[Names] = Remembered(30)


def names(*, desks: Collection[int], services: Collection[int], municipalities: Collection[int]) -> Names:
    """The names of all there are; looked for anew when one of these is not among them. One statement, then none for half a minute."""
    key = get_language()
    found = _remembered.get(key, _names)
    wanted = ((desks, found.desks), (services, found.services), (municipalities, found.municipalities))
    return found if all(known.keys() >= set(keys) for keys, known in wanted) else _remembered.anew(key, _names)


def desks_of(organisation_ids: Collection[int]) -> tuple[int, ...]:
    """Keys of the desks of these organisations, as remembered with the names."""
    found = _remembered.get(get_language(), _names)
    return tuple(pk for pk, organisation_id in found.organisations.items() if organisation_id in organisation_ids)


def _names() -> Names:
    name, none = Cast(best("name"), CharField()), Value(None, IntegerField())
    rows = Desk.objects.order_by().values_list(Value("desks"), "pk", name, F("organisation_id")).union(
        Service.objects.order_by().values_list(Value("services"), "pk", name, none),
        Municipality.objects.order_by().values_list(Value("municipalities"), "pk", name, none),
        all=True,
    )  # fmt: skip
    found: dict[str, dict[int, str]] = {"desks": {}, "services": {}, "municipalities": {}}
    organisations = {}
    for kind, pk, text, organisation_id in rows:
        found[kind][pk] = text
        if organisation_id is not None:
            organisations[pk] = organisation_id
    return Names(organisations=organisations, **found)
