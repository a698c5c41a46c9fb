"""The staff's search over people and organisations of the network."""

from collections.abc import Sequence

from django.urls import reverse

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.registries import SearchHit, SearchSource
from luukku.network import access
from luukku.network.queries.organisations import OrganisationFilter, organisation_list


def hits(actor: Actor, words: str, limit: int) -> Sequence[SearchHit]:
    """People whose name has all the words, then organisations. Four statements at most; nothing for those outside the network."""
    words = " ".join(words.split())
    if len(words) < 2 or not actor.is_staff:
        return []
    people = access.visible_people(actor).active()
    for word in words.split():
        people = people.filter(name__icontains=word)
    found = [
        SearchHit(person.name, str(person.title), reverse("network:person", args=[person.pk]), "person")
        for person in people.order_by(FinnishKey("name"))[:limit]
    ]
    organisations = organisation_list(actor, OrganisationFilter(words))[: max(0, limit - len(found))]
    return found + [
        SearchHit(str(each.name), str(each.type.name), reverse("network:organisation", args=[each.code]), "organisation") for each in organisations
    ]


SOURCE = SearchSource("people and organisations", 20, hits)
