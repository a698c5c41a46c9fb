"""Handovers to which a customer has agreed: to whom, when, how and what was passed on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.desk.access import HANDOVER_RELATED, visible_handovers
from luukku.desk.enums import HandoverState, PartKind
from luukku.desk.models import Handover, HandoverPart


@dataclass(frozen=True)
class Agreed:
    """One of them with the names of the things that she let pass and of those that she left out."""

    handover: Handover
    passed: list[str]
    left_out: list[str]

    @property
    def came_to_nothing(self) -> bool:
        """Declined or taken back: who was asked reads nothing of it any more."""
        return self.handover.state in (HandoverState.DECLINED, HandoverState.WITHDRAWN)


def agreed_handovers(actor: Actor, customer_id: int) -> list[Agreed]:
    """Those of a customer's matters that the actor reads, newest first, in words to her. Two statements, one where there are none."""
    found = visible_handovers(actor).filter(case__customer=customer_id).select_related(*HANDOVER_RELATED).order_by("-id")
    return agreed_of(list(found), hers=True)


def agreed_of(handovers: Sequence[Handover], *, hers: bool = False) -> list[Agreed]:
    """Of these the agreed ones; `hers`: in words to the customer. One statement, none where there are none."""
    agreed = [each for each in handovers if each.consent_at is not None]
    if not agreed:
        return []
    kinds: dict[tuple[int, bool], dict[str, None]] = {}
    parts = HandoverPart.objects.filter(handover__in=[each.pk for each in agreed]).order_by("handover", "position")
    for handover_id, kind, included in parts.values_list("handover_id", "kind", "included"):
        kinds.setdefault((handover_id, included), {})[kind] = None
    return [Agreed(each, *(_words(kinds.get((each.pk, included), {}), hers=hers) for included in (True, False))) for each in agreed]


def _words(kinds: dict[str, None], *, hers: bool) -> list[str]:
    return [_("What you wrote") if hers and kind == PartKind.OWN_WORDS else str(PartKind(kind).label) for kind in kinds]
