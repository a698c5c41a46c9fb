"""Late cases, and those of whose limit she is warned, as a coordinator may know of them: number, desk and lateness."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.ui.clocks import clock_html, phrase_by
from luukku.core.ui.times import Teller
from luukku.desk.actions.warning_times import warning_times
from luukku.desk.enums import TO_DO
from luukku.desk.queries.horizons import coordinators
from luukku.desk.queries.promise import LateCase, late_cases_for_coordinator
from luukku.network.models import Desk, Region
from luukku.network.queries.calendars import Calendars


@dataclass(frozen=True)
class LateLine:
    """`is_late` is False for one that is about to break, or is on the list because the customer has said that nobody contacted her."""

    late: LateCase
    desk: str
    organisation: str
    what: str
    clock: SafeString
    under: str
    is_late: bool
    hours: int

    @property
    def cells(self) -> list[str]:
        """The same as a row of a table."""
        due = timezone.localtime(self.late.due_at).strftime("%Y-%m-%d %H:%M") if self.late.due_at else ""
        asked = _("yes") if self.late.not_contacted else ""
        return [self.late.number, self.organisation, self.desk, self.what, due, str(self.hours), asked]


def late_lines(actor: Actor, region: Region, now: datetime) -> list[LateLine]:
    """A handful of statements, however many there are. Raises NotAllowed."""
    soon = coordinators(Calendars().of_region(region.pk), now, warning_times(region)) or now
    found = late_cases_for_coordinator(actor, region.pk, now=max(now, soon))
    desks = Desk.objects.filter(region=region).select_related("organisation")
    names = {desk.pk: (str(desk.name), str(desk.organisation.name)) for desk in desks}
    to_do = {kind.value: str(words) for kind, words in TO_DO.items()}
    teller = Teller(now)
    return [_line(each, *names[each.desk_id], to_do.get(each.due_kind, ""), teller) for each in found if each.desk_id in names]


def _line(late: LateCase, desk: str, organisation: str, what: str, teller: Teller) -> LateLine:
    due = late.due_at
    is_late = due is not None and due < teller.now
    clock = clock_html("late" if is_late else "soon", phrase_by(teller, due)) if due else clock_html("wait", _("No clock runs"))
    under = _("%(what)s, was due %(moment)s") % {"what": what, "moment": teller.moment(due)} if due and is_late else what
    return LateLine(late, desk, organisation, what, clock, under, is_late, late.minutes_late(teller.now) // 60)
