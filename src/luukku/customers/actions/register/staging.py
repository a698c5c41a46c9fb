"""A file of the register looked through: its rows stand aside in our form, and a report says what they would change."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.db import connection

from luukku.core.actor import Actor, act_as_house
from luukku.customers.actions.register import prh, reading
from luukku.customers.actions.register.codes import keep_codes, load_codes
from luukku.customers.actions.register.reporting import report_of
from luukku.customers.enums import ImportState, RowProblem
from luukku.customers.models import ImportRow, ImportRun
from luukku.network.access import can_administer, require
from luukku.network.models import Municipality

BATCH, MANY = 20_000, 5_000
Say = Callable[[str], None]


def todays_codes() -> dict[str, str]:
    """Today's municipality code by any code that was ever used: the register's older answers name municipalities that have merged."""
    rows = {pk: (code, successor) for pk, code, successor in Municipality.objects.order_by("pk").values_list("pk", "code", "successor")}
    today = set(Municipality.objects.filter(valid_until=None).values_list("code", flat=True))
    found = {code: code for code in today}
    for code, successor in rows.values():
        last = (code, successor)
        while last[1] is not None:
            last = rows[last[1]]
        if code not in found and last[0] in today:
            found[code] = last[0]
    return found


def check_file(*, by: Actor, path: Path, run: ImportRun, say: Say = lambda _: None) -> ImportRun:
    """Look a file through in batches, each in a transaction of its own, so that progress is seen. Nothing of the companies changes.

    Raises RuleBroken for a file that cannot be read or is in no form we know; the run says so, too.
    """
    require(can_administer(by))
    with reading.opened(path) as file:
        return check_elements(by=by, elements=reading.elements(file), run=run, say=say)


def check_elements(*, by: Actor, elements: Iterable[reading.Element], run: ImportRun, say: Say = lambda _: None) -> ImportRun:
    """As `check_file`, of companies that come from elsewhere than a file."""
    require(can_administer(by))
    with act_as_house("reference data for an import of companies"):
        load_codes()
        municipalities = todays_codes()
    codes: prh.Codes = {}
    lines = _rows(elements, municipalities, codes)
    while batch := list(islice(lines, BATCH)):
        with act_as_house("rows of the register's file, not applied yet"):
            _copy(run, batch)
            run.rows += len(batch)
            run.save(update_fields=["rows"])
        say(f"{run.rows} rows read")
    with act_as_house("what the file would change"):
        run.refresh_from_db(fields=["state"])
        if run.state == ImportState.DROPPED:  # put away meanwhile
            ImportRow.objects.filter(run=run).delete()
            return run
        keep_codes(codes)
        mark_doubles(run)
        if run.rows >= MANY:
            with connection.cursor() as cursor:
                cursor.execute("select wall.customers_analyze_rows()")
        run.report, run.state = report_of(run), ImportState.CHECKED
        run.save(update_fields=["report", "state"])
    return run


Row = tuple[int, str, str | None, str, str]  # line, business ID, our form as JSON, problem, its detail


def _rows(elements: Iterable[reading.Element], municipalities: dict[str, str], codes: prh.Codes) -> Iterator[Row]:
    for element in elements:
        if element.problem:
            yield element.line, "", None, element.problem, _plain(element.detail)
        elif element.value is not None:
            business_id = prh.business_id_of(element.value)
            try:
                told = _told(prh.in_our_form(element.value, municipalities, codes))
            except prh.BrokenRowError as broken:
                yield element.line, _plain(business_id), None, broken.problem, _plain(broken.detail)
            else:
                yield element.line, business_id, told, "", ""


def _plain(text: str) -> str:
    """What the database keeps of a text that may hold anything."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "?")


def _told(register: prh.Register) -> str:
    """As JSON that PostgreSQL keeps: no NUL, no half letters. Raises BrokenRowError."""
    told = json.dumps(register, ensure_ascii=False, separators=(",", ":"))
    try:
        told.encode()
    except UnicodeEncodeError:
        raise prh.BrokenRowError(RowProblem.LETTERS) from None
    if "\\u0000" in told:
        raise prh.BrokenRowError(RowProblem.LETTERS)
    return told


def _copy(run: ImportRun, rows: Iterable[Row]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("copy customers_importrow (run_id, line, business_id, register, problem, detail) from stdin") as copy,
    ):
        for row in rows:
            copy.write_row((run.pk, *row))


def mark_doubles(run: ImportRun) -> None:
    """A company that stands twice in a file: which row is right is not ours to guess, so the later ones are broken.

    The doubles are gathered first, as an array: with no figures of the table yet, a join would count them anew for each row.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "update customers_importrow r set problem = 'twice', detail = (select min(f.line) from customers_importrow f"
            " where f.run_id = r.run_id and f.business_id = r.business_id and f.problem = '')"
            " where r.id = any(array(select id from (select id, row_number() over (partition by business_id order by line) as n"
            " from customers_importrow where run_id = %s and problem = '') x where n > 1))",
            [run.pk],
        )
