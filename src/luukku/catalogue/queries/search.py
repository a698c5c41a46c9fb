"""The staff's search over service cards: by name or keyword."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import get_language

from luukku.catalogue.access import visible_services
from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import ServiceWord
from luukku.core.actor import Actor
from luukku.core.registries import SearchHit, SearchSource
from luukku.core.remembered import Remembered
from luukku.core.translated import best


@dataclass(frozen=True)
class Findable:
    """A card as the search knows it: its hit, and by which words in lower case it is found."""

    code: str
    hit: SearchHit
    names: Sequence[str]
    keywords: Sequence[str]


_cards: Remembered[list[Findable]] = Remembered(30)


def hits(actor: Actor, words: str, limit: int) -> Sequence[SearchHit]:
    """Cards whose name or a keyword holds the words. One statement, then none for half a minute; nothing for those outside the network."""
    words = " ".join(words.split()).lower()
    if len(words) < 3 or not actor.is_staff:
        return []
    cards = _cards.get(get_language(), lambda: _findable(actor))
    found = (each.hit for each in cards if any(words in name for name in each.names) or any(word.startswith(words) for word in each.keywords))
    return list(islice(found, limit))


def named_codes(actor: Actor, words: str) -> list[str]:
    """Codes of the cards whose name holds the words, then of those with a keyword that begins so. One statement, then none for half a minute."""
    words = " ".join(words.split()).lower()
    if len(words) < 3:
        return []
    cards = _cards.get(get_language(), lambda: _findable(actor))
    named = [each.code for each in cards if any(words in name for name in each.names)]
    return [*named, *(each.code for each in cards if each.code not in named and any(word.startswith(words) for word in each.keywords))]


def _findable(actor: Actor) -> list[Findable]:
    """The cards that everybody reads; there are a hundred or two."""
    keywords = ArraySubquery(ServiceWord.objects.filter(service=OuterRef("pk"), kind=WordKind.KEYWORD).values("text"))
    rows = (
        visible_services(actor)
        .order_by("group__order", "name_fi", "pk")
        .values_list("code", best("name"), best("group__name"), "name_fi", "name_sv", "name_en", keywords)
    )
    return [Findable(code, SearchHit(name, group, _url(code), "service"), _lower(names), _lower(words)) for code, name, group, *names, words in rows]


@lru_cache(maxsize=1024)
def _url(code: str) -> str:
    """An address, found once: all cards are listed anew every half minute."""
    return reverse("catalogue:service", args=[code])


def _lower(texts: Sequence[str]) -> list[str]:
    return [text.lower() for text in texts]


SOURCE = SearchSource("services", 30, hits)
