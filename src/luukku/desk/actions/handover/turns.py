"""What every turn of a handover leaves behind: an event with the facts that figures need, and mails to those whom it concerns."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from luukku.core import mail
from luukku.core.trail import Fact
from luukku.desk.actions.work import Work
from luukku.desk.models import Handover, Leg
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Seat


def leave(work: Work, handover: Handover, action: str, **more: Fact) -> None:
    """An event of the case: from which organisation to which, for what service, warm or not, and minutes since it was sent."""
    work.record(
        f"handover.{action}", leg=next(leg for leg in work.legs if leg.pk == handover.leg_id), handover=handover.pk,
        from_org=handover.from_desk.organisation_id, to_org=handover.to_desk.organisation_id if handover.to_desk else None,
        service=handover.service.code if handover.service else None, warm=handover.is_warm, part=handover.is_part,
        outside=handover.to_desk_id is None, minutes=_minutes(handover.sent_at, work.at), **more,
    )  # fmt: skip


def _minutes(since: datetime | None, until: datetime) -> int | None:
    return int((until - since).total_seconds() // 60) if since else None


def tell_passer(work: Work, handover: Handover, turn: str) -> None:
    """Whoever has the passer's part now; she who sent it if nobody has."""
    person_id = passer_of(handover, next((each for each in work.legs if each.pk == handover.leg_id), None))
    if person_id != work.by.person_id:
        mail.queue("desk.handover_turn", work.case, person=person_id, turn=turn, handover=handover.pk)


def tell_passers_of_end(work: Work, ended: Sequence[Leg], turn: str) -> None:
    """Who handed over what has ended now hears that it has: `settled`, or `not-theirs` when the receiver could not help.

    A part beside her own is told of where her own waits for it.
    """
    for handover in Handover.objects.filter(received_leg__in=ended, is_part=False).select_related("leg").order_by("pk"):
        tell_passer(work, handover, turn)


def passer_of(handover: Handover, leg: Leg | None) -> int:
    """Who answers for what is handed over: whoever has the passer's part now; she who sent it if nobody has."""
    return leg.handler_id if leg is not None and leg.handler_id else handover.from_person_id


def tell_receiver(work: Work, handover: Handover, turn: str) -> None:
    """The person who was asked; else the desk's leads, else all who handle its cases; an organisation outside by its link."""
    if handover.to_desk is None:
        if turn in ("came", "answered"):
            mail.queue("desk.handover_outside", work.case, handover=handover.pk, turn=turn)
        return
    for person_id in told_at(handover.to_desk, handover.to_person_id):
        if person_id != work.by.person_id:
            mail.queue("desk.handover_turn", work.case, person=person_id, turn=turn, handover=handover.pk)


def told_at(desk: Desk, asked: int | None) -> list[int]:
    """Persons to whom news for a desk goes: the one who was asked if she handles its cases, else its leads, else all who handle them."""
    seats = Seat.objects.on(timezone.localdate()).filter(organisation_id=desk.organisation_id, person__deactivated_at=None)
    if asked is not None and seats.filter(person_id=asked, role__in=roles_with(Right.HANDLE_CASES)).exists():
        return [asked]
    for right in (Right.LEAD_DESK, Right.HANDLE_CASES):
        found = seats.filter(role__in=roles_with(right)).order_by("person_id").values_list("person_id", flat=True).distinct()
        if found:
            return list(found)
    return []


def tell_customer(work: Work, turn: str, handover: Handover) -> None:
    work.tell("desk.handover_news", turn=turn, handover=handover.pk)
