"""Kinds of plans are the network's keepers': their names, their parts, and after how many days a silent measure is flagged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.translated import LANGUAGES
from luukku.network.access import require
from luukku.plans.access import can_edit_kinds
from luukku.plans.actions.parts import check_parts, write_parts
from luukku.plans.models import PlanKind


@dataclass(frozen=True)
class KindForm:
    """Names by language, the parts in their order, and the days of the three steps."""

    names: Mapping[str, str]
    parts: Sequence[Mapping[str, str]]
    fine_days: int
    acceptable_days: int
    stale_days: int


def save_kind(*, by: Actor, kind: PlanKind, form: KindForm) -> PlanKind:
    """As it is from now on. A part that is left out takes no new measures; those that stand under it stay. Raises NotAllowed, RuleBroken."""
    require(can_edit_kinds(by))
    if not form.names.get("fi", "").strip():
        raise RuleBroken(_("Give the kind a name."), field="name_fi")
    check_parts(form.parts)
    if not 1 <= form.fine_days <= form.acceptable_days <= form.stale_days:
        raise RuleBroken(_("The days grow from the first to the last."), field="fine_days")
    with transaction.atomic():
        found = PlanKind.objects.select_for_update().get(pk=kind.pk)
        for language in LANGUAGES:
            setattr(found, f"name_{language}", form.names.get(language, "").strip()[:120])
        found.fine_days, found.acceptable_days, found.stale_days = form.fine_days, form.acceptable_days, form.stale_days
        found.save()
        write_parts(found, form.parts)
        trail.record("plan_kind.saved", found, by=by, kind=found.code, parts=len(form.parts))
    return found
