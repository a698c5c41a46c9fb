"""How a handover is said: its state, whose turn it is, by when."""

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.desk.enums import HandoverState
from luukku.desk.models import Handover
from luukku.desk.queries.receivers import Busy

COLOURS = {
    HandoverState.PROPOSED: "yellow", HandoverState.SENT: "blue", HandoverState.ASKED: "yellow", HandoverState.ACCEPTED: "blue",
    HandoverState.DONE: "green", HandoverState.DECLINED: "grey", HandoverState.WITHDRAWN: "grey",
}  # fmt: skip


def page_url(pk: int) -> str:
    return reverse("desk:handover", kwargs={"pk": pk})


def whose_turn(handover: Handover) -> str:
    """What is waited for, as passer and receiver read it."""
    name = handover.receiver_name
    if handover.finished_at is not None:
        return _("%(name)s has finished its part.") % {"name": name}
    if handover.end_awaited and handover.contacted_at is not None:
        return _("%(name)s has contacted the customer, and tells when its part is ready.") % {"name": name}
    said = {
        HandoverState.PROPOSED: _("The customer is asked on their page. Nothing has been passed on yet."),
        HandoverState.SENT: _("%(name)s has not answered yet."),
        HandoverState.ASKED: _("%(name)s asks before answering."),
        HandoverState.ACCEPTED: _("%(name)s has accepted, and contacts the customer next."),
        HandoverState.DONE: _("%(name)s has contacted the customer."),
        HandoverState.DECLINED: _("%(name)s could not take it."),
        HandoverState.WITHDRAWN: _("The handover was taken back."),
    }[HandoverState(handover.state)]
    return said % {"name": name}


def busy_text(busy: Busy) -> str:
    """`3 wait, 12 in hand. Half are settled within 14 days (median of 23, last 12 months).`"""
    waiting = ngettext("%(n)s waits", "%(n)s wait", busy.waiting) % {"n": busy.waiting}
    hand = _("%(n)s in hand") % {"n": busy.in_hand}
    return f"{waiting}, {hand}. {median_text(busy)}".strip()


def median_text(busy: Busy) -> str:
    """Empty where too few are settled to say how long it takes."""
    if busy.median_days is None:
        return ""
    days = number_format(busy.median_days, 1 if busy.median_days < 3 else 0)
    return _("Half are settled within %(days)s days (median of %(n)s, last 12 months).") % {"days": days, "n": busy.settled}
