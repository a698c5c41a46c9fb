"""Reforms of organisations as their keepers see them, and who came after whom for everybody."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import reform_parts
from luukku.network.models import Organisation, Person, Reform, ReformMove, Region, Succession
from luukku.network.models.reforms import ReformState

Line = tuple[str | Promise, int]


@dataclass(frozen=True)
class MovePage:
    """One move: what was chosen of the source, counts before and after, and what people must know of."""

    move: ReformMove
    chosen: list[str]
    counts: list[Line]
    told: list[Line]


@dataclass(frozen=True)
class ReformPage:
    """`is_counting`: the trial is not over; `is_working`: the house carries it out or undoes it just now."""

    reform: Reform
    moves: list[MovePage]
    touched: list[Line]
    is_counting: bool
    is_working: bool
    done: int


def reforms() -> "QuerySet[Reform]":
    """All, the newest first, with their moves. Two statements."""
    moves = ReformMove.objects.select_related("source", "target")
    return Reform.objects.prefetch_related(Prefetch("moves", moves))


def reform_page(reform: Reform, *, today: date) -> ReformPage:
    """What the page of a reform shows; a fixed number of statements."""
    moves = list(reform.moves.select_related("source", "target").order_by("position", "pk"))
    done = sum(move.done_at is not None for move in moves)
    works = reform.state == ReformState.UNDOING or (reform.state == ReformState.DECIDED and reform.day <= today)
    counting = reform.counted_at is None and reform.state == ReformState.DRAFT
    names = _names(moves)
    words = _words()
    shown = [MovePage(move, _chosen(move, names), _lines(_figures(move, "counts"), words), _lines(_figures(move, "told"), words)) for move in moves]
    return ReformPage(reform, shown, _lines(reform.touched, words), counting, works, done)


def successors_of(organisation: Organisation) -> list[Succession]:
    """Who came after it. One statement."""
    return list(organisation.successions.select_related("successor"))


def predecessors_of(organisation: Organisation) -> list[Succession]:
    """After whom it came. One statement."""
    return list(organisation.predecessions.select_related("predecessor"))


def _figures(move: ReformMove, kind: str) -> dict[str, int]:
    figures: dict[str, dict[str, int]] = move.moved or move.tried
    return figures.get(kind, {})


def _words() -> dict[str, str | Promise]:
    found: dict[str, str | Promise] = {"other": _("Other things")}
    for part in sorted(reform_parts.all(), key=lambda part: part.order):
        found.update(part.counts)
        found.update(part.told)
    return found


def _lines(figures: dict[str, int], words: dict[str, str | Promise]) -> list[Line]:
    return [(label, figures[key]) for key, label in words.items() if figures.get(key)]


def _names(moves: list[ReformMove]) -> dict[tuple[str, int], str]:
    regions = Region.objects.filter(pk__in={key for move in moves for key in move.regions})
    people = Person.objects.filter(pk__in={key for move in moves for key in move.people})
    return {("region", each.pk): str(each.name) for each in regions} | {("person", each.pk): each.name for each in people}


def _chosen(move: ReformMove, names: dict[tuple[str, int], str]) -> list[str]:
    keys = [("region", key) for key in move.regions] + [("person", key) for key in move.people]
    return sorted(names[key] for key in keys if key in names)
