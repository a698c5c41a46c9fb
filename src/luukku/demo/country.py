"""Load data for benchmarks: 100,000 cases and a million events by bulk SQL, the one exception to "only through actions".

Skewed as in life: the front desk of the first region holds 40 % of the cases, 60 more organisations share the rest unevenly, 30 % are open. The
row triggers rest while the rows come in; their columns (readers, search) are computed in the same statements, and `luukku check data` proves them.
"""

import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction

from luukku.network.models import Organisation

CASES = 100_000
EVENTS = 1_000_000
ORGANISATIONS = 60
MARK = "country-load"
SQL = Path(__file__).resolve().parent / "data" / "country.sql"
TABLES = (
    "customers_contact", "desk_case", "desk_leg", "desk_clock", "desk_wait", "desk_message", "desk_note", "network_organisation", "network_person",
)  # fmt: skip


def is_loaded() -> bool:
    return Organisation.objects.filter(source=MARK).exists()


def load_country(say: Callable[[str], None], cases: int = CASES, events: int = EVENTS) -> None:
    """Load once, in steps with progress. Runs as the owner of the database; the sample network must stand already."""
    if is_loaded():
        say("The load data is there already.")
        return
    start = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"alter table {table} disable trigger user")
        for title, statement in steps():
            say(f"{time.monotonic() - start:5.0f} s  {title} …")
            cursor.execute(statement, {"cases": cases, "events": events, "organisations": ORGANISATIONS, "mark": MARK})
        cursor.execute("set constraints all immediate")
        for table in TABLES:
            cursor.execute(f"alter table {table} enable trigger user")
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    say(f"{time.monotonic() - start:5.0f} s  done: {cases:,} cases, {events:,} events")


def steps() -> list[tuple[str, str]]:
    """The statements of country.sql with their titles (`-- step: title`)."""
    parts = SQL.read_text(encoding="utf-8").split("-- step: ")[1:]
    return [(title, statement) for title, _, statement in (part.partition("\n") for part in parts)]
