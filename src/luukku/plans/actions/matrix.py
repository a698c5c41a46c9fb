"""The state of the cooperation before a first plan: matter by matter, and the two to five that are done first become measures."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.work import check_length
from luukku.network.access import require
from luukku.plans.access import can_write
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.plans import locked
from luukku.plans.enums import PlanState
from luukku.plans.models import MatrixCell, Plan, PlanPart
from luukku.plans.queries.matters import MATTERS

FEWEST, MOST = 2, 5


@dataclass(frozen=True)
class CellForm:
    present: str = ""
    mark: int | None = None
    what: str = ""
    by_day: date | None = None
    who: str = ""
    is_picked: bool = False


def write_cell(*, by: Actor, plan: Plan, matter: str, form: CellForm, based_on: int, at: datetime | None = None) -> MatrixCell:
    """One matter. `based_on`: the version that its writer had before her. Raises NotAllowed, RuleBroken when somebody else has saved since."""
    require(can_write(by, plan))
    if matter not in MATTERS or (form.mark is not None and not 1 <= form.mark <= 5):
        raise RuleBroken(_("Choose one of the matters, and a mark from 1 to 5."))
    check_length(form.present, field="present")
    with transaction.atomic():
        found = locked(plan)
        if found.state == PlanState.CLOSED:
            raise RuleBroken(_("The plan is closed."))
        cell, _made = MatrixCell.objects.select_for_update(of=("self",)).get_or_create(plan=found, matter=matter)
        if cell.version != based_on:
            raise RuleBroken(_("Somebody else saved this while you wrote. Both texts are below: put them together and save."))
        picked = MatrixCell.objects.filter(plan=found, is_picked=True).exclude(pk=cell.pk).count()
        if form.is_picked and picked >= MOST:
            raise RuleBroken(_("Five matters are picked already. Take one of them back first."), field="is_picked")
        cell.present, cell.mark, cell.what = form.present.strip(), form.mark, form.what.strip()[:300]
        cell.by_day, cell.who, cell.is_picked, cell.version = form.by_day, form.who.strip()[:120], form.is_picked, cell.version + 1
        cell.save()
        trail.record("matrix.written", found, by=by, region_id=found.region_id, at=at, matter=matter, picked=form.is_picked)
    return cell


def make_measures(*, by: Actor, plan: Plan, at: datetime | None = None) -> int:
    """The picked matters become measures of the plan's first part, each once. Returns how many are new. Raises NotAllowed, RuleBroken."""
    require(can_write(by, plan))
    with transaction.atomic():
        found = locked(plan)
        picked = list(MatrixCell.objects.filter(plan=found, is_picked=True).order_by("id"))
        if len(picked) < FEWEST:
            raise RuleBroken(_("Pick two to five matters to be done first."))
        if any(not cell.what for cell in picked):
            raise RuleBroken(_("Write of each picked matter what is done."))
        part, new = PlanPart.objects.offered(found)[0], [cell for cell in picked if cell.measure_id is None]
        for cell in new:
            starts = max(date(found.year, 1, 1), min(timezone.localdate(at), date(found.last_year, 12, 31)))
            due = max(cell.by_day or date(found.last_year, 12, 31), starts)
            more = f"{cell.present}\n\n{cell.who}".strip()
            form = MeasureForm(part=part, words=cell.what, goal=str(MATTERS[cell.matter].label), more=more, starts_on=starts, due_on=due)
            cell.measure = add_measure(by=by, plan=found, form=form, at=at)
            cell.save(update_fields=["measure"])
        trail.record("matrix.picked", found, by=by, region_id=found.region_id, at=at, measures=len(new))
    return len(new)
