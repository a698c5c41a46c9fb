"""The staff's search over people and organisations of the network."""

from collections.abc import Sequence

from django.urls import reverse

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.registries import SearchHit, SearchSource
from luukku.core.translated import best
from luukku.network import access
from luukku.network.queries.organisations import by_name, name_has


def hits(actor: Actor, words: str, limit: int) -> Sequence[SearchHit]:
    """People whose name has all the words, then organisations. Two statements; nothing for those outside the network."""
    words = " ".join(words.split())
    if len(words) < 2 or not actor.is_staff:
        return []
    people, organisations = access.visible_people(actor).active(), access.visible_organisations(actor).active()
    for word in words.split():
        people, organisations = people.filter(name__icontains=word), organisations.filter(name_has(word))
    found = [
        SearchHit(name, title, reverse("network:person", args=[pk]), "person")
        for pk, name, title in people.order_by(FinnishKey("name"), "pk").values_list("pk", "name", best("title"))[:limit]
    ]
    rows = organisations.order_by(by_name(), "pk").values_list("code", best("name"), best("type__name"))
    return found + [
        SearchHit(name, kind, reverse("network:organisation", args=[code]), "organisation") for code, name, kind in rows[: max(0, limit - len(found))]
    ]


SOURCE = SearchSource("people and organisations", 20, hits)
