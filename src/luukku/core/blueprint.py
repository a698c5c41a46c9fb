"""The tables a new database begins with, drawn from one that every migration has made: to run hundreds of them takes minutes, to lay this seconds.

A blueprint may be older than the newest migrations; those are run after it, as in any database that is brought up to date.
"""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from luukku.core import roles
from luukku.core.backup import database_program

DRAWN = Path(__file__).resolve().parent / "data" / "blueprint.sql"
_RECORDED = re.compile(r"\('?\d*'?,? ?'(\w+)', '(\w+)', '[^']+'\)")
_NOISE = re.compile(
    r"^--\n-- [^\n]*\n--\n\n|^-- Dumped [^\n]*\n"  # headings
    r"|^(?:SET \w+ = [^\n]*;|SELECT pg_catalog\.set_config\([^\n]*\);|\\(?:un)?restrict [^\n]*)\n"  # of the program that wrote it
    r"|^SELECT pg_catalog\.setval\('[^\n']*', 1, false\);\n",  # as they begin anyway
    re.MULTILINE,
)


class NotNew(RuntimeError):
    """The database holds more than migrations put into it."""


def lay() -> bool:
    """Give an empty database the blueprint's tables, all or none; returns whether it was empty. Connected as its owner."""
    if connection.introspection.table_names() or not DRAWN.exists():
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local check_function_bodies = off")
        cursor.execute("set local client_min_messages = warning")
        roles.forget_default_rights(cursor)
        cursor.execute("select set_config('search_path', '', true)")
        cursor.execute(DRAWN.read_text(encoding="utf-8"))
    return True


def draw(path: Path = DRAWN) -> None:
    """Write the tables of this database, and the rows that migrations put into them. Raises NotNew."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    if user._default_manager.exists():
        raise NotNew("Somebody has an account in this database. Draw one that is fresh from `luukku migrate --every-step`.")
    words = database_program("pg_dump", "--inserts", "--rows-per-insert=500", "--no-owner", "--enable-row-security")
    path.parent.mkdir(exist_ok=True)
    path.write_text(re.sub(r"\n{3,}", "\n\n", _NOISE.sub("", words)).lstrip(), encoding="utf-8")


def drawn_migrations() -> set[tuple[str, str]]:
    """App and name of those that the blueprint stands for."""
    words = DRAWN.read_text(encoding="utf-8")
    start = words.index(f"INSERT INTO public.{MigrationRecorder.Migration._meta.db_table}")
    return set(_RECORDED.findall(words[start : words.index(";\n", start)]))
