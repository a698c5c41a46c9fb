"""Lines of the parties' own strategies, which measures may serve."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.network.access import require
from luukku.network.models import Organisation
from luukku.plans.access import can_tell_strategy
from luukku.plans.models import StrategyLine


@dataclass(frozen=True)
class LineForm:
    """A line, the years for which it stands, and where it can be read."""

    name: str
    year: int
    last_year: int
    url: str = ""


def tell_strategy(*, by: Actor, organisation: Organisation, form: LineForm, at: datetime | None = None) -> StrategyLine:
    """A line of an organisation's own strategy: by its head, or who writes a plan of its region. Raises NotAllowed, RuleBroken."""
    require(can_tell_strategy(by, organisation))
    with transaction.atomic():
        made = StrategyLine.objects.create(organisation=organisation, **_columns(form))
        trail.record("strategy.told", made, by=by, organisation_id=organisation.pk, at=at)
    return made


def change_strategy(*, by: Actor, line: StrategyLine, form: LineForm, is_over: bool, at: datetime | None = None) -> StrategyLine:
    """Mend its words or years. One that `is_over` is offered to no more measures; those that serve it keep it. Raises NotAllowed, RuleBroken."""
    require(can_tell_strategy(by, line.organisation))
    with transaction.atomic():
        found = StrategyLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
        for name, value in _columns(form).items():
            setattr(found, name, value)
        if is_over != (found.deactivated_at is not None):
            found.deactivated_at = (at or timezone.now()) if is_over else None
        found.save()
        trail.record("strategy.changed", found, by=by, organisation_id=found.organisation_id, at=at, is_over=is_over)
    return found


def _columns(form: LineForm) -> dict[str, str | int]:
    """Raises RuleBroken."""
    if not form.name.strip():
        raise RuleBroken(_("Write the line of the strategy."), field="name")
    if form.last_year < form.year:
        raise RuleBroken(_("It ends before it begins. Mend the years."), field="last_year")
    return {"name": form.name.strip()[:200], "url": form.url.strip(), "year": form.year, "last_year": form.last_year}
