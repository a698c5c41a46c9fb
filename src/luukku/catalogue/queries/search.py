"""The staff's search over service cards: by name or keyword."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from luukku.catalogue.access import visible_services
from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import ServiceWord
from luukku.core.actor import Actor
from luukku.core.registries import SearchHit, SearchSource
from luukku.core.translated import best


def hits(actor: Actor, words: str, limit: int) -> Sequence[SearchHit]:
    """Cards whose name or a keyword holds the words. One statement; nothing for those outside the network."""
    words = " ".join(words.split())
    if len(words) < 3 or not actor.is_staff:
        return []
    named = Q(name_fi__icontains=words) | Q(name_sv__icontains=words) | Q(name_en__icontains=words)
    keyword = ServiceWord.objects.filter(service=OuterRef("pk"), kind=WordKind.KEYWORD, text__istartswith=words)
    found = visible_services(actor).filter(named | Q(Exists(keyword))).order_by("group__order", "name_fi")
    rows = found.values_list("code", best("name"), best("group__name"))[:limit]
    return [SearchHit(name, group, reverse("catalogue:service", args=[code]), "service") for code, name, group in rows]


SOURCE = SearchSource("services", 30, hits)
