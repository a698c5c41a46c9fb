"""The need page: what fits, the form that sends it, the receipt."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luukku.catalogue.models import Service, UnmetNeed
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token
from luukku.desk.models import Attachment, Case
from luukku.network.models import Region
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import MunicipalityFactory
from tests.harness.client import Client
from tests.harness.counting import sql_count

PAGE = "/koskimaa/tarve/"
HTMX = {"HTTP_HX_REQUEST": "true"}
Matched = Callable[..., None]
pytestmark = pytest.mark.usefixtures("matched")


def test_need_shows_the_service_why_who_gives_it_and_a_person(client: Client, cast: Cast) -> None:
    shown = client.get(PAGE, {"need": "rahoitusta"}).content.decode()
    assert "Rahoitusneuvonta" in shown
    assert "Osuu sanoihin: rahoitusta" in shown
    assert cast.here.organisation.name_fi in shown
    assert cast.adviser.someone.name in shown


def test_person_who_is_not_published_is_not_shown(client: Client, cast: Cast) -> None:
    type(cast.adviser.someone).objects.update(is_published=False)
    assert cast.adviser.someone.name not in client.get(PAGE, {"need": "rahoitusta"}).content.decode()


def test_what_swaps_in_equals_what_the_whole_page_shows(client: Client) -> None:
    whole = client.get(PAGE, {"need": "rahoitusta"}).content.decode()
    part = client.get(PAGE, {"need": "rahoitusta"}, **HTMX).content.decode()
    assert part.strip().startswith('<div id="found"')
    assert "<html" not in part
    assert "".join(part.split()) in "".join(whole.split())


def test_whoever_writes_straight_into_the_form_has_one_box_and_sees_what_may_help_below_it(client: Client) -> None:
    empty = client.get(PAGE).content.decode()
    assert 'id="need"' not in empty
    assert f'hx-post="{PAGE}sopivat/"' in empty
    found = client.post(f"{PAGE}sopivat/", {"words": "rahoitusta"}).content.decode()
    assert found.strip().startswith('<div id="live"')
    assert "/palvelut/" in found
    assert "Rahoitusneuvonta" in found
    assert client.get(f"{PAGE}sopivat/").status_code == 405
    assert "sopivat" not in client.get(PAGE, {"need": "rahoitusta"}).content.decode()


def test_need_page_costs_few_statements_whatever_is_found(client: Client) -> None:
    client.get(PAGE, {"need": "rahoitusta"})
    with sql_count(at_most=7):
        client.get(PAGE, {"need": "rahoitusta"})
    with sql_count(at_most=6):
        client.get(PAGE, {"need": "rahoitusta"}, **HTMX)


def test_nothing_fits_says_so_and_is_kept_without_personal_data(client: Client, matched: Matched, cast: Cast) -> None:
    matched(fits=False)
    shown = client.get(PAGE, {"need": "lemmikkikäärmeelle hoitopaikka, soita Kaisa Korhoselle 040 555 0142"})
    assert shown.status_code == 200
    for _ in range(2):
        assert client.submit(shown, form="unmet").status_code == 204
    kept = UnmetNeed.objects.get()
    assert (kept.region, kept.text, kept.count) == (cast.here.region, "lemmikkikäärmeelle hoitopaikka, soita …", 2)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_opening_an_address_keeps_nothing(client: Client, matched: Matched, headers: dict[str, str]) -> None:
    matched(fits=False)
    client.get(PAGE, {"need": "lemmikkikäärmeelle hoitopaikka"}, **headers)
    client.head(PAGE, {"need": "lemmikkikäärmeelle hoitopaikka"})
    assert client.get(f"{PAGE}vaille/", {"words": "lemmikkikäärmeelle hoitopaikka"}).status_code == 405
    assert not UnmetNeed.objects.exists()


@pytest.mark.parametrize(("fits", "words", "live"), [(True, "rahoitusta kahvilaan", True), (False, "", True), (False, "käärmeen hoitopaikka", False)])
def test_only_what_nothing_fitted_in_a_live_region_is_kept(client: Client, matched: Matched, cast: Cast, fits: bool, words: str, live: bool) -> None:
    matched(fits=fits)
    type(cast.here.region).objects.filter(pk=cast.here.region.pk).update(is_live=live)
    assert client.post(f"{PAGE}vaille/", {"words": words}).status_code == 204
    assert not UnmetNeed.objects.exists()


def test_machines_thousands_are_not_kept(client: Client, matched: Matched, settings: Any) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    matched(fits=False)
    for number in range(25):
        client.post(f"{PAGE}vaille/", {"words": f"{chr(97 + number) * 9} hoitopaikka"})
    assert UnmetNeed.objects.count() == 20


def test_sent_need_becomes_a_case_and_leads_to_its_receipt(client: Client, sending: dict[str, Any], cast: Cast) -> None:
    answer = client.submit(client.get(PAGE, {"need": "rahoitusta"}), sending, form="sending")
    case = Case.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/s/{first_token(case)}/vastaanotettu/")
    assert case.municipality == cast.here.municipality
    receipt = client.get(answer.url).content.decode()
    assert case.number in receipt
    assert "kaisa@customer.example" in receipt
    assert f"/s/{first_token(case)}/" in receipt
    assert OutgoingMail.objects.get().kind == "desk.receipt"


def test_form_sent_twice_makes_one_case_and_the_same_receipt(client: Client, sending: dict[str, Any]) -> None:
    page = client.get(PAGE, {"need": "rahoitusta"})
    first, second = client.submit(page, sending, form="sending"), client.submit(page, sending, form="sending")
    assert first.url == second.url
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"words": ""}, "words"),
        ({"name": ""}, "name"),
        ({"municipality": ""}, "municipality"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "kaisa(at)customer"}, "email"),
        ({"email": "", "phone": "soittakaa"}, "phone"),
        ({"company": "1234567-8"}, "company"),
        ({"needed_by": "2020-01-01"}, "needed_by"),
        ({"needed_by": "ensi viikolla"}, "needed_by"),
    ],
)
def test_bad_input_keeps_every_word_and_names_the_field(client: Client, sending: dict[str, Any], typed: dict[str, str], field: str) -> None:
    given = sending | {"company": "Kahvila Oy", "needed_by": "2030-01-31"} | typed
    answer = client.submit(client.get(PAGE, {"need": "rahoitusta"}), given, form="sending")
    assert answer.status_code == 422
    form = answer.context["form"]
    assert field in form.errors
    assert {name: form[name].value() for name in given} == given
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not Case.objects.exists()


def test_phone_alone_is_enough(client: Client, sending: dict[str, Any]) -> None:
    answer = client.submit(client.get(PAGE), sending | {"email": "", "phone": "040 555 0199"}, form="sending")
    assert Case.objects.get().customer is not None
    assert not OutgoingMail.objects.exists()
    assert "soitamme" in client.get(answer["Location"]).content.decode()


def test_name_and_business_id_may_stand_in_one_field(client: Client, sending: dict[str, Any]) -> None:
    client.submit(client.get(PAGE), sending | {"company": "Kahvila Oy, 2617416-4"}, form="sending")
    case = Case.objects.get()
    assert (case.company_name, case.business_id) == ("Kahvila Oy", "2617416-4")


def test_attachment_is_kept_with_the_need(client: Client, sending: dict[str, Any]) -> None:
    client.submit(client.get(PAGE), sending | {"files": SimpleUploadedFile("budjetti.txt", b"tulot ja menot")}, form="sending")
    assert Attachment.objects.get().file.name == "budjetti.txt"


def test_too_long_text_tells_its_length_and_the_limit(client: Client, sending: dict[str, Any]) -> None:
    answer = client.submit(client.get(PAGE), sending | {"words": "a" * 20_412}, form="sending")
    (reason,) = answer.context["form"].errors["words"]
    assert ("20\xa0412" in reason, "20\xa0000" in reason) == (True, True)


def test_services_often_needed_together_come_after_what_fits(client: Client, service: Service) -> None:
    other = ServiceFactory.create(name_fi="Starttiraha")
    service.related.add(other)
    shown = client.get(PAGE, {"need": "rahoitusta"}).content.decode()
    assert "Tarvitaan usein samalla: ”Rahoitusneuvonta”" in shown
    assert shown.index("Rahoitusneuvonta") < shown.index("Starttiraha")


def test_field_for_machines_stops_them(client: Client, sending: dict[str, Any]) -> None:
    assert client.submit(client.get(PAGE), sending | {"website": "http://spam.example"}, form="sending").status_code == 422
    assert not Case.objects.exists()


def test_municipality_of_another_region_or_of_none_stays_with_the_case(client: Client, sending: dict[str, Any], cast: Cast) -> None:
    lonely = MunicipalityFactory.create(code="950", name_fi="Yksinäinen", area=cast.here.area)
    page = client.get(PAGE, {"need": "rahoitusta", "municipality": lonely.code})
    for place in (lonely, cast.there.municipality):
        words = f"{sending['words']} {place.name_fi}"
        assert client.submit(page, sending | {"words": words, "municipality": place.code}, form="sending").status_code == 302
        case = Case.objects.get(municipality=place)
        assert case.region == cast.here.region


def test_municipality_not_in_finland_is_no_error(client: Client, sending: dict[str, Any]) -> None:
    assert client.submit(client.get(PAGE), sending | {"municipality": "other"}, form="sending").status_code == 302
    assert Case.objects.get().municipality is None


def test_too_many_sendings_are_told_to_wait(client: Client, sending: dict[str, Any], settings: Any) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    answers = [client.post(PAGE, sending | {"words": f"{sending['words']} {number}"}).status_code for number in range(21)]
    assert set(answers[:20]) == {302}
    assert answers[20] == 429
    assert Case.objects.count() == 20


def test_a_sending_too_many_keeps_all_words_and_names_a_telephone(client: Client, sending: dict[str, Any], settings: Any, cast: Cast) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    type(cast.here.desk).objects.filter(pk=cast.here.desk.pk).update(phone="06 555 0101")
    for number in range(21):
        answer = client.post(PAGE, sending | {"words": f"Kahvila {number} ja\nsen terassi"})
    shown = answer.content.decode()
    assert answer.status_code == 429
    assert "Kahvila 20 ja" in shown
    assert f'value="{sending["email"]}"' in shown
    assert "0101</a>" in shown, "whom to call"


def test_a_door_that_closes_while_she_writes_gives_the_words_back_and_leads_to_another(client: Client, sending: dict[str, Any], cast: Cast) -> None:
    page = client.get(PAGE)
    Region.objects.filter(pk=cast.here.region.pk).update(is_live=False, phone="06 555 0100")
    answer = client.submit(page, sending, form="sending")
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert not Case.objects.exists()
    assert sending["words"] in shown
    assert "0100</a>" in shown, "whom to call"
    assert 'action="/saarela/tarve/"' in shown
    assert client.post("/saarela/tarve/", sending).status_code == 302
    assert Case.objects.get().region == cast.there.region


def test_signed_in_founder_is_not_asked_who_she_is(client_of: Callable[[Member], Client], cast: Cast, sending: dict[str, Any]) -> None:
    browser = client_of(cast.founder)
    page = browser.get(PAGE, {"need": "rahoitusta"})
    assert "Fanny Founder" in page.content.decode()
    assert "id_email" not in page.content.decode()
    browser.submit(page, {"words": sending["words"], "municipality": sending["municipality"]}, form="sending")
    assert Case.objects.get().customer == cast.founder.customer


def test_adviser_who_uses_the_public_form_sends_as_anybody(client_of: Callable[[Member], Client], cast: Cast, sending: dict[str, Any]) -> None:
    browser = client_of(cast.adviser)
    page = browser.get(PAGE, {"need": "rahoitusta"})
    assert browser.post(PAGE, sending | {"submit_key": ""}).status_code == 302
    assert page.status_code == 200
    assert Case.objects.get().logged_by is None


def test_region_that_is_not_live_leads_to_its_page(client: Client, cast: Cast) -> None:
    type(cast.here.region).objects.update(is_live=False)
    answer = client.get(PAGE, {"need": "rahoitusta"})
    assert answer.url == "/koskimaa/?need=rahoitusta"
