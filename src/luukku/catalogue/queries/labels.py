"""What the fields of a card are called on screen, in the order in which people read them."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

STEMS: dict[str, Any] = {
    "name": _("Name"),
    "summary": _("Summary: what the customer gets"),
    "description": _("Description"),
    "conditions": _("Conditions"),
    "prepare": _("What to prepare"),
    "documents": _("Documents"),
}
IN_LANGUAGE: dict[str, Any] = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
TEXTS: dict[str, Any] = {
    f"{stem}_{lang}": format_lazy("{} ({})", label, words) for stem, label in STEMS.items() for lang, words in IN_LANGUAGE.items()
}
FACTS: dict[str, Any] = {
    "group": _("Group"),
    "segments": _("For whom"),
    "stages": _("Stage of the business"),
    "channels": _("How to get it"),
    "channel_links": _("Where each is found"),
    "languages": _("Languages in which it is given"),
    "industries": _("Industries"),
    "price": _("Price"),
    "handling_days": _("How many days it typically takes"),
    "validity": _("Where it holds"),
    "places": _("Areas, regions or municipalities"),
    "valid_from": _("Holds from"),
    "valid_until": _("Holds until"),
    "provider_types": _("What kind of organisations give it"),
    "link": _("Link to more"),
}
