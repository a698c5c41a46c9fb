"""The parts under which measures stand: those of a kind of plans, and those of one plan, such as the focus areas of a strategy."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.translated import LANGUAGES
from luukku.network.access import require
from luukku.plans.access import can_write
from luukku.plans.actions.plans import locked
from luukku.plans.enums import PlanState
from luukku.plans.models import Plan, PlanKind, PlanPart

Names = Sequence[Mapping[str, str]]


def check_parts(parts: Names) -> None:
    """Raises RuleBroken."""
    if not parts or any(not part.get("fi", "").strip() for part in parts):
        raise RuleBroken(_("Write at least one part, each with a name in Finnish."), field="parts")


def write_parts(kind: PlanKind, parts: Names, plan: Plan | None = None) -> None:
    """The first line is the first part, as it was or under another name. A part that is left out takes no new measures."""
    known = list(PlanPart.objects.filter(kind=kind, plan=plan, deactivated_at=None).order_by("position", "id"))
    for place, names in enumerate(parts):
        part = known[place] if place < len(known) else PlanPart(kind=kind, plan=plan)
        part.position = place + 1
        for language in LANGUAGES:
            setattr(part, f"name_{language}", names.get(language, "").strip()[:160])
        part.save()
    for part in known[len(parts) :]:
        part.deactivated_at = timezone.now()
        part.save(update_fields=["deactivated_at"])


def name_parts(*, by: Actor, plan: Plan, parts: Names, at: datetime | None = None) -> Plan:
    """The plan's own parts, in order, instead of its kind's. Raises NotAllowed, RuleBroken."""
    require(can_write(by, plan))
    check_parts(parts)
    with transaction.atomic():
        found = locked(plan)
        if found.state == PlanState.CLOSED:
            raise RuleBroken(_("The plan is closed."))
        write_parts(found.kind, parts, found)
        trail.record("plan.parts_named", found, by=by, region_id=found.region_id, at=at, parts=len(parts))
    return found


def same_part(part: PlanPart, plan: Plan) -> PlanPart:
    """Where a measure that goes on into `plan` stands there: under the part of the same name or place, else the first."""
    if part.plan_id is None:
        return part
    offered = list(PlanPart.objects.offered(plan))
    return next(
        (each for each in offered if each.name_fi == part.name_fi), next((each for each in offered if each.position == part.position), offered[0])
    )
