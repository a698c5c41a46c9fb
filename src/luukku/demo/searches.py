"""Searches of the sample network that found nothing: what its coordinators see of needs that no service answers."""

from luukku.catalogue.actions.learning import record_unmet
from luukku.catalogue.models.places import Place
from luukku.core.actor import PUBLIC, act_as
from luukku.demo.network import Built
from luukku.desk.queries.answers import fitting

SEARCHES = {
    ("suupohja", "fi"): (
        "kuka lainaa kylälle asuntovaunupaikan", "koiran trimmaus hinta", "mökin vuokraus juhannuksena", "mökin vuokraus juhannuksena",
        "auton katsastus milloin auki", "kirjaston aukioloajat",
    ),
    ("lansi-uusimaa", "fi"): ("venepaikka talveksi", "ajokortin korotus", "lasten päivähoitopaikka"),
    ("lansi-uusimaa", "sv"): ("båtplats för vintern", "bibliotekets öppettider", "körkort för moped"),
}  # fmt: skip


def search_in_vain(built: Built) -> None:
    """Noted as the door notes them; what the matcher has learnt to answer meanwhile is left out."""
    for (region, language), searches in SEARCHES.items():
        with act_as(PUBLIC):
            for words in searches:
                if not fitting(words, language, Place.of(built.regions[region])).fits:
                    record_unmet(by=PUBLIC, words=words, language=language, region=built.regions[region])
