"""What a spreadsheet that came back says is written, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.network.access import require
from luukku.plans.access import can_write
from luukku.plans.actions.measures import MeasureForm, add_measure, edit_measure, form_of
from luukku.plans.models import Plan, PlanPart, StrategyLine
from luukku.plans.queries.seats import key_of_value
from luukku.plans.queries.sheets import DAYS, EXTRA, VALUES, WORDS, measures_of

Said = Mapping[str, Any]


def apply_sheet(*, by: Actor, plan: Plan, changes: Sequence[Said], at: datetime | None = None) -> int:
    """Each change has `key` and `version` (none: a new measure) and `said`, what its cells say as forms send it.

    Returns how many measures were written. Raises NotAllowed; RuleBroken, with nothing written, when one of
    them cannot be or was changed by somebody meanwhile.
    """
    require(can_write(by, plan))
    parts = {part.pk: part for part in PlanPart.objects.of(plan)}
    known = measures_of([int(each["key"]) for each in changes if each["key"] is not None])
    with transaction.atomic():
        for each in changes:
            measure = known.get(each["key"]) if each["key"] is not None else None
            if each["key"] is not None and (measure is None or measure.plan_id != plan.pk):
                raise RuleBroken(_("There is no such measure in this plan any more."))
            try:
                if measure is None:
                    add_measure(by=by, plan=plan, form=_form(each["said"], parts, None), at=at)
                else:
                    edit_measure(by=by, measure=measure, form=_form(each["said"], parts, form_of(measure)), based_on=each["version"], at=at)
            except RuleBroken as broken:
                words = _("Line %(line)s: %(reason)s") % {"line": each["line"], "reason": broken.message}
                raise RuleBroken(words) from None
        trail.record("plan.sheet_applied", plan, by=by, region_id=plan.region_id, at=at, measures=len(changes))
    return len(changes)


def _form(said: Said, parts: Mapping[int, PlanPart], now: MeasureForm | None) -> MeasureForm:
    columns: dict[str, Any] = {name: str(said[name]) for name in (*WORDS, "indicator_kind")}
    columns |= {name: Decimal(said[name]) if said[name] else None for name in VALUES}
    columns |= {name: date.fromisoformat(said[name]) if said[name] else None for name in DAYS}
    columns["check_points"] = [(date.fromisoformat(day), str(words)) for day, words in said["points"]]
    columns["lines"] = list(StrategyLine.objects.filter(pk__in=said["lines"]).order_by("id"))
    columns["part"] = parts[int(said["part"])]
    extras = {name.removeprefix(EXTRA): str(words) for name, words in said.items() if name.startswith(EXTRA)}
    columns["extras"] = {**(now.extras if now is not None else {}), **extras}
    seats = [said["lead"], *said["others"]]
    columns["seats"] = [key for value in seats if value and (key := key_of_value(value)) is not None]
    return replace(now, **columns) if now is not None else MeasureForm(**columns)
