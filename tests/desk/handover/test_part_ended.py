"""An organisation's part in a region is ended by somebody who reads none of its handovers."""

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, transaction

from luukku.core.actor import act_as
from luukku.desk.access import get_handover
from luukku.desk.actions.handover import receiving
from luukku.desk.models import Handover, HandoverTurn
from luukku.network.actions.writing import end_spells
from luukku.network.models import Participation
from tests.cast import Cast


def test_turns_of_its_handovers_follow_and_nobody_else_speaks_in_them(hand: Callable[..., Handover], cast: Cast) -> None:
    handover = hand()
    with act_as(cast.partner.actor) as by:
        receiving.ask(by=by, handover=get_handover(by, handover.pk), words="Mitä?")
    turn = HandoverTurn.objects.get(handover=handover)
    assert cast.partners.principal in turn.readers
    with act_as(cast.national.actor):
        end_spells(Participation.objects.filter(organisation=cast.partners))
        with pytest.raises(ProgrammingError, match="one reads"), transaction.atomic():
            HandoverTurn.objects.create(handover=handover, kind=turn.kind, body="Minä myös")
    turn.refresh_from_db()
    assert turn.body == "Mitä?"
