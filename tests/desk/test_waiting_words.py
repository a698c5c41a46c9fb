"""Whatever a matter waits for, each who reads of it is told in words."""

import pytest

from luukku.desk.enums import WaitingFor
from luukku.desk.queries.waiting_words import WAITING_TOLD
from luukku.desk.web.staff.phrases import WAITS_FOR
from luukku.desk.web.waited_words import WAITED_FOR


@pytest.mark.parametrize("words", [WAITED_FOR, WAITING_TOLD, WAITS_FOR], ids=["how long", "to the customer", "to staff"])
def test_every_cause_of_waiting_has_words(words: dict[WaitingFor, str]) -> None:
    assert set(words) == set(WaitingFor)
