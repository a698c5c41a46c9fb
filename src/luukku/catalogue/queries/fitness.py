"""What a card still lacks: what keeps a draft from being published, and which texts are missing in which language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import Service
from luukku.catalogue.queries.labels import STEMS
from luukku.core.translated import LANGUAGES
from luukku.network.enums import LanguageCode

NEEDED = ("name", "summary", "description")  # what every reader should find in her own language
ENOUGH_PHRASES = 20


@dataclass(frozen=True, slots=True)
class Lack:
    """What a card lacks in one language."""

    language: str
    texts: Sequence[str]
    phrases: int  # everyday phrases that it has

    @property
    def few_phrases(self) -> bool:
        return self.phrases < ENOUGH_PHRASES


def hindrances(service: Service) -> list[str]:
    """Why a draft cannot be published yet, in words; none if it can."""
    found = []
    if not any(getattr(service, f"name_{lang}").strip() and getattr(service, f"summary_{lang}").strip() for lang in LANGUAGES):
        found.append(_("Write the name and the summary in the same language, at least in one."))
    if not service.channels:
        found.append(_("Choose how customers get the service."))
    if service.group.deactivated_at:
        found.append(_("Choose a group that is in use."))
    if not service.provider_types and not service.providers.exists():
        found.append(_("Say who gives the service: name an organisation, or choose a kind of organisations."))
    return found


def lacks(service: Service) -> list[Lack]:
    """The languages in which a needed text is missing or everyday phrases are few. One statement."""
    have: dict[str, int] = dict.fromkeys(LANGUAGES, 0)
    for language in service.words.filter(kind=WordKind.PHRASE).values_list("language", flat=True):
        have[language] = have.get(language, 0) + 1
    found = []
    for lang in LANGUAGES:
        missing = [str(STEMS[stem]) for stem in NEEDED if not getattr(service, f"{stem}_{lang}").strip()]
        lack = Lack(str(LanguageCode(lang).label), missing, have[lang])
        if missing or lack.few_phrases:
            found.append(lack)
    return found
