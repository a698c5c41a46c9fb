"""Companies are taken on a year's plan; how many an organisation means to meet, and how many weeks lie between two visits, is set."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.catalogue.enums import Segment
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.models import Company
from luukku.network.access import may, require
from luukku.network.enums import Right
from luukku.network.models import Desk, Organisation, OrganisationType, Region
from luukku.relations.access import can_set_rules, can_set_target, writer
from luukku.relations.actions.visits import Plan, plan_visit
from luukku.relations.models import ContactRule, TeamRule, VisitTarget
from luukku.relations.models.contact_plans import MOST_WEEKS

MOST_AT_ONCE = 50
MOST_VISITS = 5000


def take_on_plan(*, by: Actor, desk: Desk, companies: Sequence[Company], at: datetime | None = None) -> tuple[int, int]:
    """Visits without a day yet, this year, by the actor herself. Returns how many were taken, and how many left out because somebody meets them.

    Raises NotAllowed, RuleBroken for none or too many.
    """
    if not may(by, Right.HANDLE_CASES, organisation_id=desk.organisation_id):
        raise NotAllowed
    if not companies:
        raise RuleBroken(_("Choose companies first."))
    if len(companies) > MOST_AT_ONCE:
        raise RuleBroken(_("At most %(most)s at once.") % {"most": MOST_AT_ONCE})
    plan = Plan(visitors=[f"{desk.organisation_id}-{writer(by)}"])
    taken = 0
    with transaction.atomic():
        for company in sorted(companies, key=lambda each: each.pk):  # in one order, so that two who take the same ones do not block each other
            try:
                with transaction.atomic():
                    plan_visit(by=by, company=company, desk=desk, plan=plan, at=at)
            except RuleBroken as broken:
                if broken.field != "anyway":
                    raise
            else:
                taken += 1
    return taken, len(companies) - taken


def set_target(*, by: Actor, region: Region, organisation: Organisation, year: int, visits: int) -> VisitTarget:
    """How many companies the organisation means to meet in the region in the year. Raises RuleBroken, NotAllowed."""
    require(can_set_target(by, region.pk, organisation.pk))
    if not 0 <= visits <= MOST_VISITS:
        raise RuleBroken(_("Give a number from 0 to %(most)s.") % {"most": MOST_VISITS}, field="visits")
    if abs(year - timezone.localdate().year) > 1:
        raise RuleBroken(_("Targets are set for last year, this year and the next."), field="year")
    with transaction.atomic():
        target, _new = VisitTarget.objects.update_or_create(region=region, organisation=organisation, year=year, defaults={"visits": visits})
        trail.record("visits.target_set", target, by=by, region_id=region.pk, organisation_id=organisation.pk, year=year, visits=visits)
    return target


def set_team(*, by: Actor, region: Region, segment: str, types: Sequence[OrganisationType]) -> int:
    """Who goes along on joint visits to companies of the segment (empty: all the others); no types take the rule away.

    Returns how many types it names. Raises RuleBroken, NotAllowed.
    """
    require(can_set_rules(by, region.pk))
    if segment and segment not in Segment.values:
        raise RuleBroken(_("Choose a segment of the list."), field="segment")
    with transaction.atomic():
        if types:
            keys = sorted(each.pk for each in types)
            TeamRule.objects.update_or_create(region=region, segment=segment, defaults={"types": keys})
        else:
            TeamRule.objects.filter(region=region, segment=segment).delete()
        trail.record("visits.team_set", region, by=by, region_id=region.pk, segment=segment or None, types=len(types))
    return len(types)


def set_weeks(*, by: Actor, region: Region, weeks: int) -> ContactRule:
    """How many weeks after one visit another is warned about in the region. Raises RuleBroken, NotAllowed."""
    require(can_set_rules(by, region.pk))
    if not 1 <= weeks <= MOST_WEEKS:
        raise RuleBroken(_("Give a number from 1 to %(most)s.") % {"most": MOST_WEEKS}, field="weeks")
    with transaction.atomic():
        rule, _new = ContactRule.objects.update_or_create(region=region, defaults={"weeks": weeks})
        trail.record("visits.weeks_set", rule, by=by, region_id=region.pk, weeks=weeks)
    return rule
