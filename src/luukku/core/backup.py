"""A backup is a folder: `database.dump`, `files/`, `manifest.json`. It can be restored anywhere, roles and walls included."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import OperationalError, connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from luukku.core import roles
from luukku.core.postgres import program_folder, server_version

DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"


class BackupError(RuntimeError):
    """The sentence says what is wrong and how to mend it."""


def back_up(folder: Path) -> dict[str, Any]:
    """Write database and files into `folder` (new, or an earlier backup, which is brought up to date). Returns the manifest.

    The database comes first: a file is on the disk before its row is, so every row of the dump has its file. The secret key is not in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    part = folder / f"{DUMP}.part"
    # As the owner, through row-level security: its policies let the owner see all, and no superuser is needed.
    database_program("pg_dump", "--format=custom", "--enable-row-security", "--file", str(part))
    os.replace(part, folder / DUMP)
    manifest = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": _digest(folder / DUMP),
        "files": _copy_files(Path(settings.LUUKKU_FILES), folder / FILES),
        "server": server_version(),
        "last_migrations": _last_migrations(),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2))
    return manifest


def restore(folder: Path, superuser: str | None, *, replace: bool = False) -> dict[str, Any]:
    """Make roles, database and files of a backup anew. Returns its manifest; raises BackupError.

    `superuser` is whom to connect as to create roles and database; None where setup has done so. A database that holds tables is
    overwritten only with `replace`.
    """
    manifest = _verified(folder)
    name = str(settings.DATABASES["default"]["NAME"])
    if superuser:
        if replace:
            _drop(superuser, name)
        roles.prepare(superuser, name)
    if _tables():
        raise BackupError("The database holds tables already. Restore into an empty one, or add --replace, which ends what is there.")
    with connection.cursor() as cursor:
        roles.forget_default_rights(cursor)
    # The walls are raised after the rows have been loaded; roles stand already, so grants and policies find them.
    database_program("pg_restore", "--no-owner", "--enable-row-security", "--exit-on-error", "--single-transaction", str(folder / DUMP))
    _copy_files(folder / FILES, Path(settings.LUUKKU_FILES))
    with connection.cursor() as cursor:
        # The workers of that installation do not work here: their jobs are free for the ones that will.
        cursor.execute("update procrastinate_workers set last_heartbeat = 'epoch'")
        cursor.execute("analyze")
    return manifest


def _verified(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (FileNotFoundError, NotADirectoryError):
        raise BackupError(f"{folder} is no backup: it has no {MANIFEST}.") from None
    if not (folder / DUMP).exists() or _digest(folder / DUMP) != manifest["sha256"]:
        raise BackupError(f"{folder / DUMP} is not what the manifest says. Take another backup.")
    return manifest


def _drop(superuser: str, name: str) -> None:
    connection.close()
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _tables() -> bool:
    try:
        with connection.cursor() as cursor:
            return bool(connection.introspection.table_names(cursor))
    except OperationalError as error:
        raise BackupError(f"The database does not answer ({error}). Run luukku setup first, or give --superuser.") from error


def _last_migrations() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select app, max(name) from django_migrations group by app order by app")
        return dict(cursor.fetchall())


def _address(database: Mapping[str, Any]) -> list[str]:
    given = {"host": database.get("HOST"), "port": database.get("PORT"), "user": database.get("USER"), "dbname": database["NAME"]}
    options = {name: value for name, value in database.get("OPTIONS", {}).items() if isinstance(value, str)}
    return [f"--dbname={make_conninfo(**{name: value for name, value in (given | options).items() if value})}"]


def database_program(program: str, *arguments: str) -> str:
    """What a program of PostgreSQL says of the product's database. Raises BackupError."""
    password = str(settings.DATABASES["default"].get("PASSWORD") or "")
    env = os.environ | ({"PGPASSWORD": password} if password else {})
    command = [str(program_folder() / program), *_address(settings.DATABASES["default"]), *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def _copy_files(source: Path, target: Path) -> int:
    """Copy what is not there yet; names are digests, so an equal name is an equal file. Returns how many there are."""
    target.mkdir(parents=True, exist_ok=True)
    number = 0
    for file in source.glob("??/*") if source.exists() else ():
        number += 1
        copy = target / file.parent.name / file.name
        if not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            shutil.copy2(file, f"{copy}.part")
            os.replace(f"{copy}.part", copy)
    return number


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
