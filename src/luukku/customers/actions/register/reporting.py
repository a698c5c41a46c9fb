"""What a looked-through file would change: counts, fields, and the companies that people want to hear of."""

from typing import Any

from django.db import connection

from luukku.customers.actions.register.comparing import CHANGED, COMPARED
from luukku.customers.models import ImportRow, ImportRun

NAMED = 100  # of each kind
EVENTS = ("closed", "moved", "renamed")
Report = dict[str, Any]


def report_of(run: ImportRun) -> Report:
    """Counts of rows by what they would do, of fields that change, broken rows by line and reason, and companies closed, moved, renamed."""
    broken = ImportRow.objects.filter(run=run).exclude(problem="")
    with connection.cursor() as cursor:
        cursor.execute(f"select what, count(*) from ({COMPARED}) x group by 1", {"run": run.pk})
        counts = dict(cursor.fetchall())
        cursor.execute(f"select kind, count(*) from ({CHANGED}) x, unnest(kinds) kind group by 1 order by 1", {"run": run.pk})
        fields = dict(cursor.fetchall())
        events = {event: fields.pop(event, 0) for event in EVENTS}
        cursor.execute(
            f"select event, business_id, called, became from (select event, business_id, called, register -> 'values' ->> 'name' as became,"
            f" row_number() over (partition by event order by business_id) n from ({CHANGED}) x, unnest(kinds) event where event = any(%(events)s)) y"
            " where n <= %(most)s order by 1, 2",
            {"run": run.pk, "events": list(EVENTS), "most": NAMED},
        )
        companies: dict[str, list[dict[str, str]]] = {event: [] for event in EVENTS}
        for event, business_id, was, now in cursor.fetchall():
            companies[event].append({"business_id": business_id, "name": was} | ({"new_name": now} if event == "renamed" else {}))
    return {
        "read": run.rows,
        **{what: counts.get(what, 0) for what in ("new", "changed", "unchanged", "older")},
        "broken": broken.count(),
        **events,
        "fields": fields,
        "companies": companies,
        "broken_rows": list(broken.order_by("line").values("line", "business_id", "problem", "detail")[:NAMED]),
    }
