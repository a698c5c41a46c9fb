"""The embedded database as a whole: server, roles, database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from luukku.core.postgres import embedded
from luukku.core.roles import prepare


@contextmanager
def embedded_database(data: Path) -> Iterator[None]:
    """Start the server whose cluster lies in `data` and make its roles and database, if they are not there yet."""
    server = embedded(data)
    with server.in_use():
        with server.alone():  # the server refuses two that change one role at the same moment
            prepare(f"host={server.socket_dir} user=postgres dbname=postgres")
        yield
