"""Handovers end with the matter itself, when the customer needs no more help."""

from luukku.desk.actions.handover.passing import withdraw
from luukku.desk.actions.handover.turns import leave, tell_receiver
from luukku.desk.actions.work import Work
from luukku.desk.enums import HandoverState
from luukku.desk.models import Handover


def close_all(work: Work) -> None:
    """Withdraw every open handover of the case; receivers that have seen one are told."""
    still = Handover.objects.open().select_for_update(of=("self",)).select_related("from_desk", "to_desk", "service").filter(case=work.case)
    for handover in still.order_by("id"):
        seen = handover.state != HandoverState.PROPOSED
        withdraw(work, handover)
        leave(work, handover, "withdrawn", by_customer=True)
        if seen:
            tell_receiver(work, handover, "withdrawn")
