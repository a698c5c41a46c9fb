"""Who may come to the desk's pages, what they cost, and that nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.months import ended_months
from luukku.core.registries import landings
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.enums import CaseState
from luukku.desk.models import Attachment, Case, Leg, Message, Note
from luukku.desk.web.staff.story import ACTIONS
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.counting import sql_count

ClientOf = Callable[[Member], Client]
_TOKEN = re.compile(r'(name="(?:csrfmiddlewaretoken|submit_key)" value=")[^"]*')


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("path", "welcome"),
    [
        ("/jono/", {"adviser", "desklead", "partner", "outsider"}),
        ("/jono/taulukko.csv", {"adviser", "desklead", "partner", "outsider"}),
        ("/kirjaa/", {"adviser", "desklead", "partner", "outsider"}),
        ("/myohassa/", {"coordinator"}),
        ("/myohassa/taulukko.csv", {"coordinator"}),
        ("/luvut/", {"desklead", "coordinator", "steering", "area", "national"}),
        ("/luvut/taulukko.csv", {"desklead", "coordinator", "steering", "area", "national"}),
    ],
)
def test_page_is_for_those_whose_role_needs_it(cast: Cast, client_of: ClientOf, path: str, welcome: set[str]) -> None:
    for member in cast.staff:
        assert client_of(member).get(path).status_code == (200 if member.name in welcome else 403), member.name
    assert client_of(cast.founder).get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_case_is_for_its_own_organisations(cast: Cast, case: Case, client_of: ClientOf) -> None:
    path = f"/asia/{case.number}/"
    seen = {member.name: client_of(member).get(path).status_code for member in cast.staff}
    assert seen["adviser"] == seen["desklead"] == 200
    assert seen["partner"] == seen["outsider"] == 404
    assert seen["coordinator"] == seen["steering"] == 403


@pytest.mark.parametrize("act", ["ota", "jatka"])
def test_outsider_acts_on_nothing(cast: Cast, case: Case, leg: Leg, client_of: ClientOf, act: str) -> None:
    assert client_of(cast.outsider).post(f"/asia/{case.number}/{leg.pk}/{act}").status_code == 404
    assert client_of(cast.outsider).post("/jono/ota", {"leg": leg.pk}).status_code == 404
    assert client_of(cast.outsider).post(f"/asia/{case.number}/kirjoita", {"to": "note", "body": "x"}).status_code == 404


def test_partner_sees_a_case_that_she_logged_and_acts_only_on_her_own_leg(cast: Cast, need: Callable[..., NeedForm], client_of: ClientOf) -> None:
    with act_as(cast.partner.actor) as actor:
        case = send_need(by=actor, need=need(desk=cast.here.desk))
    leg = Leg.objects.get(case=case)
    browser = client_of(cast.partner)
    page = browser.get(f"/asia/{case.number}/")
    assert page.status_code == 200
    assert 'id="kirjoita"' not in text_of(page)
    assert browser.get(f"/asia/{case.number}/{leg.pk}/odota").status_code == 403


@pytest.mark.parametrize("many", [1, 14])
def test_queue_costs_at_most_eight_statements(cast: Cast, send: Callable[..., Case], client_of: ClientOf, many: int) -> None:
    for number in range(many):
        send(name=f"Asiakas {number}", company_name="Yritys Oy")
    browser = client_of(cast.adviser)
    first = Leg.objects.order_by("id").values_list("pk", flat=True)[0]
    for address in ("/jono/?scope=desk", f"/jono/?scope=desk&sort=customer&after={first}"):
        with sql_count(at_most=8):
            assert browser.get(address).status_code == 200


@pytest.mark.parametrize("many", [1, 12])
def test_case_page_costs_at_most_ten_statements(cast: Cast, case: Case, leg: Leg, client_of: ClientOf, many: int) -> None:
    browser = client_of(cast.adviser)
    for number in range(many):
        browser.post(f"/asia/{case.number}/kirjoita", {"to": "customer", "body": f"Viesti {number}"})
        browser.post(f"/asia/{case.number}/kirjoita", {"to": "note", "body": f"Muistiinpano {number}"})
    browser.get(f"/asia/{case.number}/")  # shows the messages of what was done
    with sql_count(at_most=10):
        page = browser.get(f"/asia/{case.number}/")
    assert "Viesti 0" in text_of(page)


@pytest.mark.parametrize("query", ["?scope=desk", "?scope=mine", "?scope=desk&promise=late&sort=customer"])
def test_swapped_list_is_the_one_of_the_whole_page(cast: Cast, case: Case, client_of: ClientOf, query: str) -> None:
    browser = client_of(cast.desklead)
    whole = _TOKEN.sub(r"\1", text_of(browser.get(f"/jono/{query}")))
    part = _TOKEN.sub(r"\1", text_of(browser.get(f"/jono/{query}", headers={"HX-Request": "true"})))
    assert part.strip().startswith('<div id="jono">')
    assert part.strip() in whole


def test_queue_says_what_to_do_when_it_is_empty(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    assert "/jono/?scope=desk" in text_of(browser.get("/jono/"))
    assert "/kirjaa/" in text_of(browser.get("/jono/?scope=desk"))
    assert "/jono/?scope=desk" in text_of(browser.get("/jono/?scope=desk&language=sv"))


def test_queue_groups_by_urgency(cast: Cast, send: Callable[..., Case], client_of: ClientOf) -> None:
    now = timezone.now()
    send(at=now - timedelta(days=14), name="Myöhässä Oleva")
    send(at=now, name="Uusi Asiakas")
    page = text_of(client_of(cast.adviser).get("/jono/?scope=desk"))
    assert page.count('class="lu-group"') == 2
    assert page.count('class="is-late"') == 1
    assert page.index("Myöhässä Oleva") < page.index("Uusi Asiakas")


def test_export_holds_the_filtered_list_and_no_formulas(cast: Cast, send: Callable[..., Case], client_of: ClientOf) -> None:
    send(name="=cmd()", language="sv")
    send(name="Suomalainen Asiakas")
    answer = client_of(cast.adviser).get("/jono/taulukko.csv?scope=desk&language=sv")
    body = b"".join(answer.streaming_content).decode()
    assert "'=cmd()" in body
    assert "Suomalainen" not in body
    assert "KO-26-" in body or "KO-" in body
    assert b"".join(client_of(cast.outsider).get("/jono/taulukko.csv?scope=all").streaming_content).decode().count("\n") == 1


def test_message_that_fails_comes_back_as_typed(cast: Cast, case: Case, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    bad = SimpleUploadedFile("ohjelma.exe", b"MZ\x00\x00")
    answer = browser.post(f"/asia/{case.number}/kirjoita", {"to": "note", "body": "Pitkä teksti säilyy", "files": bad})
    assert answer.status_code == 422
    assert "Pitkä teksti säilyy" in text_of(answer)
    assert "ohjelma.exe" in text_of(answer)
    assert not Note.objects.exists()


def test_note_keeps_its_file_inside_and_the_file_downloads(cast: Cast, case: Case, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    browser.post(f"/asia/{case.number}/kirjoita", {"to": "note", "body": "Liite", "files": SimpleUploadedFile("muistio.txt", b"sisalto")})
    attachment = Attachment.objects.get()
    answer = browser.get(f"/asia/{case.number}/tiedostot/{attachment.pk}")
    assert b"".join(answer.streaming_content) == b"sisalto"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client_of(cast.outsider).get(f"/asia/{case.number}/tiedostot/{attachment.pk}").status_code == 404


def test_message_sent_twice_is_one(cast: Cast, case: Case, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{case.number}/")
    for _ in range(2):
        browser.submit(page, {"body": "Vain kerran"}, form="kirjoita")
    assert Message.objects.filter(body="Vain kerran").count() == 1


def test_acts_follow_each_other_without_a_script(cast: Cast, case: Case, leg: Leg, client_of: ClientOf) -> None:
    browser, base = client_of(cast.adviser), f"/asia/{case.number}/{leg.pk}"
    assert browser.submit(browser.get(f"/asia/{case.number}/"), form=0).status_code == 302
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    assert browser.submit(browser.get(f"{base}/askel"), {"next_step": "Soita Kaisalle", "day": day, "hour": "10:30"}).status_code == 302
    leg.refresh_from_db()
    assert leg.next_step == "Soita Kaisalle"
    assert leg.next_step_at is not None
    assert timezone.localtime(leg.next_step_at).strftime("%H:%M") == "10:30"
    refused = browser.submit(browser.get(f"{base}/odota"), {"waiting_for": "customer", "words_to_customer": ""})
    assert refused.status_code == 422
    assert re.search(r'value="customer"[^>]*checked', text_of(refused))
    assert browser.submit(refused, {"words_to_customer": "Lähetä laskelma."}).status_code == 302
    leg.refresh_from_db()
    assert leg.state == CaseState.WAITING
    assert browser.post(f"{base}/jatka").status_code == 302
    assert browser.submit(browser.get(f"{base}/palauta")).status_code == 302
    assert browser.submit(browser.get(f"{base}/hoitaja"), {"person": str(cast.desklead.someone.pk)}).status_code == 302
    leg.refresh_from_db()
    assert leg.handler_id == cast.desklead.someone.pk
    lead = client_of(cast.desklead)
    assert lead.submit(lead.get(f"{base}/ei-meille"), {"guidance": "Käänny pankin puoleen."}).status_code == 302
    assert lead.submit(lead.get(f"{base}/avaa")).status_code == 302
    case.refresh_from_db()
    assert case.is_open
    page = text_of(lead.get(f"/asia/{case.number}/"))
    assert "case." not in re.sub(r"[\w.]+@[\w.]+", "", page), "an event without words"


def test_settling_keeps_what_was_chosen_when_words_are_missing(cast: Cast, case: Case, leg: Leg, client_of: ClientOf) -> None:
    browser, path = client_of(cast.adviser), f"/asia/{case.number}/{leg.pk}/ratkaise"
    answer = browser.submit(browser.get(path), {"outcomes": ["finance"], "amount_loan": "25000", "words": ""})
    assert answer.status_code == 422
    assert 'value="25000"' in text_of(answer)
    answer = browser.submit(browser.get(path), {"outcomes": ["advice"], "amount_loan": "25000", "words": "Valmista tuli."})
    assert answer.status_code == 422, "a sum without its outcome is asked about"
    answer = browser.submit(browser.get(path), {"words": "Valmista tuli."})
    assert answer.status_code == 422, "an outcome must be chosen"
    assert "Valmista tuli." in text_of(answer)


def test_somebody_elses_matter_is_not_taken(cast: Cast, case: Case, leg: Leg, client_of: ClientOf) -> None:
    with act_as(cast.desklead.actor) as actor:
        take_up(by=actor, leg=leg)
    browser = client_of(cast.adviser)
    answer = browser.post("/jono/ota", {"leg": leg.pk, "next": "/jono/?scope=desk"}, follow=True)
    assert "Leena Lead" in text_of(answer)
    leg.refresh_from_db()
    assert leg.handler_id == cast.desklead.someone.pk


def test_every_action_of_the_trail_has_words() -> None:
    import luukku.desk.actions as package

    folder = next(iter(package.__path__))
    from pathlib import Path

    sources = "".join(file.read_text() for file in Path(folder).glob("*.py"))
    recorded = set(re.findall(r'"(case\.[a-z_]+)"', sources))
    assert recorded
    assert recorded <= ACTIONS


def test_staff_land_where_their_work_is(cast: Cast) -> None:
    def place(member: Member) -> str | None:
        return next((url for each in sorted(landings.all(), key=lambda each: each.order) if (url := each.url(member.actor))), None)

    assert place(cast.adviser) == place(cast.desklead) == "/jono/"
    assert place(cast.coordinator) == place(cast.steering) == "/tehtavat/"
    assert place(cast.area) == "/luvut/"


def test_coordinator_sees_number_and_desk_never_the_customer(cast: Cast, send: Callable[..., Case], client_of: ClientOf) -> None:
    late = send(at=timezone.now() - timedelta(days=14), name="Salainen Asiakas", subject="Salainen aihe")
    page = text_of(client_of(cast.coordinator).get("/myohassa/"))
    assert late.number in page
    assert str(cast.here.organisation.name) in page
    assert "Salainen" not in page
    table = text_of(client_of(cast.coordinator).get("/myohassa/taulukko.csv"))
    assert late.number in table
    assert "Salainen" not in table
    assert client_of(cast.coordinator).get("/myohassa/?region=saarela").status_code == 403


def test_figures_say_share_and_n(cast: Cast, send: Callable[..., Case], client_of: ClientOf) -> None:
    assert "lu-empty" in text_of(client_of(cast.steering).get("/luvut/"))
    months = ended_months(2)
    came = timezone.make_aware(datetime.combine(months.starts[1], time(9)))
    for number in range(6):
        case = send(at=came + timedelta(hours=number), name="Kuka Tahansa")
        with act_as(cast.adviser.actor) as actor:
            take_up(by=actor, leg=Leg.objects.get(case=case), at=came + timedelta(hours=6))
    send(at=came, name="Kuka Tahansa")
    send(at=came, name="Kuka Tahansa")
    page = text_of(client_of(cast.steering).get("/luvut/"))
    assert "75\u00a0%" in page
    assert str(cast.here.organisation.name) in page
    assert "Kuka Tahansa" not in page
    table = text_of(client_of(cast.steering).get("/luvut/taulukko.csv"))
    assert ";6;8;75" in table
