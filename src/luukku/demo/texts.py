"""Ready texts of a desk in the sample network."""

from luukku.core.actor import act_as
from luukku.demo.network import Built
from luukku.desk.actions.texts import set_text
from luukku.network.access import actor_of_person

TEXTS = {
    "Tervehdys": {
        "fi": "Hei {asiakas},\n\nolen {hoitaja} ja hoidan asiaasi {numero}. Palaan siihen {päivä}.\n\nTerveisin\n{hoitaja}",
        "sv": "Hej {kund},\n\njag heter {handläggare} och sköter ditt ärende {nummer}. Jag återkommer {dag}.\n\nHälsningar\n{handläggare}",
        "en": "Dear {customer},\n\nI am {handler} and look after your matter {number}. You hear from me {day}.\n\nRegards\n{handler}",
    },
    "Laskelmat mukaan": {
        "fi": "Hei {asiakas},\n\notathan tapaamiseen mukaan liiketoimintasuunnitelman ja laskelmat, myös keskeneräisinä.\n\n{hoitaja}",
        "sv": "Hej {kund},\n\nta gärna med affärsplanen och kalkylerna till mötet, också om de inte är färdiga.\n\n{handläggare}",
    },
}


def write_texts(built: Built) -> None:
    """The desk's lead writes them."""
    lead = actor_of_person(built.logins["desklead"].pk)
    with act_as(lead):
        for name, bodies in TEXTS.items():
            set_text(by=lead, desk=built.desks["suupohja", "sek"], name=name, bodies=bodies)
