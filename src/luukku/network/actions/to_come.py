"""The life of a change that is known beforehand: written down now, carried out on its day like any other, or refused then by a rule."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.network import access
from luukku.network.actions.periods import FURTHEST
from luukku.network.models.plans import Planned, PlanState
from luukku.network.queries.plans import keepers

P = TypeVar("P", bound=Planned)


def write_down(plan: Planned, *, by: Actor, taken: RuleBroken) -> None:
    """Save what is to come. Raises NotAllowed, RuleBroken; `taken` where such a change waits already."""
    access.require(access.can_edit_network(by))
    today = timezone.localdate()
    if not today < plan.since <= today + FURTHEST:
        raise RuleBroken(_("The day lies too far ahead. Check the year."), field="since")
    plan.planned_by_id, plan.planned_at = by.person_id, timezone.now()
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as waiting:
        raise taken from waiting


def take_back(waiting: "QuerySet[P]") -> int:
    """What was planned does not come; what has come already stays. Returns how many were taken back."""
    rows = waiting.filter(state__in=(PlanState.PLANNED, PlanState.REFUSED))
    return rows.update(state=PlanState.CANCELLED, ended_at=timezone.now())


def carry_out_due(rows: type[P], *, by: Actor, do: Callable[[P], None], refused: Callable[[P], None], kind: str) -> int:
    """Do what was planned for today or, where the house slept, for a day before; each stands by itself. Returns how many were done.

    What a rule forbids by now is kept as refused, with the rule's sentence: `refused` notes it, and those who keep the network get the mail
    `kind`. Raises NotAllowed: for the house alone.
    """
    if by.kind != "house":
        raise NotAllowed
    done = 0
    due = rows._default_manager.filter(state=PlanState.PLANNED)
    for pk in due.filter(since__lte=timezone.localdate()).values_list("pk", flat=True):
        with transaction.atomic():
            plan = due.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if plan is None:
                continue
            if not _done(plan, do):
                refused(plan)
                for keeper in keepers():
                    mail.queue(kind, plan, person=keeper.pk)
            done += plan.state == PlanState.DONE
    return done


def _done(plan: P, do: Callable[[P], None]) -> bool:
    plan.state, plan.ended_at = PlanState.DONE, timezone.now()
    try:
        with transaction.atomic(), translation.override("fi"):
            do(plan)
    except RuleBroken as broken:
        plan.state, plan.refusal = PlanState.REFUSED, str(broken.message)[:300]
    plan.save(update_fields=["state", "refusal", "ended_at"])
    return plan.state == PlanState.DONE
