"""What a customer has let be handed over stands on her own page and on the matter's: to whom, when and what."""

from collections.abc import Callable

from luukku.core.actor import act_as
from luukku.core.ui.times import moment_text
from luukku.desk.access import get_handover
from luukku.desk.access.links import first_token
from luukku.desk.actions.handover.receiving import decline
from luukku.desk.models import Case, Handover
from tests.cast import Cast, Member
from tests.desk.handover.conftest import hand, mine
from tests.harness.client import Client

__all__ = ("hand", "mine")
ClientOf = Callable[[Member], Client]
Hand = Callable[..., Handover]


def own_page(client: Client, case: Case) -> str:
    return str(client.get(f"/s/{first_token(case)}/tietoni/").content.decode())


def side(client: Client, case: Case) -> str:
    return str(client.get(f"/asia/{case.number}/").content.decode()).partition('id="consents"')[2].partition("</section>")[0]


def test_agreed_handover_tells_to_whom_when_and_what_on_both_pages(hand: Hand, case: Case, cast: Cast, client: Client, client_of: ClientOf) -> None:
    handover = hand(leave_out=frozenset({"own-words"}))
    assert handover.consent_at is not None
    hers, ours = own_page(client, case).partition('id="agreed"')[2].partition("</section>")[0], side(client_of(cast.adviser), case)
    for shown in (hers, ours):
        assert str(cast.partners.name) in shown
        assert moment_text(handover.consent_at) in shown
        passed, left_out = shown.split("Jätetty pois:")
        assert "nimi ja yhteystiedot" in passed.split("Välitetty:")[1]
        assert "kirjoit" in left_out
    assert "kirjoitit" in hers
    address = f"/s/{first_token(case)}/siirto/{handover.pk}/"
    assert f'href="{address}"' in hers
    assert client.get(address).status_code == 200
    assert f'href="/siirrot/{handover.pk}/"' in ours


def test_handover_without_the_customers_word_is_not_called_agreed(hand: Hand, case: Case, cast: Cast, client: Client, client_of: ClientOf) -> None:
    hand(consent="page")
    assert 'id="agreed"' not in own_page(client, case)
    assert str(cast.partners.name) not in side(client_of(cast.adviser), case)


def test_declined_handover_says_that_nothing_of_it_is_read_any_more(hand: Hand, case: Case, cast: Cast, client: Client) -> None:
    handover = hand()
    with act_as(cast.partner.actor) as by:
        decline(by=by, handover=get_handover(by, handover.pk), reason="Ei meille.", next_words="Pankki")
    shown = own_page(client, case).partition('id="agreed"')[2].partition("</section>")[0]
    assert "Siirto ei toteutunut" in shown
    assert "Välitetty:" not in shown
