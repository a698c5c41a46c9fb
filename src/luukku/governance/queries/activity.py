"""How much groups meet, and what comes of it: counted by itself from the meetings. Numbers only, through a window."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_noop as _

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.core.registries import Measure
from luukku.core.translated import LocalText
from luukku.governance.models import GroupKind
from luukku.network.access.figures import require_figures
from luukku.network.models import Region

SPEED = 60  # kilometres in an hour of travelling by car or train from door to door: our own reckoning, on the page beside the figure


@dataclass(frozen=True)
class Activity:
    """Meetings held in whole months, by kind of group. `invited` and `present`: people, each meeting counted."""

    kind_id: int
    held: int
    invited: int
    present: int
    remote: int
    decisions: int
    tasks: int
    done: int
    kilometres: int  # that those by video did not travel, both ways

    @property
    def hours(self) -> int:
        """Of travelling that was saved."""
        return round(self.kilometres / SPEED)


def activity(region_id: int, months: Months) -> list[Activity]:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.governance_activity(%s, %s, %s)", [region_id, months.first, months.until])
        return [Activity(*(int(each or 0) for each in row)) for row in cursor.fetchall()]


def activity_rows(actor: Actor, region: Region, months: Months) -> list[tuple[LocalText, Activity]]:
    """With the name of each kind. Three statements. Raises NotAllowed for those who may not see the region's figures."""
    require_figures(actor, region.pk)
    found = activity(region.pk, months)
    kinds = {kind.pk: kind for kind in GroupKind.objects.filter(pk__in=[row.kind_id for row in found])}
    return sorted(((kinds[row.kind_id].name, row) for row in found), key=lambda pair: kinds[pair[1].kind_id].order)


def _count(what: str) -> Callable[[int, Months], tuple[float | None, int]]:
    def compute(region_id: int, months: Months) -> tuple[float | None, int]:
        rows = activity(region_id, months)
        return float(sum(getattr(row, what) for row in rows)), sum(row.held for row in rows)

    return compute


def _present(region_id: int, months: Months) -> tuple[float | None, int]:
    rows = activity(region_id, months)
    invited = sum(row.invited for row in rows)
    return (sum(row.present for row in rows) / invited if invited else None), invited


MEASURES = {
    "governance.meetings": Measure(_("Meetings of groups"), "count", _count("held")),
    "governance.decisions": Measure(_("Decisions of groups"), "count", _count("decisions")),
    "governance.kilometres_saved": Measure(_("Kilometres that meetings by video saved"), "count", _count("kilometres")),
    "governance.present": Measure(_("Present at meetings of groups"), "share", _present),
}
