"""How many SQL statements a piece of work costs. BEGIN, COMMIT, savepoints and the setting of the actor do not count."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext

_FRAME = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE SAVEPOINT|select set_config\()", re.IGNORECASE)


@dataclass
class Counted:
    """Filled when the block ends."""

    statements: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return "\n".join(f"{i}. {statement[:400]}" for i, statement in enumerate(self.statements, 1))


@contextmanager
def sql_count(exactly: int | None = None, *, at_most: int | None = None) -> Iterator[Counted]:
    """Count statements in the block; with a figure, fail and list them when it is not kept."""
    counted = Counted()
    with CaptureQueriesContext(connection) as captured:
        yield counted
    counted.statements = [q["sql"] for q in captured.captured_queries if not _FRAME.match(q["sql"])]
    if exactly is not None:
        assert counted.number == exactly, f"{counted.number} SQL statements, not {exactly}:\n{counted}"
    if at_most is not None:
        assert counted.number <= at_most, f"{counted.number} SQL statements, more than {at_most}:\n{counted}"
