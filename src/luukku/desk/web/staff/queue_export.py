"""The queue as a table for a spreadsheet, page by page, so that no length of it fills the memory."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core.actor import Actor, act_as
from luukku.core.paging import Cursor
from luukku.desk.queries.queue import QueueFilters, QueueRow, queue
from luukku.desk.web.staff.phrases import to_do, waits
from luukku.desk.web.staff.tables import BOM, line


def rows_of(actor: Actor, filters: QueueFilters, language: str) -> Iterator[str]:
    """Lines of CSV. Opens the actor's own transaction for as long as it streams."""
    with act_as(actor), translation.override(language):
        yield BOM + line(_heads())
        page = queue(actor, filters)
        while True:
            yield "".join(line(_cells(row)) for row in page.rows)
            if page.next is None:
                return
            page = queue(actor, replace(filters, cursor=Cursor(after=page.next)))


def _heads() -> list[str]:
    return [
        _("Number"), _("State"), _("Due"), _("What is due"), _("Waits for"), _("Matter"), _("Customer"), _("Municipality"), _("Service"),
        _("Language"), _("Arrived"), _("Channel"), _("Desk"), _("Handler"), _("Next step"),
    ]  # fmt: skip


def _cells(row: QueueRow) -> list[str]:
    leg, case = row.leg, row.case
    due = timezone.localtime(leg.due_at).strftime("%Y-%m-%d %H:%M") if leg.due_at else ""
    return [
        case.number, leg.get_state_display(), due, to_do(leg), waits(leg), case.subject, row.customer,
        str(case.municipality.name) if case.municipality else "", str(leg.service.name) if leg.service else "", case.get_language_display(),
        timezone.localtime(leg.received_at).strftime("%Y-%m-%d %H:%M"), case.get_channel_display(), str(leg.desk.name),
        leg.handler.name if leg.handler else "", leg.next_step,
    ]  # fmt: skip
