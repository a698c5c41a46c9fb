"""Ready texts: the desk lead writes them, advisers put them into messages, and nothing leaves with an empty place."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.actions.handling import set_next_step, take_up
from luukku.desk.actions.texts import remove_text, set_text
from luukku.desk.models import Case, Leg, Message, ReadyText
from luukku.desk.queries.texts import filled, texts_for
from tests.cast import Cast, Member
from tests.harness.client import Client

BODY = "Hei {asiakas}, katsomme laskelmaa {päivä}. Asiasi numero on {numero}.\n\n{hoitaja}"
ClientOf = Callable[[Member], Client]


@pytest.fixture
def text(cast: Cast) -> ReadyText:
    with act_as(cast.desklead.actor) as by:
        return set_text(by=by, desk=cast.here.desk, name="Laskelma", bodies={"fi": BODY, "sv": "Hej {kund}!"})


@pytest.fixture
def mine(case: Case, leg: Leg, cast: Cast) -> Leg:
    with act_as(cast.adviser.actor) as actor:
        return take_up(by=actor, leg=leg)


def test_text_is_filled_in_from_the_case_in_the_customers_language(text: ReadyText, mine: Leg, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        when = datetime(2030, 5, 6, 9, tzinfo=ZoneInfo("Europe/Helsinki"))
        leg = set_next_step(by=by, leg=mine, text="Laskelma", when=when)
        said = filled(text, leg, "Aino Adviser")
    assert said.replace("\xa0", " ") == f"Hei {name_of(leg)}, katsomme laskelmaa ma 6.5.2030. Asiasi numero on {leg.case.number}.\n\nAino Adviser"
    leg.case.language = "sv"
    assert filled(text, leg, "A") == f"Hej {name_of(leg)}!"


def name_of(leg: Leg) -> str:
    assert leg.case.customer is not None
    return leg.case.customer.contact.name


def test_text_is_offered_by_its_own_desk_and_only_in_the_customers_language(text: ReadyText, mine: Leg, cast: Cast) -> None:
    assert texts_for(mine.case, [cast.here.desk.pk]) == [(text.pk, "Laskelma")]
    assert texts_for(mine.case, [cast.partner_desk.pk]) == []
    mine.case.language = "en"
    assert texts_for(mine.case, [cast.here.desk.pk]) == []


def test_adviser_puts_a_text_into_her_message_and_fills_in_what_is_open(text: ReadyText, mine: Leg, client_of: ClientOf, cast: Cast) -> None:
    browser, number = client_of(cast.adviser), mine.case.number
    page = browser.get(f"/asia/{number}/")
    assert "Laskelma" in page.content.decode()
    put = browser.submit(page, {"body": "Kiitos viestistäsi.", "ready": str(text.pk), "insert": "1"}, form="kirjoita")
    words = put.content.decode()
    assert put.status_code == 200
    assert f"Asiasi numero on {number}." in words
    assert words.index("Kiitos viestistäsi.") < words.index("Hei Kaisa")
    assert "{päivä}" in words  # no next step yet
    assert not Message.objects.exists()
    refused = browser.post(f"/asia/{number}/kirjoita", {"to": "customer", "body": "Tavataan { Päivä }."})
    assert refused.status_code == 422
    assert "{ Päivä }" in refused.content.decode()
    sent = browser.post(f"/asia/{number}/kirjoita", {"to": "customer", "body": "Tavataan {torstaina}."})
    assert sent.status_code == 302
    assert Message.objects.get().body == "Tavataan {torstaina}."


def test_text_of_another_desk_is_not_put_into_a_message(mine: Leg, client_of: ClientOf, cast: Cast) -> None:
    foreign = ReadyText.objects.create(desk=cast.there.desk, name="Muualta", body_fi="Salainen muotoilu")
    browser = client_of(cast.adviser)
    put = browser.post(f"/asia/{mine.case.number}/kirjoita", {"to": "customer", "body": "Hei", "ready": str(foreign.pk), "insert": "1"})
    assert "Salainen" not in put.content.decode()


def test_lead_writes_changes_and_removes_the_texts_of_her_desk(client_of: ClientOf, cast: Cast) -> None:
    browser = client_of(cast.desklead)
    assert "Ei vielä valmiita tekstejä" in browser.get(reverse("desk:ready_texts")).content.decode()
    form = browser.get(reverse("desk:new_text"))
    wrong = browser.submit(form, {"name": "Tervehdys", "body_fi": "Hei {nimi}"})
    assert wrong.status_code == 422
    assert "{nimi}" in wrong.content.decode()
    assert browser.submit(form, {"name": "Tervehdys", "body_fi": "Hei {asiakas}!"}).status_code == 302
    made = ReadyText.objects.get()
    browser.submit(browser.get(reverse("desk:edit_text", args=[made.pk])), {"body_en": "Dear {customer},"})
    assert "Tervehdys" in browser.get(reverse("desk:ready_texts")).content.decode()
    made.refresh_from_db()
    assert (made.desk, made.body_fi, made.body_en) == (cast.here.desk, "Hei {asiakas}!", "Dear {customer},")
    browser.submit(browser.get(reverse("desk:remove_text", args=[made.pk])), {})
    assert not ReadyText.objects.exists()


@pytest.mark.parametrize("name", ["adviser", "partner", "outsider", "coordinator", "admin"])
def test_texts_are_the_leads_to_write(text: ReadyText, client_of: ClientOf, cast: Cast, name: str) -> None:
    someone = getattr(cast, name)
    with act_as(someone.actor) as by:
        for act in (lambda: set_text(by=by, desk=text.desk, name="x", bodies={"fi": "y"}), lambda: remove_text(by=by, text=text)):
            with pytest.raises(NotAllowed):
                act()
    assert client_of(someone).get(reverse("desk:edit_text", args=[text.pk])).status_code in (403, 404)


@pytest.mark.parametrize(
    ("name", "bodies", "field"),
    [(" ", {"fi": "x"}, "name"), ("Laskelma", {"fi": "x"}, "name"), ("Uusi", {"fi": " "}, "body_fi"), ("Uusi", {"sv": "{x}"}, "body_sv")],
)
def test_text_without_name_words_or_with_an_unknown_place_is_refused(
    text: ReadyText, cast: Cast, name: str, bodies: dict[str, str], field: str
) -> None:
    with act_as(cast.desklead.actor) as by, pytest.raises(RuleBroken) as broken:
        set_text(by=by, desk=cast.here.desk, name=name, bodies=bodies)
    assert broken.value.field == field
