"""Shepherds, contracts, wishes and calls as people use them on screen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.customers.models import Contact, Shepherd, ShepherdContract, ShepherdHours
from luukku.desk.access.links import first_token
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.talking import write
from luukku.desk.actions.wishes import Wishes, set_wishes
from luukku.desk.models import Case, Chase, Leg, Message, NewsCall
from tests.cast import Cast, Member
from tests.desk.shepherds.conftest import seat_of
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.harness.counting import sql_count

ClientOf = Callable[[Member], Client]
CLOSED = (
    "/jono/", "/jono/taulukko.csv", "/haku?q=Kaisa", "/kirjaa/", "/luvut/", "/luvut/siirrot/", "/myohassa/", "/siirrot/", "/palaute/", "/ajat/",
    "/soitot/", "/hoitajat/",
)  # fmt: skip


@pytest.fixture
def shepherd(cast: Cast, kept: Shepherd, client_of: ClientOf) -> Client:
    return client_of(cast.shepherd)


def test_shepherd_comes_to_her_own_customers_and_to_nothing_else(shepherd: Client, case: Case, send: Callable[..., Case]) -> None:
    other = send(name="Toinen Asiakas", email="toinen@customer.example")
    page = shepherd.get("/asiakkaani/").content.decode()
    assert "Kaisa Kahvila" in page
    assert "Toinen" not in page
    assert 'action="/haku"' not in page
    for path in (*CLOSED, f"/asia/{case.number}/", f"/asia/{other.number}/"):
        assert shepherd.get(path).status_code in (403, 404), path
    assert shepherd.get(f"/asiakkaani/asia/{other.number}/").status_code == 404


def test_landing_after_sign_in_is_the_list(shepherd: Client) -> None:
    assert shepherd.get("/asiakkaani/").status_code == 200
    assert "Minun asiakkaani" in shepherd.get("/asiakkaani/").content.decode()


def test_page_of_the_company_tells_its_handlers_who_keeps_its_people(
    cast: Cast, give: Callable[..., Shepherd], send: Callable[..., Case], client_of: ClientOf
) -> None:
    company = CompanyFactory.create()
    give(of=send(business_id=company.business_id, name=""))
    page = client_of(cast.adviser).get(f"/yritykset/{company.business_id}/").content.decode()
    assert f"Asiakkuutta hoitaa: {cast.shepherd.someone.name}" in page
    assert "kaisa@" in page  # nameless, yet one of its people
    assert cast.shepherd.someone.name not in client_of(cast.partner).get(f"/yritykset/{company.business_id}/").content.decode()


def test_who_keeps_nobody_is_told_what_to_do(cast: Cast, client_of: ClientOf) -> None:
    assert "Hoidossasi ei ole nyt yhtään asiakkuutta" in client_of(cast.shepherd).get("/asiakkaani/").content.decode()


def test_list_costs_the_same_however_many_customers(shepherd: Client, send: Callable[..., Case], give: Callable[..., Shepherd]) -> None:
    with sql_count() as one:
        shepherd.get("/asiakkaani/")
    for number in range(3):
        give(of=send(name=f"Asiakas {number}", email=f"a{number}@customer.example"))
    with sql_count() as many:
        shepherd.get("/asiakkaani/")
    assert one.number == many.number <= 14


def test_message_chase_and_hours_by_the_shepherds_buttons(shepherd: Client, case: Case, kept: Shepherd, cast: Cast) -> None:
    place = f"/asiakkaani/asia/{case.number}/"
    empty = shepherd.post(f"{place}viesti", {"body": ""})
    assert empty.status_code == 422
    assert shepherd.submit(shepherd.get(place), {"body": "Hänen puolestaan kirjoitan."}).status_code == 302
    assert Message.objects.get().author_id == cast.shepherd.someone.pk
    Leg.objects.update(due_at=timezone.now() - timedelta(days=1), due_kind="taken-up")
    assert shepherd.submit(shepherd.get("/asiakkaani/")).status_code == 302
    assert Chase.objects.count() == 1
    assert "Kysytty tänään" in shepherd.get("/asiakkaani/").content.decode()
    hours = f"/asiakkaani/{kept.pk}/tunnit"
    assert shepherd.submit(shepherd.get(hours), {"hours": "1,5", "words": "Tapaaminen"}).status_code == 302
    assert ShepherdHours.objects.get().minutes == 90
    assert shepherd.submit(shepherd.get(hours), {"hours": "30", "words": "Liikaa"}).status_code == 422
    assert shepherd.submit(shepherd.get(hours), form=1).status_code == 302
    assert ShepherdHours.objects.get().taken_back_at is not None


def test_lead_names_the_shepherd_and_both_stand_on_the_matter(case: Case, contract: ShepherdContract, cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.desklead)
    form = browser.get(f"/asia/{case.number}/hoitaja")
    who = f"{seat_of(cast.shepherd).pk}-{contract.pk}"
    assert browser.submit(form, {"who": who, "mandates": ["see"]}).status_code == 422  # how she agreed is missing
    assert browser.submit(form, {"who": who, "mandates": ["see", "chase"], "way": "phone"}).status_code == 302
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
    page = client_of(cast.adviser).get(f"/asia/{case.number}/").content.decode()
    assert "Aino Adviser" in page
    assert "Sirpa Shepherd" in page
    ended = browser.submit(browser.get(f"/asia/{case.number}/hoitaja/lopeta"), {})
    assert ended.status_code == 302
    assert Shepherd.objects.get().end == "us"


def test_customer_sees_who_keeps_her_takes_a_lot_away_and_ends_it(client: Client, case: Case, kept: Shepherd, cast: Cast) -> None:
    place = f"/s/{first_token(case)}/"
    page = client.get(place)
    assert "Luottohenkilösi kaikessa" in page.content.decode()
    assert "Sirpa Shepherd" in page.content.decode()
    client.post(f"{place}hoitaja/lupa/", {"kind": "chase", "allowed": ""})
    assert not kept.mandates.filter(kind="chase", ended_at=None).exists()
    asked = client.get(f"{place}hoitaja/lopeta/")
    assert client.submit(asked, {}, form="end-keeper").status_code == 302
    assert "Luottohenkilösi kaikessa" not in client.get(place).content.decode()
    assert Shepherd.objects.get().end == "customer"


def test_contracts_are_made_changed_and_ended_on_screen(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.coordinator)
    assert "Ei vielä sopimuksia" in browser.get("/hoitajat/").content.decode()
    today = timezone.localdate()
    given = {
        "region": str(cast.here.region.pk), "buyer": str(cast.here.organisation.pk), "provider": str(cast.provider.pk), "reference": "H-7",
        "first_day": today.isoformat(), "last_day": (today + timedelta(days=20)).isoformat(), "hours": "20", "price": "85", "price_for": "hour",
        "with_vat": "0",
    }  # fmt: skip
    form = browser.get("/hoitajat/uusi")
    wrong = browser.submit(form, given | {"last_day": (today - timedelta(days=1)).isoformat()})
    assert wrong.status_code == 422
    assert "H-7" in wrong.content.decode()
    assert browser.submit(form, given).status_code == 302
    contract = ShepherdContract.objects.get()
    assert (contract.minutes, contract.reference) == (1200, "H-7")
    assert "Päättyy pian" in browser.get("/hoitajat/").content.decode()
    change = browser.get(f"/hoitajat/{contract.pk}/muuta")
    assert browser.submit(change, {"hours": "30", "last_day": (today + timedelta(days=200)).isoformat()}).status_code == 302
    assert browser.submit(browser.get(f"/hoitajat/{contract.pk}/lopeta"), {"last_day": today.isoformat()}).status_code == 302
    contract.refresh_from_db()
    assert (contract.minutes, contract.ended_on) == (1800, today)
    assert client_of(cast.adviser).get("/hoitajat/").status_code == 403


def test_customer_says_how_she_is_reached(client: Client, case: Case) -> None:
    place = f"/s/{first_token(case)}/toiveet/"
    answer = client.submit(client.get(place), {"way": "phone", "call_days": ["1", "2"], "call_from": "09:00", "call_until": "08:00"}, form="wishes")
    assert answer.status_code == 422
    given = {"way": "phone", "call_days": ["1", "2"], "call_from": "09:00", "call_until": "11:00", "wish_language": "sv"}
    assert client.submit(client.get(place), given, form="wishes").status_code == 302
    contact = Contact.objects.get(customer=case.customer)
    assert (contact.way, contact.call_days, contact.wish_language) == ("phone", [1, 2], "sv")


def test_news_to_call_about_stand_on_the_matter_the_queue_and_the_list(case: Case, cast: Cast, client_of: ClientOf) -> None:
    with act_as(cast.adviser.actor) as actor:
        set_wishes(by=actor, case=case, wishes=Wishes("phone"))
        take_up(by=actor, leg=Leg.objects.get(case=case))
        write(by=actor, case=case, body="Hei")
    browser = client_of(cast.adviser)
    assert "Soita asiakkaalle" in browser.get("/jono/").content.decode()
    calls = browser.get("/soitot/").content.decode()
    assert "Kerro, kuka asiaa hoitaa" in calls
    assert "lupaus <span class=" in " ".join(calls.split())  # until somebody has called, the clock runs
    page = browser.get(f"/asia/{case.number}/")
    assert "Kerro, mitä asiakkaalle on kirjoitettu" in page.content.decode()
    for call in NewsCall.objects.all():
        assert browser.post(f"/asia/{case.number}/soitettu/{call.pk}").status_code == 302
    assert "Soita asiakkaalle" not in browser.get("/jono/").content.decode()
    assert "Ei soitettavaa" in browser.get("/soitot/").content.decode()


def test_missed_call_by_one_tap_waits_in_the_queue_and_gets_its_words(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    assert 'formaction="/soitot/vastaamatta"' in browser.get("/kirjaa/").content.decode()
    assert browser.post("/soitot/vastaamatta", {"caller": "040 555 0300"}).status_code == 302
    case = Case.objects.get()
    assert "Soita takaisin 040 555 0300" in browser.get("/jono/?scope=all").content.decode()
    assert "040 555 0300" in browser.get("/soitot/").content.decode().replace("\xa0", " ")
    assert browser.post("/soitot/vastaamatta", {"caller": "Kaisa"}).status_code == 422
    fill = browser.get(f"/asia/{case.number}/sanat")
    assert browser.submit(fill, {"words": ""}).status_code == 422
    assert browser.submit(fill, {"words": "Haluan ostaa leipomon.", "name": "Leena Leipuri"}).status_code == 302
    queue = browser.get("/jono/?scope=all").content.decode()
    assert "Haluan ostaa leipomon" in queue
    assert "Soita takaisin 040" not in queue


def test_correction_keeps_what_was_typed_when_it_is_wrong(case: Case, cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    form = browser.get(f"/asia/{case.number}/tiedot")
    wrong = browser.submit(form, {"email": "kaisa(at)", "company_name": "Kahvila Oy"})
    assert wrong.status_code == 422
    assert "Kahvila Oy" in wrong.content.decode()
    assert browser.submit(form, {"email": "kaisa@uusi.example", "company_name": "Kahvila Oy", "business_id": "2617416-4"}).status_code == 302
    assert "Korjattu: yritys, sähköposti, Y-tunnus" in browser.get(f"/asia/{case.number}/").content.decode()


@pytest.mark.parametrize("path", ["/soitot/", "/hoitajat/"])
def test_lists_cost_a_fixed_number_of_statements(cast: Cast, client_of: ClientOf, contract: ShepherdContract, path: str) -> None:
    browser = client_of(cast.desklead)
    with sql_count(at_most=8):
        browser.get(path)
