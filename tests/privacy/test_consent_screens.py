"""A customer agrees and takes it back on her own page; staff write down what she says."""

from collections.abc import Callable

import pytest

from luukku.core.actor import act_as
from luukku.customers.models import Consent, Contact
from luukku.desk.access.links import first_token
from luukku.desk.models import Case
from tests.cast import Cast, Member
from tests.desk.consents.conftest import Ground
from tests.harness.client import Client
from tests.harness.counting import sql_count

ClientOf = Callable[[Member], Client]


@pytest.fixture
def page(case: Case) -> str:
    return f"/s/{first_token(case)}/tietoni/"


def partner_reads(cast: Cast) -> bool:
    with act_as(cast.partner.actor):
        return Contact.objects.exists()


def test_customer_agrees_and_takes_it_back_by_her_link(client: Client, page: str, cast: Cast, ground: Ground) -> None:
    ground("consent")
    shown = client.get(page)
    assert "Et ole antanut pysyvää lupaa" in shown.content.decode()
    assert client.submit(shown, {"scope": "network"}, form="agree").status_code == 302
    assert partner_reads(cast)
    shown = client.get(page)
    text = shown.content.decode()
    assert "Koskimaan Kauppakamari ry" in text
    withdrawal = client.get(f"{page}suostumus/{Consent.objects.get().pk}/peru/")
    told = withdrawal.content.decode()
    assert "Koskimaan Kauppakamari ry" in told
    assert "Koskimaan Kehitys Oy" in told
    assert client.submit(withdrawal, form="withdraw").status_code == 302
    assert not partner_reads(cast)
    ended = Consent.objects.get()
    assert (ended.way, ended.withdrawal_way, ended.recorded_by) == ("link", "link", None)
    assert "Koskimaan Kauppakamari ry" not in client.get(page).content.decode().split('id="holders"')[1]


def test_naming_nobody_keeps_what_was_chosen_and_says_what_to_do(client: Client, page: str) -> None:
    answer = client.submit(client.get(page), {"scope": "named"}, form="agree")
    assert answer.status_code == 422
    assert "Valitse ainakin yksi" in answer.content.decode()
    assert not Consent.objects.exists()


def test_figures_are_a_switch_of_their_own(client: Client, page: str) -> None:
    client.submit(client.get(page), {"allowed": "1"}, form="statistics")
    assert Consent.objects.get().kind == "statistics"
    client.submit(client.get(page), {"allowed": ""}, form="statistics")
    assert Consent.objects.get().withdrawn_at is not None


def test_staff_write_down_what_was_said_and_end_it_on_her_word(client_of: ClientOf, case: Case, cast: Cast, ground: Ground) -> None:
    ground("consent")
    adviser, place = client_of(cast.adviser), f"/asia/{case.number}/suostumukset"
    assert "Suostumukset" in adviser.get(f"/asia/{case.number}/").content.decode()
    answer = adviser.submit(
        adviser.get(place), {"scope": "named", "organisations": [str(cast.partners.pk)], "way": "paper", "given_on": "2026-01-15"}, form="consent"
    )
    assert answer.status_code == 302
    given = Consent.objects.get()
    assert (given.way, given.recorded_by, given.given_at.day) == ("paper", cast.adviser.someone, 15)
    assert partner_reads(cast)
    assert adviser.post(f"{place}/{given.pk}/peru", {"way": "phone"}).status_code == 302
    assert not partner_reads(cast)


def test_day_to_come_is_refused(client_of: ClientOf, case: Case, cast: Cast) -> None:
    adviser, place = client_of(cast.adviser), f"/asia/{case.number}/suostumukset"
    assert adviser.submit(adviser.get(place), {"scope": "network", "way": "phone", "given_on": "2999-01-15"}, form="consent").status_code == 422


def test_others_come_to_no_page_of_consents(client_of: ClientOf, case: Case, cast: Cast, ground: Ground) -> None:
    ground("law")
    for who in (cast.partner, cast.outsider, cast.coordinator, cast.national):
        for path in (f"/asia/{case.number}/suostumukset", f"/omat/{case.number}/tietoni/"):
            assert client_of(who).get(path).status_code in (403, 404), (who.name, path)


def test_own_page_costs_the_same_however_many_consents(client: Client, page: str) -> None:
    for _ in range(2):
        client.submit(client.get(page), {"scope": "network"}, form="agree")
    with sql_count(at_most=20) as few:
        client.get(page)
    for _ in range(3):
        client.submit(client.get(page), {"scope": "network"}, form="agree")
    with sql_count(few.number):
        client.get(page)


def test_who_has_not_signed_in_is_led_to_the_customers_own_sign_in(client: Client, case: Case) -> None:
    answer = client.get(f"/omat/{case.number}/tietoni/")
    assert answer.headers["Location"].startswith("/omat/kirjaudu/?next=")
