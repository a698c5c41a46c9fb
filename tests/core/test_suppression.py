"""An attacker who knows all that is published, and that counts are no negative numbers, tries to read what is hidden."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.core.suppression import FEWEST, Published, grouped, is_small, publish, told, told_apart

Table = dict[tuple[str, str], int]
COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 12, 40])


def tables(rows: int, columns: int) -> st.SearchStrategy[Table]:
    keys = [(f"r{row}", f"c{column}") for row in range(rows) for column in range(columns)]
    return st.lists(COUNTS, min_size=len(keys), max_size=len(keys)).map(lambda counts: dict(zip(keys, counts, strict=True)))


SMALL_TABLES = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(lambda size: tables(*size))
BIG_TABLES = st.tuples(st.integers(5, 10), st.integers(5, 25)).flatmap(lambda size: tables(*size))


def most(published: Published[str, str], place: tuple[int, int]) -> int:
    """The most that a hidden cell can be, for all that is published: the largest flow through it, found by pushing one unit at a time.

    Written otherwise than the product: from the published table alone, a plain search over rows and columns.
    """
    hidden = {at for at, count in published.cells.items() if count is None}
    left_row = {row: total - sum(n or 0 for (r, _), n in published.cells.items() if r == row) for row, total in enumerate(published.row_totals)}
    left_column = {
        column: total - sum(n or 0 for (_, c), n in published.cells.items() if c == column) for column, total in enumerate(published.column_totals)
    }
    # The cell gets all it can; what is left of each row must still fit into the columns by the other hidden cells.
    for amount in range(min(left_row[place[0]], left_column[place[1]]), -1, -1):
        rows, columns = dict(left_row), dict(left_column)
        rows[place[0]] -= amount
        columns[place[1]] -= amount
        if _fits(rows, columns, hidden - {place}):
            return amount
    raise AssertionError("not even the truth fits")


def _fits(rows: dict[int, int], columns: dict[int, int], cells: set[tuple[int, int]]) -> bool:
    """Whether the cells can be filled so that rows and columns get what they lack."""
    flow = dict.fromkeys(cells, 0)
    free = dict(columns)
    for row, wanted in rows.items():
        for _ in range(wanted):
            path = _path(row, cells, flow, free)
            if path is None:
                return False
            for step, (cell, add) in enumerate(path):
                flow[cell] += add
                if step == len(path) - 1:
                    free[cell[1]] -= 1
    return not any(free.values())


def _path(row: int, cells: set[tuple[int, int]], flow: dict[tuple[int, int], int], free: dict[int, int]) -> list[tuple[tuple[int, int], int]] | None:
    queue: list[tuple[int, list[tuple[tuple[int, int], int]]]] = [(row, [])]
    seen = {row}
    for at, path in queue:
        for cell in (each for each in cells if each[0] == at):
            longer = [*path, (cell, 1)]
            if free[cell[1]] > 0:
                return longer
            for other in cells:
                if other[1] == cell[1] and other[0] not in seen and flow[other] > 0:
                    seen.add(other[0])
                    queue.append((other[0], [*longer, (other, -1)]))
    return None


def _truth(table: Table, published: Published[str, str]) -> dict[tuple[int, int], int]:
    return {
        (row, column): sum(table.get((r, c), 0) for r in rows for c in columns)
        for row, rows in enumerate(published.rows)
        for column, columns in enumerate(published.columns)
    }


@given(SMALL_TABLES)
@settings(max_examples=400, deadline=None)
def test_no_hidden_cell_can_be_shown_to_be_small(table: Table) -> None:
    published = publish(table)
    truth = _truth(table, published)
    for place, count in truth.items():
        shown = published.cells[place]
        assert shown in (None, count)
        if is_small(count):
            assert shown is None
            assert most(published, place) >= FEWEST


@given(BIG_TABLES)
@settings(max_examples=15, deadline=None)
def test_no_cell_of_a_big_table_is_read_by_filling_in(table: Table) -> None:
    """Rows and columns with one gap are filled from their totals until nothing more can be: what any reader with a pencil does."""
    published = publish(table)
    cells = dict(published.cells)
    found = True
    while found:
        found = False
        for line, total in _lines(published):
            gaps = [place for place in line if cells[place] is None]
            if len(gaps) == 1:
                cells[gaps[0]] = total - sum(cells[place] or 0 for place in line)
                found = True
    assert not [place for place, count in _truth(table, published).items() if is_small(count) and cells[place] is not None]


def _lines(published: Published[str, str]) -> Iterator[tuple[list[tuple[int, int]], int]]:
    for row, total in enumerate(published.row_totals):
        yield [(row, column) for column in range(len(published.columns))], total
    for column, total in enumerate(published.column_totals):
        yield [(row, column) for row in range(len(published.rows))], total


@given(SMALL_TABLES)
@settings(max_examples=300, deadline=None)
def test_totals_are_right_and_none_is_small(table: Table) -> None:
    published = publish(table)
    whole = sum(table.values())
    if is_small(whole):
        assert (published.total, published.rows, published.cells) == (None, (), {})
        return
    assert published.total == whole == sum(published.row_totals) == sum(published.column_totals)
    assert not any(is_small(total) or total == 0 for total in (*published.row_totals, *published.column_totals))
    for groups, key in ((published.rows, 0), (published.columns, 1)):
        assert {each for group in groups for each in group} == {place[key] for place, count in table.items() if count}
    assert publish(table) == published


@given(st.dictionaries(st.sampled_from("abcdefg"), COUNTS, min_size=1))
def test_each_of_the_others_could_be_enough(counts: dict[str, int]) -> None:
    """Two of the group change places: what is published stays the same, so nobody can say which of them is small."""
    groups = grouped(counts)
    for group in (group for group in groups if len(group) > 1):
        large = [key for key in group if counts[key] >= FEWEST]
        assert bool(large) == any(count >= FEWEST for count in counts.values())
        for key in group if large else ():
            swapped = {**counts, key: counts[large[0]], large[0]: counts[key]}
            assert {frozenset(each) for each in grouped(swapped)} == {frozenset(each) for each in groups}


def test_tables_that_share_rows_publish_the_same_totals_of_them() -> None:
    one = {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 9, ("b", "y"): 2, ("c", "x"): 1}
    other = {("a", "p"): 23, ("b", "p"): 5, ("b", "q"): 6, ("c", "q"): 1}
    first, second = publish(one), publish(other)
    assert first.rows == second.rows == [("a",), ("b", "c")]
    assert first.row_totals == second.row_totals == (23, 12)


def test_a_large_table_without_small_cells_is_shown_whole() -> None:
    table = {(f"r{row}", f"c{column}"): 5 + row + column for row in range(4) for column in range(4)}
    published = publish(table)
    assert None not in published.cells.values()
    assert len(published.rows) == len(published.columns) == 4


def test_a_lone_small_cell_takes_three_others_with_it() -> None:
    table = {(row, column): 30 for row in "abc" for column in "xyz"} | {("a", "x"): 3, ("b", "y"): 8, ("a", "y"): 9, ("b", "x"): 7}
    published = publish(table)
    assert {place for place, count in published.cells.items() if count is None} == {(0, 0), (0, 1), (1, 0), (1, 1)}


@pytest.mark.parametrize(("counts", "groups"), [({"a": 3}, []), ({"a": 3, "b": 2}, [("a", "b")]), ({"a": 0, "b": 7}, [("b",)])])
def test_groups_of_a_list(counts: dict[str, int], groups: list[tuple[str, ...]]) -> None:
    assert grouped(counts) == groups


def test_a_big_table_is_published_in_a_blink() -> None:
    table = {(row, column): (row * 7 + column * 3) % 11 for row in range(10) for column in range(60)}
    published = publish(table)
    assert all(a <= b for a, b in pairwise(sorted(published.row_totals)))
    assert sum(count is None for count in published.cells.values()) < len(table)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_no_small_part_of_a_whole_is_told_or_left_over(counts: list[int]) -> None:
    *parts, rest = counts
    whole = sum(counts)
    found = told_apart(whole, *parts)
    assert all(shown in (None, part) and not is_small(shown or 0) for shown, part in zip(found, parts, strict=True))
    left = whole - sum(shown for shown in found if shown is not None)
    assert not is_small(left) or whole < FEWEST or not any(found)
    assert rest <= left


def test_part_is_told_unless_it_or_who_is_left_is_small() -> None:
    assert [told(part, 20) for part in (0, 3, 5, 15, 17, 20)] == [0, None, 5, 15, None, 20]
    assert told(12, 20, 14) is None
    assert told_apart(20, 12, 6) == [12, None]
    assert told_apart(23, 12, 6, 5) == [12, 6, 5]
