"""What a lead, a passer and whoever logs a contact are shown; each would be missed if it broke."""

from collections.abc import Callable

import pytest

from luukku.core.actor import act_as
from luukku.desk.access import get_handover
from luukku.desk.actions.handover.receiving import decline
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, Leg
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def test_handover_that_nobody_has_answered_stands_on_the_leads_page(need: Callable[..., NeedForm], cast: Cast, client_of: ClientOf) -> None:
    with act_as(cast.partner.actor) as actor:
        theirs = send_need(by=actor, need=need(desk=cast.partner_desk, take_it=True))
        handover = hand_over(by=actor, leg=Leg.objects.get(case=theirs), passing=Passing(reason="Teille", consent="phone", to_desk=cast.here.desk))
    browser = client_of(cast.desklead)
    page = browser.get("/tiskini/").content.decode()
    assert "Siirrot, jotka odottavat tiskisi vastausta" in page
    assert f"/siirrot/{handover.pk}/" in page
    with act_as(cast.desklead.actor) as actor:
        decline(by=actor, handover=get_handover(actor, handover.pk), reason="Ei meille", next_words="Kauppakamari")
    assert f"/siirrot/{handover.pk}/" not in browser.get("/tiskini/").content.decode()


def test_passer_sees_how_busy_the_receiver_is_before_she_sends(
    case: Case, leg: Leg, need: Callable[..., NeedForm], cast: Cast, client_of: ClientOf
) -> None:
    with act_as(cast.partner.actor) as actor:
        for number in range(2):
            send_need(by=actor, need=need(desk=cast.partner_desk, words=f"Tarve {number}"))
        send_need(by=actor, need=need(desk=cast.partner_desk, words="Oma", take_it=True))
    browser, place = client_of(cast.adviser), f"/asia/{case.number}/{leg.pk}/siirra/"
    words = "2 odottaa, 1 käsittelyssä"
    assert words in browser.get(place).content.decode()
    assert words in browser.get(f"{place}{cast.partner_desk.pk}/").content.decode()


@pytest.mark.parametrize("channel", ["social", "video"])
def test_contact_by_social_media_and_video_is_logged_as_such(channel: str, cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    given = {
        "caller": "",
        "who": "new",
        "name": "Sanna",
        "phone": "040 555 0187",
        "words": "Ruokakärry torille",
        "channel": channel,
        "agreed": "mine",
    }
    answer = browser.submit(browser.get("/kirjaa/"), given)
    assert answer.status_code == 302, answer.content.decode()
    case = Case.objects.get()
    assert case.channel == channel
    how = {"social": "somessa", "video": "videolla"}[channel]
    assert how in browser.get(f"/asia/{case.number}/").content.decode()
