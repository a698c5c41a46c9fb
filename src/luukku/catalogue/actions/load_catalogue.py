"""The default catalogue: 80 cards with everyday phrases, loaded into a new network and added to an old one."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import Service, ServiceGroup, ServiceWord
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.translated import LANGUAGES
from luukku.network.access import may
from luukku.network.enums import Right

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Loaded:
    """What a load did, in rows."""

    groups: int = 0
    services: int = 0
    words: int = 0
    filled: int = 0  # cards that got texts of a later release into empty places


@cache
def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def default_phrases(language: str) -> dict[str, list[str]]:
    """Everyday phrases of the default catalogue by service code."""
    phrases: dict[str, list[str]] = _read(f"phrases/{language}.json")
    return phrases


@transaction.atomic
def load_catalogue(*, by: Actor) -> Loaded:
    """Add the default groups, cards, keywords and phrases that are missing. What exists is left as its editors made it; texts of a later
    release come into empty places of cards that nobody has edited or looked over yet. Raises NotAllowed.
    """
    if by.kind != "house" and not may(by, Right.EDIT_NETWORK):
        raise NotAllowed
    created = _load_groups()
    by_code = {g.code: g for g in ServiceGroup.objects.all()}
    present = set(Service.objects.values_list("code", flat=True))
    entries = [entry for entry in _read("services.json") if entry["id"] not in present]
    made = {s.code: s for s in Service.objects.bulk_create([_service(e, by_code) for e in entries])}
    words = [word for entry in entries for word in _words(made[entry["id"]], entry)]
    ServiceWord.objects.bulk_create(words, batch_size=2000, ignore_conflicts=True)
    _relate(set(made))
    older = [entry for entry in _read("services.json") if entry["id"] in present]
    return Loaded(created, len(made), len(words) + _fill_keywords(older), _fill_empty(older))


def _load_groups() -> int:
    created = 0
    for order, entry in enumerate(_read("groups.json"), start=1):
        names = {f"name_{lang}": entry["name"][lang] for lang in LANGUAGES}
        parent = ServiceGroup.objects.filter(code=entry["parent"]).first() if entry["parent"] else None
        defaults = names | {"order": order, "parent": parent}
        created += ServiceGroup.objects.get_or_create(code=entry["code"], defaults=defaults)[1]
    return created


def _service(entry: dict[str, Any], groups: dict[str, ServiceGroup]) -> Service:
    texts = _texts(entry)
    return Service(
        code=entry["id"],
        group=groups[entry["group"]],
        segments=entry["segments"],
        stages=entry["stages"],
        provider_types=entry["providers"],
        channels=entry["channels"],
        price=entry["price"],
        **texts,
    )


def _texts(entry: dict[str, Any]) -> dict[str, str]:
    """Every text of a default card by column: what the matcher reads too, and what only people read."""
    told = _read("texts.json").get(entry["id"], {})
    found = {f"{stem}_{lang}": entry[stem].get(lang, "") for stem in ("name", "summary", "description") for lang in LANGUAGES}
    return found | {f"{stem}_{lang}": text for stem, texts in told.items() for lang, text in texts.items()}


def _fill_empty(entries: list[dict[str, Any]]) -> int:
    """Texts that came with a later release, into empty places of cards that nobody has edited or looked over; returns of how many cards."""
    cards = {card.code: card for card in Service.objects.filter(reviewed_at=None)}
    filled = 0
    for entry in entries:
        card = cards.get(entry["id"])
        empty = {name: text for name, text in _texts(entry).items() if text and not getattr(card, name)} if card is not None else {}
        if card is not None and empty:
            for name, text in empty.items():
                setattr(card, name, text)
            card.save(update_fields=list(empty))
            filled += 1
    return filled


def _fill_keywords(entries: list[dict[str, Any]]) -> int:
    """Keywords that came with a later release, in languages in which a card never had any: what an editor removed stays away."""
    entry_of = {entry["id"]: entry for entry in entries}
    ever = set(ServiceWord.pgh_event_model.objects.filter(kind=WordKind.KEYWORD).values_list("service_id", "language").distinct())  # type: ignore[attr-defined]
    found = [
        ServiceWord(service=card, language=lang, text=text, kind=WordKind.KEYWORD)
        for card in Service.objects.filter(reviewed_at=None, code__in=entry_of)
        for lang in LANGUAGES
        if (card.pk, lang) not in ever
        for text in entry_of[card.code]["keywords"].get(lang, [])
    ]
    ServiceWord.objects.bulk_create(found, batch_size=2000, ignore_conflicts=True)
    return len(found)


def _relate(new: set[str]) -> None:
    """Tie cards that are often needed together, where either of them is new: what an editor has untied stays untied."""
    related: dict[str, list[str]] = _read("related.json")
    ids = dict(Service.objects.values_list("code", "pk"))
    pairs = [(one, other) for one, others in related.items() for other in others if {one, other} & new and other in ids and one in ids]
    both = [*pairs, *((other, one) for one, other in pairs)]
    tie = Service.related.through
    tie.objects.bulk_create([tie(from_service_id=ids[one], to_service_id=ids[other]) for one, other in both], ignore_conflicts=True)


def _words(service: Service, entry: dict[str, Any]) -> list[ServiceWord]:
    words: dict[tuple[str, str], str] = {}
    for lang in LANGUAGES:
        for text in entry["keywords"].get(lang, []):
            words.setdefault((lang, text), WordKind.KEYWORD)
        for text in default_phrases(lang).get(service.code, []):
            words.setdefault((lang, text), WordKind.PHRASE)
    return [ServiceWord(service=service, language=lang, text=text, kind=kind) for (lang, text), kind in words.items()]


def import_catalogue(by: Actor) -> str:
    """Load, and say in one line what was added."""
    loaded = load_catalogue(by=by)
    return f"{loaded.groups} groups, {loaded.services} cards, {loaded.words} words added, texts of {loaded.filled} cards filled in"
