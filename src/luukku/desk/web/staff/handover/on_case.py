"""Handovers on the page of their case: one band for each that is on its way or has come back."""

from dataclasses import dataclass

from luukku.desk.enums import ENDED_STATES, OPEN_HANDOVER, HandoverState
from luukku.desk.models import Handover
from luukku.desk.queries.bounce_words import bounce_words
from luukku.desk.queries.case_page import CasePage
from luukku.desk.queries.handovers import returned_by_leg
from luukku.desk.web.staff.handover.phrases import page_url, whose_turn


@dataclass(frozen=True)
class Band:
    """A handover in a line: whose turn it is, until when, and the way to its page. `is_ours`: the actor's desk passes it on."""

    handover: Handover
    turn: str
    url: str
    is_ours: bool
    came_back: bool
    unreached: str  # why the link did not get there


def bands(page: CasePage) -> list[Band]:
    """Those on their way, those outside that are not ready, and those whose part waits for the next door."""
    still = {part.leg.pk for part in page.legs if part.leg.state not in ENDED_STATES}
    ours = {part.leg.pk for part in page.legs if part.can_handle}
    returned = {each.pk for leg_id, each in returned_by_leg(page.handovers).items() if leg_id in still}
    return [
        Band(
            each,
            whose_turn(each),
            page_url(each.pk),
            each.leg_id in ours,
            each.state == HandoverState.DECLINED,
            bounce_words(page.unreached[each.pk]) if each.pk in page.unreached else "",
        )
        for each in page.handovers
        if each.state in OPEN_HANDOVER or each.pk in returned or (each.end_awaited and each.leg_id in still)
    ]
