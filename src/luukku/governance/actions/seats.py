"""What a member's seat is worth: agreed time, mandate to decide, deputy. Asked when she is named, and once a year after that."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.governance.access import can_answer_seat
from luukku.governance.enums import SeatMandate
from luukku.governance.models import Membership
from luukku.network.access import require
from luukku.network.models import Person


@dataclass(frozen=True)
class SeatAnswer:
    """Per cent of working time agreed for the group's work, how far she may decide, who sits when she cannot, kilometres to its meetings."""

    time_share: int | None
    mandate: str
    mandate_limits: str = ""
    deputy: Person | None = None
    kilometres: int | None = None


def answer_seat(*, by: Actor, membership: Membership, answer: SeatAnswer) -> Membership:
    """She herself, or the coordinator who has asked her, says how it is now; it is asked again in a year. Raises NotAllowed, RuleBroken."""
    require(can_answer_seat(by, membership))
    if not answer.mandate:
        raise RuleBroken(_("Say how far the mandate goes."), field="mandate")
    if answer.deputy is not None and answer.deputy.pk == membership.person_id:
        raise RuleBroken(_("Nobody is their own deputy."), field="deputy")
    columns = {**seat_columns(answer.time_share, answer.mandate, answer.mandate_limits), "deputy": answer.deputy, "kilometres": answer.kilometres}
    with transaction.atomic():
        for name, value in columns.items():
            setattr(membership, name, value)
        membership.save(update_fields=list(columns))
        region = membership.group.region_id
        trail.record("member.seat_answered", membership, by=by, region_id=region, group=membership.group_id, share=answer.time_share or 0)
    return membership


def seat_columns(time_share: int | None, mandate: str, limits: str) -> dict[str, object]:
    """As fields of a membership; what says something of the mandate counts as asked today. Raises RuleBroken."""
    if time_share is not None and not 1 <= time_share <= 100:
        raise RuleBroken(_("Give the share as 1 to 100 per cent."), field="time_share")
    if mandate == SeatMandate.LIMITS and not limits.strip():
        raise RuleBroken(_("Say the limits: up to which sum, or in which matters."), field="mandate_limits")
    asked = {"asked_on": timezone.localdate()} if mandate else {}
    kept = limits.strip() if mandate == SeatMandate.LIMITS else ""
    return {"time_share": time_share, "mandate": mandate, "mandate_limits": kept, **asked}
