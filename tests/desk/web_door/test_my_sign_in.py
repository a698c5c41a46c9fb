"""A customer proves her address and sees all matters that go by it, and nobody else's."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from luukku.core.actor import PUBLIC, act_as
from luukku.core.models import OutgoingMail
from luukku.customers.access import PROOF_KEY, actor_of_address
from luukku.customers.actions.proving import MAILS_AN_HOUR
from luukku.customers.models import AddressProof, Contact, Customer
from luukku.desk.models import Case
from tests.cast import Cast
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.harness.jobs import run_jobs

Send = Callable[..., Case]
ADDRESS = "kaisa@customer.example"


def ask(browser: Client, email: str = ADDRESS, to: str = "/omat/") -> Any:
    return browser.submit(browser.get(f"/omat/kirjaudu/?next={to}"), {"email": email}, form=1)


def mailed_code() -> str:
    """The code in the newest mail."""
    run_jobs("luukku.core.tasks.send_mail")
    found = re.search(r"(\d{4} \d{4})", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1)


def prove(browser: Client, email: str = ADDRESS, to: str = "/omat/") -> Any:
    assert ask(browser, email, to)["Location"] == "/omat/koodi/"
    return browser.submit(browser.get("/omat/koodi/"), {"code": mailed_code()}, form=1)


def listed(browser: Client) -> str:
    return str(browser.get("/omat/").content.decode())


def test_proven_address_opens_every_matter_of_hers_and_later_ones(client: Client, send: Send) -> None:
    first, second = send(), send(email="Kaisa@Customer.example", words="Haluan myydä yritykseni.")
    assert first.customer_id != second.customer_id
    assert prove(client)["Location"] == "/omat/"
    page = listed(client)
    assert first.number in page
    assert second.number in page
    third = send(words="Tarvitsen vielä apua vientiin.")
    assert third.number in listed(client)
    for case in (first, second, third):
        assert client.get(f"/omat/{case.number}/").status_code == 200


def test_she_writes_to_whichever_of_her_matters(client: Client, send: Send) -> None:
    first, _second = send(), send(words="Haluan myydä yritykseni.")
    prove(client)
    done = client.post(f"/omat/{first.number}/viesti/", {"body": "Tässä lisää."})
    assert done.status_code == 302
    assert first.messages.get().body == "Tässä lisää."


def test_a_new_need_of_hers_makes_no_new_customer(client: Client, send: Send, cast: Cast) -> None:
    case = send()
    prove(client)
    before = Customer.objects.count()
    page = client.get(f"/{cast.here.region.code}/tarve/")
    made = client.submit(page, {"words": "Tarvitsen apua myös rekrytointiin.", "municipality": cast.here.municipality.code}, form=1)
    assert made.status_code == 302
    assert Customer.objects.count() == before
    assert Case.objects.latest("pk").customer_id == case.customer_id


def test_another_address_sees_nothing(client: Client, case: Case) -> None:
    prove(client, "toinen@customer.example")
    assert "Sinulla ei ole vielä asioita" in listed(client)
    assert client.get(f"/omat/{case.number}/").status_code == 404
    assert client.post(f"/omat/{case.number}/viesti/", {"body": "x"}).status_code == 404


def test_changed_address_moves_access_at_once(client: Client, case: Case) -> None:
    prove(client)
    assert case.number in listed(client)
    Contact.objects.filter(customer=case.customer).update(email="uusi@customer.example", email_key="uusi@customer.example")
    assert case.number not in listed(client)
    assert client.get(f"/omat/{case.number}/").status_code == 404
    other = Client()
    prove(other, "uusi@customer.example")
    assert case.number in listed(other)


def test_known_and_unknown_address_get_the_same_answer_for_the_same_work(client: Client, case: Case) -> None:
    answers, costs = [], []
    for email in (ADDRESS, "nobody@customer.example"):
        browser = Client()
        page = browser.get("/omat/kirjaudu/")
        with sql_count() as counted:
            answer = browser.submit(page, {"email": email}, form=1)
        costs.append(counted.number)
        shown = browser.get("/omat/koodi/").content.decode().replace(email, "X")
        answers.append((answer.status_code, answer["Location"], re.sub(r'value="[^"]*"', "", shown)))
    assert answers[0] == answers[1]
    assert costs[0] == costs[1]
    run_jobs("luukku.core.tasks.send_mail")
    assert [letter.subject for letter in mail.outbox[-2:]] == ["Koodi omiin asioihisi"] * 2


def test_code_is_in_no_queue_and_no_session(client: Client, case: Case) -> None:
    ask(client)
    code = AddressProof.objects.get().code
    queued = OutgoingMail.objects.latest("pk")
    assert code not in str(queued.facts)
    assert code not in str(dict(client.session))


def test_wrong_codes_are_counted_although_the_page_says_so(client: Client, case: Case) -> None:
    ask(client)
    code = AddressProof.objects.get().code
    wrong = "00000000" if code != "00000000" else "11111111"
    for _ in range(5):
        assert "Koodi ei ole oikein" in client.submit(client.get("/omat/koodi/"), {"code": wrong}, form=1).content.decode()
    late = client.submit(client.get("/omat/koodi/"), {"code": code}, form=1)
    assert "Tätä koodia ei voi enää käyttää" in late.content.decode()
    assert PROOF_KEY not in client.session


def test_code_is_good_for_ten_minutes_and_once(client: Client, case: Case) -> None:
    ask(client)
    code = mailed_code()
    AddressProof.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    assert "ei voi enää käyttää" in client.submit(client.get("/omat/koodi/"), {"code": code}, form=1).content.decode()
    ask(client)
    held, code = dict(client.session)["luukku_code_asked"], mailed_code()
    client.submit(client.get("/omat/koodi/"), {"code": code}, form=1)
    assert case.number in listed(client)
    again = Client()
    session = again.session
    session["luukku_code_asked"] = held
    session.save()
    assert "ei voi enää käyttää" in again.post("/omat/koodi/", {"code": code}).content.decode()


def test_code_works_only_in_the_browser_that_asked(client: Client, case: Case) -> None:
    ask(client)
    code, other = mailed_code(), Client()
    assert other.post("/omat/koodi/", {"code": code})["Location"] == "/omat/kirjaudu/"
    ask(other)
    assert "Koodi ei ole oikein" in other.post("/omat/koodi/", {"code": code}).content.decode()


def test_proof_ends_by_itself_and_by_signing_out(client: Client, case: Case) -> None:
    prove(client)
    token = client.session[PROOF_KEY]
    client.post("/account/logout/", {})
    assert client.get("/omat/")["Location"].startswith("/omat/kirjaudu/")
    client = Client()
    session = client.session
    session[PROOF_KEY] = token
    session.save()
    assert case.number in listed(client)
    AddressProof.objects.update(proven_at=timezone.now() - timedelta(hours=13))
    assert client.get("/omat/").status_code == 302


def test_link_to_one_matter_asks_for_the_code_and_goes_on_there(client: Client, case: Case) -> None:
    asked = client.get(f"/omat/{case.number}/")
    assert asked["Location"] == f"/omat/kirjaudu/?next=/omat/{case.number}/"
    assert prove(client, to=f"/omat/{case.number}/")["Location"] == f"/omat/{case.number}/"
    assert prove(Client(), to="//evil.example/omat/")["Location"] == "/omat/"


def test_one_mailbox_gets_few_codes_an_hour_whoever_asks(client: Client, case: Case) -> None:
    for email in (ADDRESS, "nobody@customer.example"):
        for _ in range(MAILS_AN_HOUR):
            assert ask(Client(), email).status_code == 302
        refused = ask(Client(), email)
        assert refused.status_code == 422
        assert "Tähän osoitteeseen on lähetetty monta koodia" in refused.content.decode()


def test_one_network_asks_for_few_codes_an_hour(db: None, settings: Settings) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    for n in range(10):
        assert ask(Client(), f"a{n}@customer.example").status_code == 302
    assert ask(Client(), "b@customer.example").status_code == 429


def test_staff_stay_staff_whatever_they_have_proved(client: Client, case: Case, cast: Cast) -> None:
    prove(client)
    client.sign_in(cast.outsider.user)
    refused = client.get("/omat/")
    assert refused.status_code == 403
    assert case.number not in refused.content.decode()
    assert client.get(f"/omat/{case.number}/").status_code == 404
    assert client.get("/omat/kirjaudu/").status_code == 403


def test_her_address_gives_no_staff_rights(client: Client, cast: Cast, case: Case) -> None:
    """Staff and customers by the same address are two: the code opens matters of hers as a customer, never her work."""
    prove(client, cast.adviser.user.email)
    assert client.get("/jono/").status_code == 302
    assert case.number not in listed(client)


def test_list_shows_what_comes_next_and_narrows_by_state(client: Client, taken: Case, send: Send) -> None:
    new = send(words="Haluan myydä yritykseni.")
    prove(client)
    page = listed(client)
    assert page.index(new.number) < page.index(taken.number)
    assert "Nimetty ihminen ottaa asiasi hoitaakseen" in page
    ended = client.get("/omat/?tila=ohi").content.decode()
    assert new.number not in ended
    assert "Täällä ei ole nyt mitään" in ended


def test_list_costs_the_same_however_long(client: Client, send: Send) -> None:
    send()
    prove(client)
    listed(client)
    with sql_count() as few:
        listed(client)
    for n in range(6):
        send(words=f"Haluan myydä yritykseni numero {n}.")
    with sql_count(exactly=few.number):
        listed(client)


@pytest.mark.parametrize(
    "statement",
    [
        "select code from customers_addressproof",
        "update customers_addressproof set proven_at = now()",
        """insert into customers_addressproof (digest, code, email, email_key, language, asked_at, tries, proven_at)
        values ('x', '1', 'kaisa@customer.example', 'kaisa@customer.example', 'fi', now(), 0, now())""",
        "delete from customers_addressproof",
    ],
)
def test_no_request_reads_a_code_or_proves_an_address_by_itself(client: Client, case: Case, statement: str) -> None:
    ask(client)
    with act_as(PUBLIC), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_guessed_secret_opens_nothing(client: Client, case: Case) -> None:
    ask(client)
    asked = client.session["luukku_code_asked"]["token"]
    with act_as(PUBLIC):
        assert actor_of_address("guess") is None
        assert actor_of_address(asked) is None  # asked for is not proven
