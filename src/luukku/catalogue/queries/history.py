"""Who changed a card, when, and from what to what: the field history that triggers keep, and the trail for what is not a field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from luukku.catalogue.enums import Industry, Price, Segment, ServiceChannel, Stage, Validity, WordKind
from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import labels
from luukku.catalogue.queries.choices import type_choices
from luukku.catalogue.queries.diff import Piece, compare
from luukku.catalogue.queries.labels import FACTS, TEXTS
from luukku.catalogue.queries.places import names_of_places
from luukku.catalogue.queries.word_history import WordChange, word_changes
from luukku.core.models import Event
from luukku.core.trail import subject_kind
from luukku.core.ui.times import date_text
from luukku.network.enums import LanguageCode
from luukku.network.models import Organisation, Person, Region
from luukku.network.queries.labels import language_name

NEWEST = 200  # versions, and events of the trail, that are read
_CHOICES: dict[str, type[models.TextChoices]] = {
    "segments": Segment,
    "stages": Stage,
    "channels": ServiceChannel,
    "price": Price,
    "validity": Validity,
    "industries": Industry,
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; `lang` of a text, empty for a fact."""

    label: str
    lang: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a card. `version` is the row of the field history that holds the card after it, None where no field changed."""

    at: datetime
    person: str  # empty: the house itself, or from before names were kept
    title: str
    fields: list[FieldChange] = field(default_factory=list)
    version: int | None = None
    words_version: int | None = None  # of the words' history, where keywords or phrases changed


def versions(service: Service) -> "models.QuerySet[Any]":
    """The card after each of its changes, newest first."""
    kept: models.QuerySet[Any] = Service.pgh_event_model.objects.filter(pgh_obj_id=service.pk)  # type: ignore[attr-defined]
    return kept.select_related("pgh_context", "group").order_by("-pgh_id")


def differences(before: Any, after: Any) -> list[FieldChange]:
    """The texts and facts in which two versions of a card differ."""
    found = []
    for name, label in (TEXTS | FACTS).items():
        was, now = (shown(name, _read(name, version)) for version in (before, after))
        if was != now:
            found.append(FieldChange(str(label), name[-2:] if name in TEXTS else "", compare(was, now)))
    return found


def _read(name: str, version: Any) -> Any:
    return ", ".join(names_of_places(version)) if name == "places" else getattr(version, name)


def shown(name: str, value: Any) -> str:
    """A field of a card as people read it."""
    if name in _CHOICES:
        return ", ".join(labels(_CHOICES[name], value if isinstance(value, list) else [value]))
    if name == "provider_types":
        names = dict(type_choices())
        return ", ".join(names.get(code, code) for code in value)
    if name == "languages":
        return ", ".join(language_name(code) for code in value)
    if name == "channel_links":
        return ", ".join(f"{label}: {value[code]}" for code, label in ServiceChannel.choices if value.get(code))
    if isinstance(value, date):
        return date_text(value, year=True)
    return "" if value is None else str(value)


def card_history(service: Service) -> list[Change]:
    """Every change of the card's fields, words and providers, newest first. Six statements."""
    kept = list(versions(service)[: NEWEST + 1])
    trail = list(Event.objects.filter(subject_kind=subject_kind(Service), subject_id=service.pk, action__in=_TOLD).order_by("-pk")[:NEWEST])
    trail = [event for event in trail if not event.facts.get("in_history")]
    words = word_changes(service)
    doers = {_doer(event) for event in kept} | {event.person_id for event in trail} | {change.person_id for change in words}
    people = Person.objects.in_bulk([pk for pk in doers if pk])
    names = {pk: person.name for pk, person in people.items()}
    found = [*_of_fields(kept, names), *_of_trail(trail, names), *(_of_words(change, names) for change in words)]
    return sorted(found, key=lambda change: change.at, reverse=True)


def _of_words(change: WordChange, names: Mapping[int, str]) -> Change:
    label = f"{WordKind(change.kind).label}, {LanguageCode(change.language).label}"
    pieces = [*(Piece("gone", text) for text in change.gone), *(Piece("new", text) for text in change.came)]
    title = _("Words: %(gone)s taken away, %(came)s added") % {"gone": len(change.gone), "came": len(change.came)}
    told = [FieldChange(label, change.language, pieces)]
    return Change(change.at, names.get(change.person_id or 0, ""), title, told, words_version=change.version)


def _of_fields(kept: list[Any], names: Mapping[int, str]) -> Iterator[Change]:
    for at, event in enumerate(kept[:NEWEST]):
        before = kept[at + 1] if at + 1 < len(kept) else None
        who = names.get(_doer(event) or 0, "")
        if before is None:
            yield Change(event.pgh_created_at, who, _("The card was made"), version=event.pgh_id)
            continue
        fields = differences(before, event)
        title = _title(before, event, changed=bool(fields))
        if title:
            yield Change(event.pgh_created_at, who, title, fields, event.pgh_id if fields else None)


def _title(before: Any, after: Any, *, changed: bool) -> str:
    if before.deactivated_at != after.deactivated_at:
        return _("Taken out of use") if after.deactivated_at else _("Taken back into use")
    if before.published_at != after.published_at:
        return _("Published")
    if before.owner_id != after.owner_id:
        return _("The card's owner changed")
    if changed:
        return _("The card was edited")
    return _("Marked as reviewed") if before.reviewed_at != after.reviewed_at else ""


def _doer(event: Any) -> int | None:
    return event.pgh_context.metadata.get("person") if event.pgh_context else None


def _words(event: Event, _names: Mapping[str, str]) -> str:
    kind, language = WordKind(str(event.facts["kind"])).label, LanguageCode(str(event.facts["language"])).label
    return _("%(kind)s, %(language)s: %(count)s now") % {"kind": kind, "language": language, "count": event.facts["count"]}


_TOLD: dict[str, Callable[[Event, Mapping[str, str]], str]] = {
    "service.words_edited": _words,
    "service.related": lambda _event, _names: _("Related services were changed"),
    "service.provided": lambda _event, names: _("%(organisation)s gives this service in %(region)s") % names,
    "service.reached": lambda _event, names: _("%(organisation)s serves %(region)s from elsewhere") % names,
    "service.no_longer_provided": lambda _event, names: _("%(organisation)s no longer gives this service in %(region)s") % names,
    "service.contact_named": lambda _event, names: _("%(organisation)s changed its contact person in %(region)s") % names,
    "service.primary": lambda _event, names: _("%(organisation)s became primarily responsible in %(region)s") % names,
}


def _of_trail(trail: list[Event], names: Mapping[int, str]) -> Iterator[Change]:
    organisations = Organisation.objects.in_bulk({event.organisation_id for event in trail if event.organisation_id})
    regions = Region.objects.in_bulk({event.region_id for event in trail if event.region_id})
    for event in trail:
        organisation, region = organisations.get(event.organisation_id or 0), regions.get(event.region_id or 0)
        places = {"organisation": organisation.name if organisation else "?", "region": region.name if region else "?"}
        yield Change(event.at, names.get(event.person_id or 0, ""), _TOLD[event.action](event, places))
