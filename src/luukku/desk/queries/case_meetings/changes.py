"""What other modules know of changes among a region's companies, for the point of the agenda on lay-offs and growth: they register it at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from luukku.core.actor import Actor
from luukku.core.registries import Registry


@dataclass(frozen=True)
class ChangeSource:
    """`words` say by code what is counted; `count(actor, region, since)` how many of each the actor reads."""

    words: Mapping[str, str | Promise]
    count: Callable[[Actor, int, datetime], Mapping[str, int]]


change_sources: Registry[ChangeSource] = Registry("changes among companies")


def change_words(key: str) -> str:
    """`key` is that of a figure: `source.code`."""
    source, _, code = key.partition(".")
    return str(change_sources[source].words[code])
