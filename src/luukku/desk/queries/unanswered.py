"""What the customer has written to a part and nobody has answered yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from luukku.desk.enums import ClockEnd, ClockKind, Direction
from luukku.desk.models import Clock, Leg, Message


@dataclass(frozen=True)
class Unanswered:
    """Her messages that wait, oldest first; none where she waits without having written, as when she opened the matter again."""

    messages: list[Message]

    @property
    def since(self) -> datetime | None:
        return self.messages[0].created_at if self.messages else None


def unanswered(leg: Leg) -> Unanswered | None:
    """What waits for an answer of this part; None when nothing does. At most three statements."""
    if not leg.answer_awaited:
        return None
    spoken = Clock.objects.filter(leg=leg, kind=ClockKind.INFORMED, end=ClockEnd.MET).aggregate(at=Max("ended_at"))["at"]
    written = Message.objects.filter(leg=leg, direction=Direction.OUT).aggregate(at=Max("created_at"))["at"]
    answered = max((at for at in (spoken, written) if at is not None), default=None)
    hers = Message.objects.filter(case=leg.case_id, direction=Direction.IN).order_by("created_at", "id")
    return Unanswered(list(hers if answered is None else hers.filter(created_at__gt=answered)))
