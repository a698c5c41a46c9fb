"""The year's common sum and hours, each party's share, its confirmation, and what has been used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.network.access import require
from luukku.network.models import Organisation
from luukku.plans.access import can_approve, can_confirm
from luukku.plans.actions.plans import locked
from luukku.plans.enums import PlanState, ShareRule
from luukku.plans.models import BudgetLine, Plan, Share

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Part:
    """A party's part: `weight` by the rule of sharing (people, customers, or euros as agreed), hours besides."""

    organisation: Organisation
    weight: Decimal = Decimal(0)
    hours: int = 0


@dataclass(frozen=True)
class BudgetForm:
    """The year's common money: the sum, how it is shared, what it is for."""

    common_sum: Decimal
    rule: str
    parts: Sequence[Part]
    lines: Sequence[tuple[str, Decimal, Decimal]] = ()  # what for, planned, used
    based_on: str | None = None  # how it stood when the page was opened, by `standing`; None: not asked


def shared(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """The sum in cents by weights; the cents that are left over go to the largest remainders, so that the parts make exactly the sum. Pure."""
    whole = sum(weights, Decimal(0))
    if not whole:
        return [Decimal(0) for _weight in weights]
    exact = [total * weight / whole for weight in weights]
    found = [part.quantize(CENT, rounding=ROUND_DOWN) for part in exact]
    left = int((total - sum(found, Decimal(0))) / CENT)
    for place in sorted(range(len(found)), key=lambda each: (found[each] - exact[each], each))[:left]:
        found[place] += CENT
    return found


def standing(plan: Plan) -> str:
    """A mark of the sum, the shares and the lines as they stand: another one, when any of them has been set otherwise. Two statements."""
    parts = Share.objects.filter(plan=plan).order_by("organisation").values_list("organisation", "weight", "hours_planned")
    lines = BudgetLine.objects.filter(plan=plan).order_by("id").values_list("words", "planned", "used")
    return sha256(repr((plan.common_sum, plan.share_rule, list(parts), list(lines))).encode()).hexdigest()[:16]


def _not_closed(plan: Plan) -> Plan:
    """Raises RuleBroken: what a year cost stays as it was when it was closed."""
    if plan.state == PlanState.CLOSED:
        raise RuleBroken(_("The plan is closed."))
    return plan


def set_budget(*, by: Actor, plan: Plan, form: BudgetForm, at: datetime | None = None) -> Plan:
    """The sum and the shares; a party whose sum or hours have changed confirms anew. Raises NotAllowed, RuleBroken."""
    require(can_approve(by, plan))
    if form.rule not in ShareRule.values or form.common_sum < 0 or any(part.weight < 0 or part.hours < 0 for part in form.parts):
        raise RuleBroken(_("Sums, weights and hours are numbers that are not below nothing."), field="common_sum")
    weights = [Decimal(1) if form.rule == ShareRule.EQUAL else part.weight for part in form.parts]
    if form.rule == ShareRule.AGREED and sum(weights, Decimal(0)) != form.common_sum:
        raise RuleBroken(
            _("The agreed shares make %(sum)s euros, not the common sum. Mend one of them.") % {"sum": sum(weights, Decimal(0))}, field="common_sum"
        )
    if form.common_sum and not any(weights):
        raise RuleBroken(_("Write the figures by which the sum is shared."), field="common_sum")
    with transaction.atomic():
        found = _not_closed(locked(plan))
        if form.based_on not in (None, standing(found)):
            raise RuleBroken(_("Somebody else has set the sum or the shares since you opened this page. Look at what stands now, then save again."))
        found.common_sum, found.share_rule, found.common_hours = form.common_sum, form.rule, sum(part.hours for part in form.parts)
        found.save(update_fields=["common_sum", "share_rule", "common_hours"])
        Share.objects.filter(plan=found).exclude(organisation__in=[part.organisation for part in form.parts]).delete()
        for part, weight, planned in zip(form.parts, weights, shared(form.common_sum, weights), strict=True):
            columns = {"weight": weight, "planned": planned, "hours_planned": part.hours}
            Share.objects.filter(plan=found, organisation=part.organisation).exclude(hours_planned=part.hours).update(
                confirmed_at=None, confirmed_sum=None, confirmed_by=None
            )
            Share.objects.update_or_create(plan=found, organisation=part.organisation, defaults=columns)
        BudgetLine.objects.filter(plan=found).delete()
        BudgetLine.objects.bulk_create(BudgetLine(plan=found, words=words[:160], planned=planned, used=used) for words, planned, used in form.lines)
        trail.record("plan.budgeted", found, by=by, region_id=found.region_id, at=at, parties=len(form.parts), rule=form.rule)
    return found


def confirm_share(*, by: Actor, share: Share, seen: tuple[Decimal, int], at: datetime | None = None) -> Share:
    """A party's head confirms exactly the euros and hours that she has seen. Raises NotAllowed, RuleBroken."""
    require(can_confirm(by, share))
    with transaction.atomic():
        _not_closed(locked(share.plan))
        found = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
        if (found.planned, found.hours_planned) != seen:
            raise RuleBroken(_("The share has changed since you opened the page. Look at it again, then confirm it."))
        found.confirmed_at, found.confirmed_sum = at or timezone.now(), found.planned
        found.confirmed_by_id = by.person_id
        found.save(update_fields=["confirmed_at", "confirmed_sum", "confirmed_by"])
        trail.record("share.confirmed", found, by=by, region_id=share.plan.region_id, organisation_id=found.organisation_id, at=at)
    return found


def say_used(*, by: Actor, plan: Plan, used: Mapping[int, tuple[Decimal, int]], at: datetime | None = None) -> None:
    """Euros and hours that parties have used so far, by the keys of their shares. Raises NotAllowed, RuleBroken."""
    require(can_approve(by, plan))
    with transaction.atomic():
        found = _not_closed(locked(plan))
        for share in Share.objects.filter(plan=found, pk__in=used):
            share.used, share.hours_used = used[share.pk]
            share.save(update_fields=["used", "hours_used"])
        trail.record("plan.used", found, by=by, region_id=found.region_id, at=at)
