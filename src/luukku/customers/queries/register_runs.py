"""Imports of the register as their pages show them."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.customers.enums import RowProblem
from luukku.customers.models import ImportRun
from luukku.customers.queries.companies import LABELS
from luukku.network.access import can_administer

MOST = 50
COUNTS = {
    "read": _("Rows read"),
    "new": _("New companies"),
    "changed": _("Changed"),
    "closed": _("Ceased, of the changed"),
    "moved": _("Moved, of the changed"),
    "renamed": _("Renamed, of the changed"),
    "unchanged": _("As before"),
    "older": _("Older than what is here, left alone"),
    "broken": _("Broken rows"),
}
EVENTS = {"closed": _("Ceased"), "moved": _("Moved to another municipality"), "renamed": _("Renamed")}


@dataclass(frozen=True)
class ShownReport:
    """A report in words: counts, changed fields with counts, companies by what happened to them, broken rows with why, what undoing left."""

    counts: list[tuple[str | Promise, int]]
    fields: list[tuple[str, int]]
    companies: list[tuple[str | Promise, list[dict[str, str]], int]]
    broken: list[dict[str, Any]]
    more_broken: int
    problem: str
    undo: dict[str, Any] | None


def runs_to_show(actor: Actor) -> list[ImportRun]:
    """The newest first. One statement; none for who is no administrator."""
    found = ImportRun.objects.select_related("person") if can_administer(actor) else ImportRun.objects.none()
    return list(found[:MOST])


def shown_report(run: ImportRun) -> ShownReport:
    """No statement."""
    report = run.report
    broken = [row | {"words": RowProblem(row["problem"]).label} for row in report.get("broken_rows", ())]
    events = [(words, report.get("companies", {}).get(event, []), report.get(event, 0)) for event, words in EVENTS.items()]
    fields = [(str(LABELS.get(field, field)), count) for field, count in report.get("fields", {}).items()]
    return ShownReport(
        [(words, report[what]) for what, words in COUNTS.items() if what in report], fields, [each for each in events if each[1]], broken,
        max(0, report.get("broken", 0) - len(broken)), report.get("problem", ""), report.get("undo"),
    )  # fmt: skip
