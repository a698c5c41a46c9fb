"""A region's coordinator writes down what was agreed on: by what a company is of weight, so that it gets an account plan. Nothing is deleted."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.turns import take_turns
from luukku.network.access import require
from luukku.network.models import Region
from luukku.relations.access import can_set_rules
from luukku.relations.actions.maps import in_three
from luukku.relations.models import PlanCriterion

MOST = 12
LONGEST = 160


def add_criterion(*, by: Actor, region: Region, texts: Mapping[str, str], at: datetime | None = None) -> PlanCriterion:
    """In Finnish at least. Written once more it is the same one. Raises RuleBroken for one too many, NotAllowed."""
    require(can_set_rules(by, region.pk))
    said = in_three(texts, "text", LONGEST)
    with transaction.atomic():
        take_turns(f"criteria of region {region.pk}")
        now = list(PlanCriterion.objects.filter(region=region, ended_at=None))
        same = next((each for each in now if each.text_fi == said["text_fi"]), None)
        if same is not None:
            return same
        if len(now) >= MOST:
            raise RuleBroken(_("At most %(most)s criteria.") % {"most": MOST}, field="text_fi")
        made = PlanCriterion.objects.create(region=region, **said)
        trail.record("plan.criterion_agreed", region, by=by, region_id=region.pk, at=at, criterion=made.pk)
        return made


def end_criterion(*, by: Actor, criterion: PlanCriterion, at: datetime | None = None) -> PlanCriterion:
    """No plan is begun by it any more; those that were still say so. Twice does nothing more. Raises NotAllowed."""
    require(can_set_rules(by, criterion.region_id))
    moment = at or timezone.now()
    with transaction.atomic():
        if PlanCriterion.objects.filter(pk=criterion.pk, ended_at=None).update(ended_at=moment):
            trail.record("plan.criterion_ended", criterion.region, by=by, region_id=criterion.region_id, at=moment, criterion=criterion.pk)
        return PlanCriterion.objects.get(pk=criterion.pk)
