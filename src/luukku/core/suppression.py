"""Small numbers in figures that leave the organisation: no count of one to four can be read or reckoned from what is shown.

A table of counts with its totals is protected in two steps. First, rows and columns whose total is small are put together as "others", so that
every total that is shown is at least five. Then small cells are hidden, and with each as many others as it takes for nobody to show, from the rest of
the table and its totals, that a hidden cell is under five: each could be five or more. Zero tells of nobody and is shown, unless hiding it
protects another cell.

Tables that share their rows, over the same things, may be published side by side: what links them, the rows' totals, is the same in all. Not so
tables of which one's things are a part of another's: publish one level, or sums of what is published.
"""

import heapq
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

FEWEST = 5  # the smallest count that is told
R = TypeVar("R", bound=Hashable)
C = TypeVar("C", bound=Hashable)
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Published(Generic[R, C]):
    """Rows and columns as groups of keys (mostly of one), their totals, and the cells; a cell of None is hidden. `total` None: too few in all."""

    rows: Sequence[tuple[R, ...]]
    columns: Sequence[tuple[C, ...]]
    cells: Mapping[tuple[int, int], int | None]  # by the places of row and column
    row_totals: Sequence[int]
    column_totals: Sequence[int]
    total: int | None


def is_small(count: int) -> bool:
    return 0 < count < FEWEST


def grouped(counts: Mapping[K, int]) -> list[tuple[K, ...]]:
    """The keys that have anything, in their order, each by itself; those of small counts in one group at the end, with the smallest of the others.

    That one makes the group's total enough, and as nobody can say which of the group it is, each of them could be five or more. So call the group
    "others" and never say who they are. Empty when all together are too few.
    """
    small = {key for key, count in counts.items() if is_small(count)}
    others = [key for key, count in counts.items() if count >= FEWEST]
    if not small:
        return [(key,) for key in others]
    if others:
        smallest = min(counts[key] for key in others)
        small |= {key for key in others if counts[key] == smallest}  # all of them, or their order would tell which is not
        others = [key for key in others if counts[key] > smallest]
    elif sum(counts[key] for key in small) < FEWEST:
        return []
    return [*((key,) for key in others), tuple(key for key in counts if key in small)]


def publish(cells: Mapping[tuple[R, C], int]) -> Published[R, C]:
    """What may be shown of a table of counts; pairs that are left out are zero. Pure: the same table gives the same answer.

    A list is a table of one column, of which `rows` and `row_totals` are read.
    """
    rows, columns = grouped(_totals((row, count) for (row, _), count in cells.items())), grouped(_totals((c, n) for (_, c), n in cells.items()))
    total = sum(cells.values())
    if is_small(total):
        return Published((), (), {}, (), (), None)
    row_of = {key: place for place, group in enumerate(rows) for key in group}
    column_of = {key: place for place, group in enumerate(columns) for key in group}
    counts = {(row, column): 0 for row in range(len(rows)) for column in range(len(columns))}
    for (row, column), count in cells.items():
        if count:
            counts[row_of[row], column_of[column]] += count
    hidden = _hidden(counts)
    row_totals, column_totals = _totals((r, n) for (r, _), n in counts.items()), _totals((c, n) for (_, c), n in counts.items())
    shown = {place: None if place in hidden else count for place, count in counts.items()}
    return Published(rows, columns, shown, tuple(row_totals.values()), tuple(column_totals.values()), total)


def _totals(counts: Iterable[tuple[K, int]]) -> dict[K, int]:
    found: dict[K, int] = {}
    for key, count in counts:
        found[key] = found.get(key, 0) + count
    return found


Place = tuple[int, int]
Node = tuple[str, int]  # a row or a column


def _hidden(counts: Mapping[Place, int]) -> set[Place]:
    """The small cells and those that must be hidden with them.

    All totals are known, so what may have moved into a cell came out of others around a ring: out of one in its row, into one in that one's
    column, and so on. A cell is protected when as much as it lacks to five could have moved along rings of hidden cells.
    """
    small = [place for place, count in counts.items() if is_small(count)]
    hidden = set(small)
    for place in sorted(small, key=lambda place: (counts[place], place)):
        _protect(counts, place, hidden)
    return hidden


def _protect(counts: Mapping[Place, int], place: Place, hidden: set[Place]) -> None:
    """Hide the least that protects this cell. Cheapest rings first; with every cell hidden there is always one, for all totals are enough."""
    moved: dict[Place, int] = {}  # what the rings found so far add to each cell
    lacking = FEWEST - counts[place]
    while lacking > 0:
        ring = _ring(counts, place, hidden, moved)
        taken = [cell for cell, sign in ring if sign < 0]
        amount = min([lacking, *(counts[cell] + moved.get(cell, 0) for cell in taken)])
        for cell, sign in ring:
            moved[cell] = moved.get(cell, 0) + sign * amount
        hidden.update(cell for cell, _ in ring)
        lacking -= amount


def _ring(counts: Mapping[Place, int], place: Place, hidden: set[Place], moved: Mapping[Place, int]) -> list[tuple[Place, int]]:
    """The cheapest way from the cell's column back to its row: cells that lose (-1) and gain (+1) by turns. Hidden cells cost nothing, others
    what they would have told."""
    start, end = ("column", place[1]), ("row", place[0])
    best: dict[Node, int] = {start: 0}
    came: dict[Node, tuple[Node, Place, int]] = {}
    queue: list[tuple[int, Node]] = [(0, start)]
    steps = _steps(counts)
    while queue:
        cost, node = heapq.heappop(queue)
        if node == end:
            break
        if cost > best[node]:
            continue
        sign = -1 if node[0] == "column" else 1
        for cell, to in steps[node]:
            if cell == place or (sign < 0 and counts[cell] + moved.get(cell, 0) <= 0):
                continue
            dearer = cost + (0 if cell in hidden else counts[cell] + FEWEST)
            if dearer < best.get(to, dearer + 1):
                best[to], came[to] = dearer, (node, cell, sign)
                heapq.heappush(queue, (dearer, to))
    ring, node = [], end
    while node != start:
        node, cell, sign = came[node]
        ring.append((cell, sign))
    return ring


def _steps(counts: Mapping[Place, int]) -> dict[Node, list[tuple[Place, Node]]]:
    found: dict[Node, list[tuple[Place, Node]]] = {}
    for row, column in counts:
        found.setdefault(("row", row), []).append(((row, column), ("column", column)))
        found.setdefault(("column", column), []).append(((row, column), ("row", row)))
    return found


def told(part: int, *wholes: int) -> int | None:
    """A count of some of those that are counted in `wholes`, all of which are shown; None where it, or who is left of one of them, is small."""
    return None if is_small(part) or any(is_small(whole - part) for whole in wholes) else part


def told_apart(whole: int, *parts: int) -> list[int | None]:
    """Counts of parts of a shown whole of which none is of two: None where one is small, or where the others and the whole would give it away."""
    found = [told(part, whole) for part in parts]
    while True:
        hidden = whole - sum(each for each in found if each is not None)
        if not is_small(hidden) or not any(found):
            return found
        smallest = min(each for each in found if each)
        found = [None if each == smallest else each for each in found]
