"""One PostgreSQL for all test runs of this checkout; a migrated template; a clone for each worker and each committing test.

The server stays in var/test between runs, so that the second run starts in a second. It runs without fsync. The last run out stops
it. Templates are named by the digest of all migrations.
"""

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from luukku.core import roles
from luukku.core.postgres import Server, embedded
from tests.harness import migrated

KEEP_TEMPLATES = 4


def server() -> Server:
    return embedded(Path(settings.LUUKKU_VAR) / "postgres")


def superuser(dbname: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
    """A connection that may create and drop databases, in autocommit."""
    return psycopg.connect(host=str(server().socket_dir), user="postgres", dbname=dbname, autocommit=True)


@contextmanager
def running_server() -> Iterator[None]:
    """The server runs as long as any test run needs it."""
    with server().in_use():
        with superuser() as database:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                database.execute(sql.SQL("alter system set {} = off").format(sql.Identifier(setting)))
            database.execute("select pg_reload_conf()")
        yield


@contextmanager
def _locked(name: str) -> Iterator[None]:
    with (Path(settings.LUUKKU_VAR) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def template() -> str:
    """The name of a database with every migration applied by luukku_owner; made if it is not there."""
    wanted = migrated.present()
    name = migrated.name_of(wanted)
    with _locked("template"), superuser() as database:
        if not _exists(database, name):
            _make_template(database, name, wanted)
            _forget_old_templates(database, name)
    return name


def _make_template(database: "psycopg.Connection[tuple[object, ...]]", name: str, wanted: migrated.Migrated) -> None:
    """Only what the nearest earlier template lacks is migrated: a new migration costs seconds."""
    draft = f"draft_{os.getpid()}"
    if source := migrated.nearest(_templates(database), wanted):
        _copy(database, draft, source)
    else:
        roles.prepare(f"host={server().socket_dir} user=postgres dbname=postgres", draft)
    with connected_to(draft):
        call_command("migrate", verbosity=0)
    for statement in ("alter database {0} rename to {1}", "comment on database {1} is {2}"):
        database.execute(sql.SQL(statement).format(sql.Identifier(draft), sql.Identifier(name), sql.Literal(json.dumps(wanted))))


def _templates(database: "psycopg.Connection[tuple[object, ...]]") -> dict[str, migrated.Migrated]:
    noted = "select datname, coalesce(shobj_description(oid, 'pg_database'), '{}') from pg_database where datname like 'template\\__%' order by oid"
    return {str(name): json.loads(str(note)) for name, note in database.execute(noted).fetchall() if name not in ("template0", "template1")}


def _forget_old_templates(database: "psycopg.Connection[tuple[object, ...]]", present: str) -> None:
    for name in [each for each in reversed(_templates(database)) if each != present][KEEP_TEMPLATES:]:
        drop(name)


def _exists(database: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
    return database.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def clone() -> str:
    """A fresh database like the template."""
    name, source = f"t_{os.getpid()}_{uuid.uuid4().hex[:8]}", template()
    with superuser() as database:
        _copy(database, name, source)
    return name


def _copy(database: "psycopg.Connection[tuple[object, ...]]", name: str, source: str) -> None:
    statement = sql.SQL("create database {} template {} owner luukku_owner")
    database.execute(statement.format(sql.Identifier(name), sql.Identifier(source)))
    roles.close_database(database, name)  # a copy has the rights of a new database


def drop(name: str) -> None:
    with superuser() as database:
        database.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@contextmanager
def connected_to(name: str) -> Iterator[str]:
    """Django's connection goes to database `name` for a while."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


@contextmanager
def own_clone() -> Iterator[str]:
    """Django's connection goes to a fresh database that is dropped afterwards: for tests that commit."""
    name = clone()
    try:
        with connected_to(name):
            yield name
    finally:
        drop(name)
