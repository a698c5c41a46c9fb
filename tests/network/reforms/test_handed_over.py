"""What a customer allowed one organisation is not handed to another one by a reform, unless the two are one in law."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.utils import translation

from luukku.core.actor import HOUSE, Actor
from luukku.core.models import OutgoingMail
from luukku.desk.actions.reforms.serving import PARTS
from luukku.desk.enums import HandoverState
from luukku.desk.models import Handover, HandoverPart
from luukku.network.actions.reforms import carrying_out
from luukku.network.actions.reforms.deciding import undo
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


def test_handover_that_went_back_stays_back_when_the_reform_is_undone_as_its_preview_says(cast: Cast, hand: Callable[..., Handover]) -> None:
    handover = hand()
    reform = merge(cast, cast.partners, OrganisationFactory.create(code="uusi-kamari", name_fi="Uusi Kamari ry"), is_legal=False)
    undo(by=cast.national.actor, reform=reform)
    assert carrying_out.undo_reform(by=HOUSE, reform_id=reform.pk)
    handover.refresh_from_db()
    assert (handover.state, handover.next_desk) == (HandoverState.DECLINED, cast.partner_desk)
    with translation.override("fi"):
        assert "eivät lähde uudelleen, vaikka muutos perutaan" in str(PARTS["desk.handovers"].told["desk.handovers_back"])
