"""Ready texts: which there are for a case, and what they say of it."""

import re
from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.stencils import Stencil
from luukku.core.translated import LANGUAGES
from luukku.core.ui.times import day_text
from luukku.desk.access.desks import desks_led
from luukku.desk.models import Case, Leg, ReadyText
from luukku.desk.queries.reaching import language_of

# What stands in braces, in each language: a text keeps its writer's own words for it.
PLACES = {
    "customer": ("asiakas", "kund", "customer"),
    "handler": ("hoitaja", "handläggare", "handler"),
    "day": ("päivä", "dag", "day"),
    "number": ("numero", "nummer", "number"),
}
_KNOWN = {word: place for place, words in PLACES.items() for word in words}
_BRACES = re.compile(r"\{\s*([^{}]{1,40}?)\s*\}")


def unknown_places(body: str) -> list[str]:
    """Words in braces that mean nothing."""
    return [word for word in _BRACES.findall(body) if word.lower() not in _KNOWN]


def open_places(body: str) -> list[str]:
    """Known words in braces that nobody has filled in yet, as they stand."""
    return [found.group(0) for found in _BRACES.finditer(body) if found.group(1).lower() in _KNOWN]


def has_texts() -> Exists:
    """On a leg: whether its desk has any."""
    return Exists(ReadyText.objects.filter(desk=OuterRef("desk")))


def texts_for(case: Case, desk_ids: Collection[int]) -> list[tuple[int, str]]:
    """Key and name of what these desks have in the customer's language, by name. One statement."""
    return _names.rows(language_of(case), desks=tuple(sorted(desk_ids)))


def _build_names(language: str, desks: tuple[int, ...]) -> QuerySet[ReadyText, tuple[int, str]]:
    own = ReadyText.objects.filter(desk__in=desks, **{f"body_{language}__gt": ""})
    return own.order_by("name", "id").values_list("pk", "name")


_names = Stencil(_build_names)


def filled(text: ReadyText, leg: Leg, handler: str) -> str:
    """What it says of this part in the customer's language. What is not known stays in its braces for the writer to fill in."""
    case, language = leg.case, language_of(leg.case)
    with translation.override(language):
        day = day_text(timezone.localtime(leg.next_step_at).date()) if leg.next_step_at is not None else ""
    known = {
        "customer": case.customer.contact.name if case.customer is not None else "", "handler": handler, "day": day, "number": case.number,
    }  # fmt: skip
    body = str(getattr(text, f"body_{language}"))
    return _BRACES.sub(lambda found: known.get(_KNOWN.get(found.group(1).lower(), ""), "") or found.group(0), body)


def texts_led(actor: Actor) -> list[ReadyText]:
    """The texts of the desks that she leads. One statement."""
    return list(ReadyText.objects.filter(desk__in=desks_led(actor)).select_related("desk__organisation").order_by("desk", "name", "id"))


def get_text_led(actor: Actor, pk: int) -> ReadyText:
    """Raises NotFound for a text of a desk that she does not lead."""
    found = next((each for each in texts_led(actor) if each.pk == pk), None)
    if found is None:
        raise NotFound
    return found


def get_text(pk: int, desk_ids: Collection[int]) -> ReadyText | None:
    """A text of one of these desks."""
    return ReadyText.objects.filter(pk=pk, desk__in=desk_ids).first()


def languages_of(text: ReadyText) -> list[str]:
    """In which languages it speaks."""
    return [language for language in LANGUAGES if getattr(text, f"body_{language}")]
