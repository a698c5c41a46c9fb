"""What a customer allowed one organisation is not handed to another one by a reform, unless the two are one in law."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from luukku.core.actor import Actor
from luukku.core.models import OutgoingMail
from luukku.desk.enums import HandoverState
from luukku.desk.models import Handover, HandoverPart
from tests.cast import Cast, Member
from tests.desk.conftest import case, leg, need, send
from tests.desk.handover.conftest import hand, mine
from tests.factories.network import OrganisationFactory
from tests.network.reforms.test_merging import merge

__all__ = ("case", "hand", "leg", "mine", "need", "send")
As = Callable[[Member | Actor], AbstractContextManager[Actor]]


@pytest.mark.parametrize("is_legal", [True, False])
def test_handover_that_waits_goes_along_to_a_legal_successor_and_back_to_its_passer_else(
    cast: Cast, hand: Callable[..., Handover], as_: As, is_legal: bool
) -> None:
    handover = hand()
    new = OrganisationFactory.create(code="uusi-kamari", name_fi="Uusi Kamari ry")
    reform = merge(cast, cast.partners, new, is_legal=is_legal)
    handover.refresh_from_db()
    with as_(cast.partner):
        assert Handover.objects.filter(pk=handover.pk).exists() is is_legal
        assert HandoverPart.objects.filter(handover=handover).exists() is is_legal
    told = reform.moves.get().moved["told"].get("desk.handovers_back", 0)
    if is_legal:
        assert (handover.state, told) == (HandoverState.SENT, 0)
    else:
        assert (handover.state, told) == (HandoverState.DECLINED, 1)
        assert handover.next_desk is not None
        assert handover.next_desk.organisation == new
        assert OutgoingMail.objects.filter(kind="desk.handover_turn", facts__person=cast.adviser.someone.pk).exists()
