"""Which keywords and everyday phrases a card got and lost, change by change, and what it had before one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from luukku.catalogue.models import Service, ServiceWord

NEWEST = 2000  # words got or lost that are read


@dataclass(frozen=True, slots=True)
class WordChange:
    """One change of a card's words of a kind in a language. `version` is the first row of the field history that belongs to it."""

    at: datetime
    person_id: int | None
    kind: str
    language: str
    gone: Sequence[str]
    came: Sequence[str]
    version: int


def word_events(service: Service) -> "QuerySet[Any]":
    """Every word the card got or lost, oldest first."""
    kept: QuerySet[Any] = ServiceWord.pgh_event_model.objects.filter(service_id=service.pk)  # type: ignore[attr-defined]
    return kept.order_by("pgh_id")


def word_changes(service: Service) -> list[WordChange]:
    """What people changed, newest first; what was loaded with the catalogue is no change. One statement."""
    newest = word_events(service).exclude(pgh_context=None).select_related("pgh_context").order_by("-pgh_id")[:NEWEST]
    found = []
    for _key, rows in groupby(newest, key=lambda row: (row.pgh_context_id, row.kind, row.language)):
        events = sorted(rows, key=lambda row: row.pgh_id)
        first = events[0]
        gone = [row.text for row in events if row.pgh_label == "delete"]
        came = [row.text for row in events if row.pgh_label == "insert"]
        found.append(WordChange(first.pgh_created_at, _doer(first), first.kind, first.language, gone, came, first.pgh_id))
    return found


def words_before(service: Service, change: WordChange) -> list[str]:
    """The card's words of that kind and language as they were before the change, in their order. One statement."""
    words: dict[str, None] = {}
    earlier = word_events(service).filter(kind=change.kind, language=change.language, pgh_id__lt=change.version)
    for label, text in earlier.values_list("pgh_label", "text"):
        if label == "insert":
            words[text] = None
        else:
            words.pop(text, None)
    return list(words)


def _doer(event: Any) -> int | None:
    found: int | None = event.pgh_context.metadata.get("person")
    return found
