"""A call or a visit is logged on one screen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.models import OutgoingMail
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg, Message, Note
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
SAID = "Ruokakärry torille kesäksi, mitä lupia tarvitaan?"


@pytest.fixture
def browser(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.adviser)


def log(browser: Client, **typed: str) -> tuple[int, str]:
    answer = browser.submit(browser.get("/kirjaa/"), {"words": SAID, **typed})
    return answer.status_code, "" if answer.status_code == 302 else answer.content.decode()


def test_number_that_was_searched_by_is_kept_for_a_new_customer(browser: Client) -> None:
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert log(browser, caller="040 555 0187", who="new", name="Sanna Kivelä", next_step="Kysy tarkastajalta", day=day, hour="15:00")[0] == 302
    leg = Leg.objects.select_related("case__customer__contact").get()
    assert leg.case.customer is not None
    assert (leg.case.customer.contact.phone, leg.case.customer.contact.name) == ("040 555 0187", "Sanna Kivelä")
    assert (leg.next_step, leg.state) == ("Kysy tarkastajalta", CaseState.IN_PROGRESS)
    assert leg.clocks.count() == 2


def test_receipt_goes_out_and_the_clock_starts(browser: Client) -> None:
    assert log(browser, who="new", email="sanna@customer.example", agreed="queue")[0] == 302
    leg = Leg.objects.get()
    assert (leg.state, leg.due_kind, leg.handler_id) == (CaseState.NEW, "taken-up", None)
    assert OutgoingMail.objects.filter(kind="desk.receipt").count() == 1


def test_advised_at_once_is_settled_at_once(browser: Client) -> None:
    assert log(browser, who="new", phone="0405550187", agreed="done", advice="Kerroin luvista.")[0] == 302
    case = Case.objects.get()
    assert case.state == CaseState.SETTLED
    assert Message.objects.get().body == "Kerroin luvista."
    assert list(case.outcomes.values_list("kind", flat=True)) == ["advice"]


def test_visitor_without_a_name_needs_no_address(browser: Client) -> None:
    assert log(browser, who="anonymous", channel="walk-in", agreed="done")[0] == 302
    case = Case.objects.get()
    assert (case.customer_id, case.state, case.channel) == (None, CaseState.SETTLED, "walk-in")
    assert browser.get(f"/asia/{case.number}/").status_code == 200


def test_new_customer_without_any_address_is_asked_for_one_and_nothing_is_lost(browser: Client) -> None:
    status, page = log(browser, who="new", name="Sanna Kivelä", agreed="mine", next_step="Soita")
    assert status == 422
    assert SAID.split(",", maxsplit=1)[0] in page
    assert 'value="Sanna Kivelä"' in page
    assert 'value="Soita"' in page


def test_other_desk_gets_the_matter_and_sets_its_own_step(cast: Cast, browser: Client) -> None:
    assert log(browser, who="new", phone="0405550187", agreed="other")[0] == 422
    assert log(browser, who="new", phone="0405550187", agreed="other", other_desk=str(cast.partner_desk.pk), next_step="Soita")[0] == 422
    assert log(browser, who="new", phone="0405550187", agreed="other", other_desk=str(cast.partner_desk.pk))[0] == 302
    leg = Leg.objects.get()
    assert (leg.desk_id, leg.handler_id) == (cast.partner_desk.pk, None)


def find(browser: Client, text: str, **typed: str) -> str:
    page = browser.post("/kirjaa/?find=1", {"caller": text, "words": "säilyy", **typed}, headers={"HX-Request": "true"})
    assert page.status_code == 200
    return str(page.content.decode())


@pytest.mark.parametrize(
    ("text", "whole"), [("+358 40 555 0199", True), ("kahvila", False), ("Kaisa", False), ("kaisa kahvila", True), ("kaisa@cust", False)]
)
def test_caller_is_found_by_number_name_and_address_and_chosen_when_all_of_it_fits(case: Case, browser: Client, text: str, whole: bool) -> None:
    shown = find(browser, text, who="new", offered="new")
    assert f'value="case-{case.number}"' in shown
    assert (f'value="case-{case.number}" checked' in shown) == whole


def test_open_matter_of_who_calls_tells_its_promise(send: Callable[..., Case], browser: Client) -> None:
    """Whoever answers the telephone sees at once that it is late."""
    send(at=timezone.now() - timedelta(days=30))
    shown = find(browser, "+358 40 555 0199")
    assert "Myöhässä" in shown
    assert "Ota hoitoon" in shown


def test_new_customer_chosen_instead_of_the_one_who_fits_stays_chosen(case: Case, browser: Client) -> None:
    offered = f"case-{case.number}"
    shown = find(browser, "040 555 0199", who="new", offered=offered)
    assert 'value="new" checked' in shown
    assert f'name="offered" value="{offered}"' in shown
    assert 'value="new" checked' in find(browser, "050 000 0000", who=offered, offered=offered)


def test_search_without_a_script_keeps_what_was_typed(case: Case, browser: Client) -> None:
    page = browser.submit(browser.get("/kirjaa/"), {"caller": "Kahvila", "words": SAID, "find": "1"})
    assert page.status_code == 200
    assert case.number in page.content.decode()
    assert SAID.split(",", maxsplit=1)[0] in page.content.decode()
    assert Case.objects.count() == 1


def test_outsider_finds_no_foreign_customer(cast: Cast, case: Case, client_of: ClientOf) -> None:
    page = client_of(cast.outsider).get("/kirjaa/?caller=Kahvila").content.decode()
    assert case.number not in page
    answer = client_of(cast.outsider).post(
        "/kirjaa/", {"words": SAID, "who": f"case-{case.number}", "agreed": "mine", "channel": "phone", "language": "fi"}
    )
    assert answer.status_code == 404
    answer = client_of(cast.outsider).post(
        "/kirjaa/", {"words": SAID, "who": f"customer-{case.customer_id}", "agreed": "mine", "channel": "phone", "language": "fi"}
    )
    assert answer.status_code == 404


def test_more_to_an_open_matter_is_a_call_on_it(cast: Cast, case: Case, leg: Leg, browser: Client) -> None:
    assert log(browser, who=f"case-{case.number}", agreed="mine", next_step="Lähetä ohje")[0] == 302
    leg.refresh_from_db()
    assert (leg.handler_id, leg.next_step) == (cast.adviser.someone.pk, "Lähetä ohje")
    assert Note.objects.get().body == SAID
    assert Case.objects.count() == 1


def test_known_customer_brings_a_new_matter(case: Case, browser: Client) -> None:
    assert log(browser, who=f"customer-{case.customer_id}", agreed="queue")[0] == 302
    assert Case.objects.filter(customer=case.customer).count() == 2


def test_person_of_a_company_brings_a_matter_of_it_or_one_of_her_own(send: Callable[..., Case], browser: Client) -> None:
    company = CompanyFactory.create(name="Kahvila Kaisa Oy")
    case, foreign = send(business_id=company.business_id), send(email="toinen@customer.example", phone="", company_name="Muu Oy")
    Case.objects.filter(pk=case.pk).update(state=CaseState.SETTLED, settled_at=timezone.now())
    page = browser.post("/kirjaa/", {"find": "1", "caller": "040 555 0199"}).content.decode()
    of_company, own = f"customer-{case.customer_id}-of-{case.number}", f"customer-{case.customer_id}"
    assert f'value="{of_company}" checked' in page.replace("  ", " ")
    assert f'value="{own}"' in page
    assert log(browser, who=of_company, agreed="queue")[0] == 302
    assert log(browser, who=own, agreed="queue", words="Kesäkahvila omissa nimissä, mitä siihen tarvitaan?")[0] == 302
    made = Case.objects.exclude(pk__in=[case.pk, foreign.pk]).order_by("pk")
    assert list(made.values_list("customer", "company", "business_id")) == [
        (case.customer_id, company.pk, company.business_id), (case.customer_id, None, "")
    ]  # fmt: skip
    assert log(browser, who=f"{own}-of-{foreign.number}", agreed="queue")[0] == 404
    assert made.count() == 2


def test_contact_logged_twice_is_one(browser: Client) -> None:
    page = browser.get("/kirjaa/")
    for _ in range(2):
        answer = browser.submit(page, {"words": SAID, "who": "new", "phone": "0405550187", "agreed": "done"})
        assert answer.status_code == 302
    assert Case.objects.count() == 1


def test_search_goes_straight_to_a_whole_number_and_groups_the_rest(cast: Cast, case: Case, browser: Client, client_of: ClientOf) -> None:
    ServiceFactory.create(code="kasvulaina", name_fi="Kasvulaina")
    assert browser.get(f"/haku?q={case.number.lower()}")["Location"] == f"/asia/{case.number}/"
    page = browser.get("/haku?q=Kahvila").content.decode()
    assert case.number in page
    assert "Leena Lead" in browser.get("/haku?q=Leena").content.decode()
    foreign = client_of(cast.outsider).get(f"/haku?q={case.number}")
    assert foreign.status_code == 200
    assert f"/asia/{case.number}" not in foreign.content.decode()
    assert "/palvelut/kasvulaina/" in browser.get("/haku?q=kasvul").content.decode()
    assert browser.get("/haku").status_code == 200


def test_other_matters_of_a_customer_are_found_without_telling_in_an_address_who_it_is(
    case: Case, browser: Client, cast: Cast, client_of: ClientOf
) -> None:
    assert log(browser, who=f"customer-{case.customer_id}", agreed="queue")[0] == 302
    other = Case.objects.exclude(pk=case.pk).get()
    page = browser.get(f"/asia/{case.number}/").content.decode()
    link = f"/haku?asiakas={case.number}"
    assert link in page
    assert not re.search(r'href="[^"]*\?[^"]*(?:0199|Kaisa|kaisa)', page)
    found = browser.get(link).content.decode()
    assert other.number in found
    assert client_of(cast.outsider).get(link).status_code == 404


def test_what_was_not_found_is_taken_to_the_log_screen_without_an_address(browser: Client) -> None:
    page = browser.get("/haku?q=Tuntematon+Soittaja")
    assert "caller=" not in page.content.decode()
    taken = browser.submit(page, {"find": "1"})
    assert taken.status_code == 200
    assert 'value="Tuntematon Soittaja"' in taken.content.decode()
