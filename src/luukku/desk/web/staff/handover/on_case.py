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
    answers: str  # who answers for the customer now; empty when it is over
    passes_to: str  # who does after that; empty where it stays as it is


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
            *_answers(each, page),
        )
        for each in page.handovers
        if each.state in OPEN_HANDOVER or each.pk in returned or (each.end_awaited and each.leg_id in still)
    ]


def _answers(handover: Handover, page: CasePage) -> tuple[str, str]:
    """Who answers for the customer until the receiver has contacted them, and who after that.

    As actions.handover.completing passes it on: with the passer's whole part, unless another open part is still hers.
    """
    if handover.closed_at is not None or handover.contacted_at is not None:
        return "", ""
    legs = {part.leg.pk: part.leg for part in page.legs}
    passed, received = legs.get(handover.leg_id), legs.get(handover.received_leg_id or 0)
    passer = passed.handler if passed is not None and passed.handler is not None else handover.from_person
    now = page.case.sponsor or passer
    keeps = handover.is_part or any(
        leg.handler_id == passer.pk and leg.state not in ENDED_STATES and leg.pk != handover.leg_id for leg in legs.values()
    )
    if received is None or received.handler is None or keeps or now.pk != passer.pk:
        return now.name, ""
    return now.name, received.handler.name
