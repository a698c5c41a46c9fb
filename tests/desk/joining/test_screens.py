"""The pages by which a person joins and splits, and what the customer reads of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as
from luukku.desk.access.links import first_token
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.intake import NeedForm
from luukku.desk.models import Case, Message
from tests.cast import Cast, Member
from tests.desk.joining.test_join import Pair, joined
from tests.harness.counting import sql_count

ClientOf = Callable[[Member], Client]


@pytest.fixture
def twice(send: Callable[..., Case]) -> Pair:
    now = timezone.now()
    return send(at=now - timedelta(hours=5)), send(at=now - timedelta(hours=1))


def text_of(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_case_page_shows_what_may_be_the_same_and_why(cast: Cast, twice: Pair, client_of: ClientOf) -> None:
    page = text_of(client_of(cast.adviser).get(f"/asia/{twice[1].number}/"))
    assert f"/asia/{twice[1].number}/yhdista/{twice[0].number}" in page
    assert "sama sähköpostiosoite, sama puhelinnumero, sama nimi, melkein samat sanat" in page


def test_possibly_same_matter_tells_its_own_promise(cast: Cast, case: Case, send: Callable[..., Case], client_of: ClientOf) -> None:
    """The page's own promise runs on: what is late is the other one."""
    assert "Myöhässä" not in text_of(client_of(cast.adviser).get(f"/asia/{case.number}/"))
    send(at=timezone.now() - timedelta(days=30))
    same = text_of(client_of(cast.adviser).get(f"/asia/{case.number}/")).split('id="sama"')[1].split("</section>")[0]
    assert "Myöhässä" in same
    assert "Ota hoitoon" in same


def test_what_a_reader_does_not_see_is_not_hinted_at(cast: Cast, twice: Pair, send: Callable[..., Case], client_of: ClientOf) -> None:
    foreign = send(region=cast.there.region)
    page = text_of(client_of(cast.outsider).get(f"/asia/{foreign.number}/"))
    assert "sama" not in page.split('class="lu-cols')[1].split("</h1>")[0] or 'id="sama"' not in page
    assert twice[0].number not in page
    assert client_of(cast.outsider).get(f"/asia/{foreign.number}/yhdista/{twice[0].number}").status_code == 404
    found = client_of(cast.outsider).get(f"/asia/{foreign.number}/yhdista?number={twice[0].number}")
    assert found.status_code == 422


@pytest.mark.parametrize("many", [1, 9])
def test_case_page_with_lookalikes_costs_a_fixed_number_of_statements(
    cast: Cast, case: Case, send: Callable[..., Case], client_of: ClientOf, many: int
) -> None:
    for _each in range(many):
        send()
    browser = client_of(cast.adviser)
    browser.get(f"/asia/{case.number}/")
    with sql_count(at_most=10):
        browser.get(f"/asia/{case.number}/")


def test_joined_by_the_page_and_undone_by_the_page(cast: Cast, twice: Pair, client_of: ClientOf) -> None:
    older, newer = twice
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{newer.number}/yhdista/{older.number}")
    assert f'value="{older.number}" ' in text_of(page)
    assert browser.post(f"/asia/{newer.number}/yhdista/{older.number}", {"stays": older.number, "both_agree": "on"}).status_code == 302
    newer.refresh_from_db()
    assert newer.joined_into == older
    old_page = text_of(browser.get(f"/asia/{newer.number}/"))
    assert f"/asia/{older.number}/" in old_page
    assert f"/asia/{newer.number}/erota" in text_of(browser.get(f"/asia/{older.number}/"))
    assert browser.post(f"/asia/{newer.number}/erota").status_code == 302
    newer.refresh_from_db()
    assert newer.joined_into is None


def test_old_link_tells_what_happened(cast: Cast, twice: Pair, client: Client) -> None:
    older, newer = twice
    joined(cast, newer, older)
    page = text_of(client.get(f"/s/{first_token(newer)}/", follow=True))
    assert older.number in page
    assert f"{newer.number} yhdistettiin tähän asiaan" in page


def test_two_customers_are_asked_about_plainly(cast: Cast, send: Callable[..., Case], client_of: ClientOf) -> None:
    one, other = send(), send(name="Eero Erilainen", email="eero@customer.example", phone="040 555 0222")
    browser = client_of(cast.adviser)
    page = text_of(browser.get(f"/asia/{one.number}/yhdista/{other.number}"))
    assert "Eero Erilainen" in page
    assert "Kaksi asiakasta" in page
    assert browser.post(f"/asia/{one.number}/yhdista/{other.number}", {"stays": one.number}).status_code == 422


def test_split_by_the_page(cast: Cast, case: Case, holder: object, client_of: ClientOf) -> None:
    with act_as(holder):  # type: ignore[arg-type]
        message = customer_writes(by=holder, case=case, body="Etsin myös toimitilaa")  # type: ignore[arg-type]
    browser = client_of(cast.adviser)
    assert "Etsin myös toimitilaa" in text_of(browser.get(f"/asia/{case.number}/omaksi"))
    assert browser.post(f"/asia/{case.number}/omaksi", {"subject": "Tila"}).status_code == 422
    answer = browser.post(f"/asia/{case.number}/omaksi", {"messages": [f"message-{message.pk}"], "subject": "Toimitila"})
    assert answer.status_code == 302
    made = Message.objects.get().case
    assert made.number in answer["Location"]
    assert case.number in text_of(browser.get(answer["Location"]))
    assert made.number in text_of(browser.get(f"/asia/{case.number}/"))
    assert browser.post(f"/asia/{made.number}/omaksi/kumoa").status_code == 302
    assert Message.objects.get().case == case


def test_logged_call_shows_the_open_matter_it_may_belong_to(cast: Cast, case: Case, need: Callable[..., NeedForm], client_of: ClientOf) -> None:
    from luukku.desk.actions.intake import send_need

    with act_as(cast.adviser.actor) as actor:
        called = send_need(by=actor, need=need(words="Soitti kahvilasta", email="", phone="040 555 0199", channel="phone"))
    page = text_of(client_of(cast.adviser).get(f"/asia/{called.number}/"))
    assert case.number in page
    assert "sama puhelinnumero" in page
    assert PUBLIC.kind == "public"
