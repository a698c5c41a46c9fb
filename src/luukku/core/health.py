"""`/health`: can this process answer? Database reachable, migrations applied, mail not stuck. No figures about people."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

_migrated = False


def _pending_migrations() -> bool:
    global _migrated  # noqa: PLW0603 — once all are applied, they stay applied for this process's code
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not _migrated


def report() -> dict[str, bool]:
    """Which parts work; True is well."""
    parts = {"database": False, "migrations": False, "mail": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from core_outgoingmail where state = 'queued' and due_at < %s", [timezone.now() - timedelta(minutes=15)])
            parts["mail"] = cursor.fetchone()[0] == 0
        parts["database"] = True
        parts["migrations"] = not _pending_migrations()
    except DatabaseError:
        pass
    return parts


def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated, else 503. A mail queue that stands still is told but not fatal."""
    parts = report()
    well = parts["database"] and parts["migrations"]
    return JsonResponse({"ok": well, **parts}, status=200 if well else 503)
