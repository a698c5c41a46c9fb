"""The editor's organisation keeps two of the common cards, which wait to be looked over, and a new one is being written."""

from django.utils import timezone

from luukku.catalogue.actions.editing import edit_service, edit_words, mark_reviewed
from luukku.catalogue.actions.making import create_service
from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import Service, ServiceGroup
from luukku.core.actor import HOUSE, act_as, act_as_house
from luukku.core.months import months_before
from luukku.demo.network import Built
from luukku.network.access import actor_of_person
from luukku.network.models import Organisation

OWN = ("development-needs-mapping", "business-for-sale-register")
PHRASES = (
    "haluisin tavata muita yrittäjiä täältä suunnalta",
    "mistä löytäis kumppanin isompaan urakkaan",
    "onks jotain tilaisuutta missä yritykset esittelee ittensä",
    "kaipaan juttuseuraa toisesta yrittäjästä",
)


def build_cards(built: Built) -> None:
    """Whose the two cards are is the network's to say; the draft is the editor's own work, so far in Finnish only."""
    editor = built.logins["editor"]
    organisation = Organisation.objects.get(code="sek")
    with act_as_house("give two cards into an organisation's care"):
        for code in OWN:
            edit_service(by=HOUSE, service=Service.objects.get(code=code), values={"owner": organisation})
    today = timezone.localdate()
    with act_as(actor_of_person(editor.pk)) as actor:
        for code, months in zip(OWN, (9, 6), strict=True):
            mark_reviewed(by=actor, service=Service.objects.get(code=code), on=months_before(today, months))
    with act_as(actor_of_person(editor.pk)) as actor:
        values = {
            "group": ServiceGroup.objects.get(code="training"),
            "name_fi": "Yritystreffit",
            "summary_fi": "Tapaat yhdessä aamupäivässä kymmenen muuta yrittäjää, kahdeksan minuuttia kunkin. Kahvi kuuluu asiaan.",
            "channels": ["visit", "e-mail"],
            "segments": ["local-small", "domestic-sme"],
            "stages": ["operating", "growing"],
            "validity": "region",
            "places": [built.regions["suupohja"].pk],
            "related": list(Service.objects.filter(code__in=["business-networks", "partner-and-subcontractor-search"])),
        }
        draft = create_service(by=actor, owner=organisation, values=values)
        edit_words(by=actor, service=draft, language="fi", kind=WordKind.PHRASE, texts=PHRASES)
