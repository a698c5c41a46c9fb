"""Late cases as a coordinator may know of them: number, desk and lateness."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.ui.clocks import clock_html, clock_phrase
from luukku.core.ui.times import moment_text
from luukku.desk.enums import TO_DO, ClockKind
from luukku.desk.queries.promise import LateCase, late_cases_for_coordinator
from luukku.network.models import Desk, Region


@dataclass(frozen=True)
class LateLine:
    """`is_late` is False for one that is on the list only because the customer has said that nobody contacted her."""

    number: str
    desk: str
    organisation: str
    clock: SafeString
    under: str
    not_contacted: bool
    is_late: bool
    cells: list[str]


def late_lines(actor: Actor, region: Region, now: datetime) -> list[LateLine]:
    """Two statements. Raises NotAllowed."""
    found = late_cases_for_coordinator(actor, region.pk, now=now)
    desks = {desk.pk: desk for desk in Desk.objects.filter(region=region).select_related("organisation")}
    return [_line(each, desks[each.desk_id], now) for each in found if each.desk_id in desks]


def _line(late: LateCase, desk: Desk, now: datetime) -> LateLine:
    is_late = late.due_at is not None and late.due_at < now
    what = str(TO_DO[ClockKind(late.due_kind)]) if late.due_kind else ""
    due = late.due_at
    clock = clock_html("late" if is_late else "soon", clock_phrase(due, now)) if due else clock_html("wait", _("No clock runs"))
    was = moment_text(due) if due else ""
    local = timezone.localtime(due).strftime("%Y-%m-%d %H:%M") if due else ""
    cells = [
        late.number, str(desk.organisation.name), str(desk.name), what, local, str(late.minutes_late(now) // 60),
        _("yes") if late.not_contacted else "",
    ]  # fmt: skip
    under = _("%(what)s, was due %(moment)s") % {"what": what, "moment": was} if is_late else what
    return LateLine(late.number, str(desk.name), str(desk.organisation.name), clock, under, late.not_contacted, is_late, cells)
