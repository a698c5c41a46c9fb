"""What kind of customer a matter has, as the desk sees it: her segment and where her business is in its life. Rules and figures go by them."""

from datetime import datetime

from django.utils.translation import gettext as _

from luukku.catalogue.enums import Segment, Stage
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.access import own_leg
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg
from luukku.desk.queries.routing import Need, route, rules_of
from luukku.desk.queries.segments import segment_by_rules


def describe(*, by: Actor, case: Case, segment: str = "", stage: str = "", at: datetime | None = None) -> Case:
    """Write down the customer's segment and stage; empty for not known, of the segment for what the rules say.

    Raises NotAllowed for who does not handle the case, RuleBroken.
    """
    for field, value, known in (("segment", segment, Segment.values), ("stage", stage, Stage.values)):
        if value and value not in known:
            raise RuleBroken(_("Choose one of the list."), field=field)
    with work_on(case.pk, by=by, at=at) as work:
        mine = work.leg(own_leg(by, case))
        said, segment = bool(segment), segment or segment_by_rules(work.case, stage)
        if (work.case.segment, work.case.segment_said, work.case.stage) == (segment, said, stage):
            return work.case
        work.case.segment, work.case.segment_said, work.case.stage = segment, said, stage
        work.case.save(update_fields=["segment", "segment_said", "stage"])
        give_by_rule(work, mine)
        work.record("case.described", leg=mine, segment=segment, stage=stage)
        return work.case


def give_by_rule(work: Work, leg: Leg) -> None:
    """A part that nobody has yet goes to whom the desk's own rules name, now that more is known of it."""
    if leg.state != CaseState.NEW or leg.handler_id is not None:
        return
    case = work.case
    need = Need(leg.service_id, case.municipality_id, case.language, case.segment)
    routed = route(rules_of(case.region_id), need, desk_id=leg.desk_id)
    if routed.person_id is not None:
        leg.handler_id, leg.routed = routed.person_id, {**leg.routed, **routed.why}
        leg.save(update_fields=["handler", "routed"])
        work.record("case.assigned", leg=leg, to=routed.person_id, before=None, by_rule=True)
