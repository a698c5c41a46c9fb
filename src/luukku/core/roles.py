"""The database's logins: who owns, who serves the web, who does the house's own work. Idempotent; run by an owner with CREATEROLE."""

from contextlib import suppress

import psycopg
from django.db.backends.utils import CursorWrapper
from psycopg import sql

ROLES = ("luukku_owner", "luukku_web", "luukku_house")
# Statements hold what people wrote. Sessions of one login see each other's in pg_stat_activity, and the server's log tells those that fail.
QUIET = {
    "track_activities": "off", "log_min_error_statement": "panic", "log_error_verbosity": "terse", "log_statement": "none",
    "log_min_duration_statement": "-1",
}  # fmt: skip


def create_roles(connection: psycopg.Connection[tuple[object, ...]], passwords: dict[str, str] | None = None) -> None:
    """Create or mend the three logins on the server of `connection`. `passwords` maps role to password (none on a socket)."""
    for role in ROLES:
        exists = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
        if not exists:
            connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
        password = (passwords or {}).get(role)
        if password:
            connection.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(password)))
        _quieten(connection, role)
    # The house may step down to the web's rights for a job that one person asked for; never the other way round.
    connection.execute("grant luukku_web to luukku_house")
    connection.execute("grant luukku_web, luukku_house to luukku_owner")


def _quieten(connection: psycopg.Connection[tuple[object, ...]], role: str) -> None:
    """Let the server keep quiet about the role's statements; only a superuser can say so (`luukku doctor` tells when it is not so)."""
    for name, value in QUIET.items():
        with suppress(psycopg.errors.InsufficientPrivilege):
            connection.execute(sql.SQL("alter role {} set {} = {}").format(sql.Identifier(role), sql.Identifier(name), sql.Literal(value)))


def create_database(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Create database `name`, owned by luukku_owner, unless it is there. `connection` must be in autocommit."""
    if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        # Whatever the server's own locale: letters of every language, ordered by code point (our sort keys are made for that).
        modern = connection.info.server_version >= 170000
        locale = "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'" if modern else "locale 'C.UTF-8'"
        statement = sql.SQL("create database {} owner luukku_owner template template0 encoding 'UTF8' " + locale)
        connection.execute(statement.format(sql.Identifier(name)))
    close_database(connection, name)


def close_database(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """No temporary tables: one of the web's own could stand in for ours in a statement that does not write the schema out."""
    connection.execute(sql.SQL("revoke temporary on database {} from public").format(sql.Identifier(name)))


def grant_defaults(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """What tables made later by the owner allow the two others: rows, never TRUNCATE (it would pass row-level security)."""
    for role in ("luukku_web", "luukku_house"):
        who = sql.Identifier(role)
        for what in ("select, insert, update, delete on tables", "usage, select on sequences"):
            connection.execute(sql.SQL("alter default privileges for role luukku_owner grant {} to {}").format(sql.SQL(what), who))
        connection.execute(sql.SQL("grant usage on schema public to {}").format(who))


def forget_default_rights(cursor: CursorWrapper) -> None:
    """Before a dump is loaded: it tells a table's rights as if there were no defaults, and with them what a migration took away would come back.

    The defaults themselves are in the dump, after the tables.
    """
    for what in ("tables", "sequences"):
        cursor.execute(f"alter default privileges for role luukku_owner revoke all on {what} from luukku_web, luukku_house")


def prepare(superuser_dsn: str, name: str = "luukku", passwords: dict[str, str] | None = None) -> None:
    """Roles, database and default privileges in one go: what a new installation needs before it migrates."""
    with psycopg.connect(superuser_dsn, autocommit=True) as server:
        create_roles(server, passwords)
        create_database(server, name)
    with psycopg.connect(superuser_dsn, dbname=name, autocommit=True) as database:
        grant_defaults(database)
