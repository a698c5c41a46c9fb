"""What the nation decides for its regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.core.worktime import format_hours, parse_hours
from luukku.network import access
from luukku.network.actions.writing import writing
from luukku.network.models import NationRules
from luukku.network.models.nation import HOURS
from luukku.network.queries.nation import forget_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class NationDetails:
    """Defaults are those the product comes with. Days of the promise are working days, all others days of the calendar."""

    phone: str = ""
    hours: str = "8–16"
    saturday_hours: str = ""
    sunday_hours: str = ""
    closing_days: Sequence[date] = ()
    review_months: int = 6
    status_link_days: int = 90
    outside_link_days: int = 30
    taken_up_days: int = 2
    informed_days: int = 10
    guided_days: int = 2
    feedback_gap_days: int = 30


def edit_nation(*, by: Actor, details: NationDetails) -> NationRules:
    """Regions that have decided otherwise keep what they have; what was promised keeps its date. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    columns = {name: getattr(details, name) for name in details.__dataclass_fields__}
    for name, value in columns.items():
        if isinstance(value, int) and value < 1:
            raise RuleBroken(_("Give a number of at least one."), field=name)
    columns |= _hours(details) | {"closing_days": sorted(set(details.closing_days))}
    with writing("nation.edit", by=by):
        rules, _made = NationRules.objects.select_for_update().get_or_create(pk=1)
        _check_days(rules.closing_days, columns["closing_days"])
        changed = [name for name, value in columns.items() if getattr(rules, name) != value]
        for name in changed:
            setattr(rules, name, columns[name])
        if changed:
            rules.save(update_fields=changed)
            record("nation.edited", rules, by=by, fields=len(changed))
    forget_rules()
    return rules


def _hours(details: NationDetails) -> dict[str, str]:
    """The door's hours as they are kept, by their fields. Raises RuleBroken."""
    kept: dict[str, str] = {}
    for name in HOURS:
        try:
            kept[name] = format_hours(parse_hours(getattr(details, name)))
        except ValueError as wrong:
            raise RuleBroken(_("Write opening hours like 8–16 or 8.30–12, 13–16. Leave empty when closed."), field=name) from wrong
    if not any(kept.values()):
        raise RuleBroken(_("Give the hours of one day at least: a promise is counted in them."), field="hours")
    return kept


def _check_days(before: Sequence[date], now: Sequence[date]) -> None:
    """What has passed stays as it was: promises were counted by it. Raises RuleBroken."""
    changed = set(before) ^ set(now)
    if any(day < timezone.localdate() for day in changed):
        raise RuleBroken(_("Closing days that have passed can be neither added nor taken away: promises were counted by them."), field="closing_days")
