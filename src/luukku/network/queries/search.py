"""The staff's search over people and organisations of the network."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.urls import reverse
from django.utils.translation import get_language

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.registries import SearchHit, SearchSource
from luukku.core.remembered import Remembered
from luukku.core.translated import best
from luukku.network import access
from luukku.network.queries.organisations import by_name


@dataclass(frozen=True)
class Findable:
    """Somebody or something as the search knows it: its hit, and its names in lower case."""

    hit: SearchHit
    names: tuple[str, ...]


_people: Remembered[list[Findable]] = Remembered(30)
_organisations: Remembered[list[Findable]] = Remembered(30)


def hits(actor: Actor, words: str, limit: int) -> Sequence[SearchHit]:
    """People whose name has all the words, then organisations. Two statements, then none for half a minute; nothing for those outside the network."""
    wanted = words.lower().split()
    if len(" ".join(wanted)) < 2 or not actor.is_staff:
        return []
    found = _with_all(wanted, _people.get(get_language(), _finder(actor, _findable_people)), limit)
    return found + _with_all(wanted, _organisations.get(get_language(), _finder(actor, _findable_organisations)), limit - len(found))


def _with_all(wanted: Sequence[str], among: Iterable[Findable], limit: int) -> list[SearchHit]:
    fitting = (each.hit for each in among if all(any(word in name for name in each.names) for word in wanted))
    return list(islice(fitting, max(0, limit)))


def _finder(actor: Actor, find: Callable[[Actor], list[Findable]]) -> Callable[[], list[Findable]]:
    """Everybody who works in the network sees the same of these, so one answer does for all of them."""
    return lambda: find(actor)


@lru_cache(maxsize=4096)
def _url(name: str, key: int | str) -> str:
    """An address, found once: there are hundreds of them, and all are listed anew every half minute."""
    return reverse(name, args=[key])


def _findable_people(actor: Actor) -> list[Findable]:
    rows = access.visible_people(actor).active().order_by(FinnishKey("name"), "pk").values_list("pk", "name", best("title"))
    return [Findable(SearchHit(name, title, _url("network:person", pk), "person"), (name.lower(),)) for pk, name, title in rows]


def _findable_organisations(actor: Actor) -> list[Findable]:
    found = access.visible_organisations(actor).active().order_by(by_name(), "pk")
    rows = found.values_list("code", best("name"), best("type__name"), "name_fi", "name_sv", "name_en", "short_name")
    return [
        Findable(SearchHit(name, kind, _url("network:organisation", code), "organisation"), tuple(each.lower() for each in names if each))
        for code, name, kind, *names in rows
    ]


SOURCE = SearchSource("people and organisations", 20, hits)
