"""First words that the customer kept from the receiver: he finds and reads them nowhere, not even by guessing one word at a time."""

from collections.abc import Callable

import pytest
from django.db import connection

from luukku.core.actor import act_as
from luukku.desk.access import get_case, get_handover
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.talking import log_call
from luukku.desk.models import Case, Handover, Leg
from luukku.desk.queries.search import find_cases
from tests.cast import Cast, Member
from tests.harness.client import Client

KEPT_WORDS = ("Koskimaalle", "rahoitusta", "laitteisiin", "Haluan avata", "mistä saan rahoitusta")


def found_by_window(words: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select wall.desk_search(%s, 200)", [words])
        return [pk for (pk,) in cursor.fetchall()]


@pytest.fixture
def kept(hand: Callable[..., Handover], case: Case, cast: Cast) -> Case:
    """Accepted by the partner, who may not read her first words; the subject is short and passed always."""
    Case.objects.filter(pk=case.pk).update(subject="Kahvila")
    handover = hand(leave_out=["own-words"])
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("words", KEPT_WORDS)
def test_receiver_finds_nothing_by_words_that_were_kept_from_him(kept: Case, cast: Cast, words: str) -> None:
    with act_as(cast.adviser.actor) as actor:
        assert [hit.number for hit in find_cases(actor, words)] == [kept.number]
    with act_as(cast.partner.actor) as actor:
        assert find_cases(actor, words) == []
        assert found_by_window(words) == []
        assert found_by_window(f"kahvila {words}") == []  # what he may read beside what he may not
        assert found_by_window(f'kahvila -"{words}"') == [kept.pk]  # the absence of a word tells no more than its presence


def test_receiver_finds_what_he_may_read(kept: Case, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor:
        assert [hit.number for hit in find_cases(actor, "kahvila")] == [kept.number]
        assert found_by_window(kept.number) == [kept.pk]


def test_words_that_were_passed_are_found(hand: Callable[..., Handover], case: Case, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor:
        assert find_cases(actor, "laitteisiin") == []
        accept(by=actor, handover=get_handover(actor, hand().pk))
        assert [hit.number for hit in find_cases(actor, "laitteisiin")] == [case.number]


def test_acts_on_a_part_show_no_kept_words(kept: Case, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    with act_as(cast.partner.actor) as actor:
        log_call(by=actor, case=get_case(actor, kept.number), body="Sovittiin tapaaminen.")
    part = Leg.objects.get(case=kept, desk=cast.partner_desk)
    page = client_of(cast.partner).get(f"/asia/{kept.number}/{part.pk}/askel").content.decode()
    assert "laitteisiin" not in page
