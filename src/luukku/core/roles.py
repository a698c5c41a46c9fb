"""The database's logins: who owns, who serves the web, who does the house's own work. Idempotent; run by an owner with CREATEROLE."""

import psycopg
from psycopg import sql

ROLES = ("luukku_owner", "luukku_web", "luukku_house")


def create_roles(connection: psycopg.Connection[tuple[object, ...]], passwords: dict[str, str] | None = None) -> None:
    """Create or mend the three logins on the server of `connection`. `passwords` maps role to password (none on a socket)."""
    for role in ROLES:
        exists = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
        if not exists:
            connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
        password = (passwords or {}).get(role)
        if password:
            connection.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(password)))
    # The house may step down to the web's rights for a job that one person asked for; never the other way round.
    connection.execute("grant luukku_web to luukku_house")
    connection.execute("grant luukku_web, luukku_house to luukku_owner")


def create_database(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Create database `name`, owned by luukku_owner, unless it is there. `connection` must be in autocommit."""
    if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        # Whatever the server's own locale: letters of every language, ordered by code point (our sort keys are made for that).
        modern = connection.info.server_version >= 170000
        locale = "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'" if modern else "locale 'C.UTF-8'"
        statement = sql.SQL("create database {} owner luukku_owner template template0 encoding 'UTF8' " + locale)
        connection.execute(statement.format(sql.Identifier(name)))


def grant_defaults(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """What tables made later by the owner allow the two others: rows, never TRUNCATE (it would pass row-level security)."""
    for role in ("luukku_web", "luukku_house"):
        who = sql.Identifier(role)
        for what in ("select, insert, update, delete on tables", "usage, select on sequences"):
            connection.execute(sql.SQL("alter default privileges for role luukku_owner grant {} to {}").format(sql.SQL(what), who))
        connection.execute(sql.SQL("grant usage on schema public to {}").format(who))


def prepare(superuser_dsn: str, name: str = "luukku", passwords: dict[str, str] | None = None) -> None:
    """Roles, database and default privileges in one go: what a new installation needs before it migrates."""
    with psycopg.connect(superuser_dsn, autocommit=True) as server:
        create_roles(server, passwords)
        create_database(server, name)
    with psycopg.connect(superuser_dsn, dbname=name, autocommit=True) as database:
        grant_defaults(database)
