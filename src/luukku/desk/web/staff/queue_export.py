"""The queue as a table for a spreadsheet, page by page, so that no length of it fills the memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core.actor import Actor, act_as
from luukku.core.paging import Cursor
from luukku.core.ui.tables import BOM, line
from luukku.desk.enums import CaseState, Channel
from luukku.desk.queries.queue import QueueFilters, QueueRow, queue_rows
from luukku.desk.web.staff.phrases import to_do, waits
from luukku.network.enums import LanguageCode

AT_A_TIME = 1000


def rows_of(actor: Actor, filters: QueueFilters, language: str) -> Iterator[str]:
    """Lines of CSV. Opens the actor's own transaction for as long as it streams."""
    with act_as(actor), translation.override(language):
        yield BOM + line(heads())
        for cells in cells_of(actor, filters):
            yield line(cells)


def cells_of(actor: Actor, filters: QueueFilters) -> Iterator[list[str]]:
    """The whole filtered list, a page's worth of it in memory at a time."""
    now = timezone.now()
    while True:
        page = queue_rows(actor, filters, AT_A_TIME, now=now)
        yield from (_cells(row) for row in page.rows)
        if page.next is None:
            return
        filters = replace(filters, cursor=Cursor(after=page.next))


def heads() -> list[str]:
    return [
        _("Number"), _("State"), _("Due"), _("What is due"), _("Waits for"), _("Matter"), _("Customer"), _("Municipality"), _("Service"),
        _("Language"), _("Arrived"), _("Channel"), _("Desk"), _("Handler"), _("Next step"), _("When"),
        _("Needed by"),
    ]  # fmt: skip


def _cells(row: QueueRow) -> list[str]:
    return [
        row.number, str(CaseState(row.state).label), _moment(row.due_at), to_do(row), waits(row), row.subject, row.customer, row.municipality,
        row.service, str(LanguageCode(row.language).label), _moment(row.received_at), str(Channel(row.channel).label), row.desk, row.handler,
        row.next_step, _moment(row.next_step_at), row.needed_by.isoformat() if row.needed_by else "",
    ]  # fmt: skip


def _moment(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""
