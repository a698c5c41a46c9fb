"""The staff's pages of a handover, clicked through as each side would."""

from collections.abc import Callable
from typing import Any

from luukku.catalogue.models import Service, ServiceProvider
from luukku.desk.enums import HandoverState
from luukku.desk.models import Case, Handover, HandoverPart, Leg
from tests.cast import Cast, Member
from tests.desk.handover.conftest import REASON
from tests.factories.catalogue import ServiceFactory
from tests.harness.client import Client


def pages(leg: Leg) -> str:
    return f"/asia/{leg.case.number}/{leg.pk}/"


def test_handover_is_sent_accepted_and_completed_by_clicks(mine: Leg, case: Case, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    passer, receiver = client_of(cast.adviser), client_of(cast.partner)
    chosen = passer.get(f"{pages(mine)}siirra/").content.decode()
    assert f"siirra/{cast.partner_desk.pk}/" in chosen
    page = passer.get(f"{pages(mine)}siirra/{cast.partner_desk.pk}/")
    assert case.own_words in page.content.decode()
    sent = passer.submit(page, {"reason": REASON, "consent": "phone", "passed": ["own-words"]})
    handover = Handover.objects.get()
    assert sent.headers["Location"] == f"/siirrot/{handover.pk}/"
    assert "Kauppakamari" in passer.get(f"/asia/{case.number}/").content.decode()
    assert REASON in passer.get(f"/siirrot/{handover.pk}/").content.decode()
    assert f"/siirrot/{handover.pk}/" in receiver.get("/siirrot/").content.decode()
    incoming = receiver.get(f"/siirrot/{handover.pk}/")
    assert case.own_words in incoming.content.decode()
    assert receiver.get(f"/asia/{case.number}/").status_code == 404
    taken = receiver.submit(incoming, {})
    assert taken.headers["Location"] == f"/asia/{case.number}/"
    case_page = receiver.get(f"/asia/{case.number}/")
    name, next_name = cast.adviser.someone.name, cast.partner.someone.name
    for shown in (case_page.content.decode(), passer.get(f"/asia/{case.number}/").content.decode()):
        assert f"Vastuuhenkilö nyt <b>{name}</b>" in shown
        assert f"Siihen asti asiakkaasta vastaa {name}, sen jälkeen {next_name}." in shown
        assert "Asia on sinun" not in shown
    receiver.submit(case_page, {"to": "call", "body": "Puhuttiin ja sovittiin."})
    handover.refresh_from_db()
    assert handover.state == HandoverState.DONE
    assert f"Vastuuhenkilö <b>{next_name}</b>" in receiver.get(f"/asia/{case.number}/").content.decode()


def test_responsibility_for_the_whole_stays_when_only_a_part_is_handed_over(
    hand: Callable[..., Handover], case: Case, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    handover = hand(beside=True, need="Vientilupa")
    receiver = client_of(cast.partner)
    receiver.submit(receiver.get(f"/siirrot/{handover.pk}/"), {})
    shown = receiver.get(f"/asia/{case.number}/").content.decode()
    name = cast.adviser.someone.name
    assert f"Vastuuhenkilö <b>{name}</b>" in shown
    assert f"Siihen asti asiakkaasta vastaa {name}." in shown


def test_what_the_receiver_gives_in_its_region_comes_first_and_everything_can_be_chosen(
    mine: Leg, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    theirs, elsewhere, others = (ServiceFactory.create(name_fi=name) for name in ("Ö vientineuvonta", "Å muualla", "A rahoitus"))
    ServiceProvider.objects.create(service=theirs, organisation=cast.partners, region=cast.here.region)
    ServiceProvider.objects.create(service=others, organisation=cast.here.organisation, region=cast.here.region)
    browser = client_of(cast.adviser)
    page = browser.get(f"{pages(mine)}siirra/{cast.partner_desk.pk}/")
    first, rest = page.content.decode().partition('name="service"')[2].partition("</select>")[0].split("</optgroup>")[:2]
    assert str(cast.partners.name) in first
    assert ("Ö vientineuvonta" in first, "Ö vientineuvonta" in rest) == (True, False)
    assert ("A rahoitus" in first, "A rahoitus" in rest, "Å muualla" in rest) == (False, True, True)
    browser.submit(page, {"reason": REASON, "consent": "phone", "service": str(elsewhere.pk)})
    assert Handover.objects.get().service_id == elsewhere.pk


def test_form_keeps_what_was_typed_and_says_what_is_missing(mine: Leg, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    address = f"{pages(mine)}siirra/{cast.partner_desk.pk}/"
    answer = browser.submit(browser.get(address), {"reason": "", "done": "Laskelma tehty.", "what": "beside"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Laskelma tehty." in text
    assert not Handover.objects.exists()


def test_unticked_parts_are_left_out(mine: Leg, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    page = browser.get(f"{pages(mine)}siirra/{cast.partner_desk.pk}/")
    browser.submit(page, {"reason": REASON, "consent": "phone", "passed": []})
    assert HandoverPart.objects.get(kind="own-words").included is False
    assert HandoverPart.objects.get(kind="contact").included is True


def test_receiver_asks_and_declines_with_the_next_door(hand: Callable[..., Handover], cast: Cast, client_of: Callable[[Member], Client]) -> None:
    handover = hand()
    receiver, passer = client_of(cast.partner), client_of(cast.adviser)
    where = f"/siirrot/{handover.pk}/"
    receiver.submit(receiver.get(f"{where}kysy"), {"words": "Onko Y-tunnusta?"})
    assert "Onko Y-tunnusta?" in passer.get(where).content.decode()
    passer.submit(passer.get(f"{where}vastaa"), {"words": "On."})
    missing = receiver.submit(receiver.get(f"{where}ei"), {"reason": "Ei meille."})
    assert missing.status_code == 422
    done = receiver.submit(receiver.get(f"{where}ei"), {"reason": "Ei meille.", "next_desk": cast.there.desk.pk})
    assert done.status_code == 302
    assert receiver.get(where).status_code == 404
    back = passer.get(where).content.decode()
    assert f"siirra/{cast.there.desk.pk}/" in back
    assert f"/siirrot/{handover.pk}/" in passer.get(f"/asia/{handover.number}/").content.decode()


def test_lists_cost_the_same_whatever_their_length(
    hand: Callable[..., Handover], send: Callable[..., Case], cast: Cast, client_of: Callable[[Member], Client], sql_count: Callable[..., Any]
) -> None:
    browser = client_of(cast.partner)
    hand()
    browser.get("/siirrot/")
    with sql_count(at_most=10) as few:
        browser.get("/siirrot/")
    for _ in range(4):
        hand(leg=Leg.objects.get(case=send()))
    with sql_count(at_most=10) as many:
        browser.get("/siirrot/")
    assert few.number == many.number


def test_how_soon_they_settle_is_told_anew_when_another_service_is_chosen(
    mine: Leg, settled: Callable[[Service, int], None], cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    slow, unknown = ServiceFactory.create(), ServiceFactory.create()
    settled(slow, 5)
    passer, page = client_of(cast.adviser), f"{pages(mine)}siirra/{cast.here.desk.pk}/"
    assert 'hx-target="#busy"' in passer.get(page).content.decode()
    before, after = (passer.get(page, {"service": each.pk}, headers={"HX-Request": "true"}).content.decode() for each in (unknown, slow))
    assert ("Puolet ratkeaa 10 päivässä" in before, "Puolet ratkeaa 10 päivässä" in after) == (False, True)
    assert "<html" not in after
