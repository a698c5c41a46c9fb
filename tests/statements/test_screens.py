"""Statements as people use them: asked from a case's page, answered, agreed to and taken back on the customer's page, by a link from outside."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import mail as outbox
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.desk.access.links import first_token
from luukku.desk.models import Case, Leg
from luukku.statements.actions.asking import Giver, Outside
from luukku.statements.actions.forms import retire_form
from luukku.statements.models import Consent, FormVersion, Plan, Statement, StatementForm, StatementText
from tests.cast import Cast, Member
from tests.harness.client import Client

ANSWERS = {"q_skill": "good", "q_market": "yes", "q_lasting": "yes", "q_months": "6"}


def test_asked_from_the_page_of_a_case_and_given_on_a_form(client_of: Callable[[Member], Client], mine: Leg, case: Case, cast: Cast) -> None:
    adviser = client_of(cast.adviser)
    assert f"/asia/{case.number}/{mine.pk}/lausunto/" in adviser.get(f"/asia/{case.number}/").content.decode()
    assert "Lausunto starttirahasta" in adviser.get(f"/asia/{case.number}/{mine.pk}/lausunto/").content.decode()
    page = adviser.get(f"/asia/{case.number}/{mine.pk}/lausunto/?lomake=start-up-grant")
    files = page.context["form"].fields["attached"].choices
    failed = adviser.submit(page, {"asks": "Puollatteko?", "basics": "Kahvila"})
    assert failed.status_code == 422
    assert not StatementForm.objects.exists() or not Statement.objects.exists()
    given = {
        "title": "Kahvila", "basics": "Kahvila torille", "attached": [files[0][0]], "desks": [str(cast.partner_desk.pk)], "asks": "Puollatteko?",
        "consent": "phone", "q_start": "Keväällä", "q_trade": "Kahvia", "q_need": "12 000", "person": str(cast.partner.someone.pk),
    }  # fmt: skip
    assert adviser.submit(page, given).status_code == 302
    assert adviser.submit(page, given).status_code == 302  # sent twice makes one
    statement = Statement.objects.get()
    assert (statement.to_person_id, statement.plan.answers["need"]) == (cast.partner.someone.pk, "12000")
    assert "Kauppakamari" in adviser.get(f"/asia/{case.number}/").content.decode()
    partner = client_of(cast.partner)
    assert "Lausunto starttirahasta" in partner.get("/lausunnot/").content.decode()
    page = partner.get(f"/lausunnot/{statement.pk}/")
    assert "Kahvila torille" in page.content.decode()
    file = partner.get(f"/lausunnot/{statement.pk}/tiedosto/{statement.plan.files.get().pk}")
    assert b"".join(file.streaming_content) == b"Kahvila torin laidalle"
    assert partner.submit(page, {}, form=0).status_code == 302
    writing = partner.get(f"/lausunnot/{statement.pk}/kirjoita")
    failed = partner.submit(writing, {"grounds": "Hyvä suunnitelma", "do": "sign", **ANSWERS})
    assert failed.status_code == 422
    assert "Hyvä suunnitelma" in failed.content.decode()
    assert partner.submit(failed, {"do": "sign", "stance": "for"}).status_code == 302
    assert StatementText.objects.get().signed_name == "Pekka Partner"
    assert "Hyvä suunnitelma" in adviser.get(f"/lausunnot/{statement.pk}/").content.decode()


def test_customer_agrees_sees_what_came_and_takes_her_word_back(
    client: Client, client_of: Callable[[Member], Client], asked: Callable[..., Plan], case: Case, cast: Cast
) -> None:
    plan = asked(consent="page", answers={}, givers=[Giver(cast.partner_desk)])
    token = first_token(case)
    status = client.get(f"/s/{token}/").content.decode()
    assert f"/s/{token}/lausunnot/{plan.pk}/" in status
    page = client.get(f"/s/{token}/lausunnot/{plan.pk}/")
    failed = client.submit(page, {"do": "agree", "to": [str(Statement.objects.get().pk)]}, form="agree")
    assert failed.status_code == 422
    given = {"do": "agree", "q_start": "Keväällä", "q_trade": "Kahvia", "to": [str(Statement.objects.get().pk)]}
    assert client.submit(page, given, form="agree").status_code == 302
    assert Statement.objects.get().state == "sent"
    page = client.get(f"/s/{token}/lausunnot/{plan.pk}/")
    assert "Koskimaan Kauppakamari ry" in page.content.decode()
    assert client.submit(page, {"do": "take_back"}, form=f"back{Consent.objects.get().pk}").status_code == 302
    assert Consent.objects.get().withdrawn_at is not None
    assert client_of(cast.partner).get(f"/lausunnot/{Statement.objects.get().pk}/").status_code == 404


def test_an_outside_organisation_gives_its_statement_by_its_link(
    client: Client, asked: Callable[..., Plan], case: Case, run_jobs: Callable[[], Any]
) -> None:
    asked(givers=[Giver(outside=Outside("Pankki Oy", "pankki@bank.example"))])
    run_jobs()
    letter = next(each for each in outbox.outbox if each.to == ["pankki@bank.example"])
    assert "Kahvila" not in str(letter.body)
    url = next(word for word in str(letter.body).split() if "/l/" in word)
    home = "/l/" + url.split("/l/")[1]
    page = client.get(home)
    assert "Kahvila, kaksi" in page.content.decode()
    assert case.number not in client.get(home.replace("/l/", "/s/")).content.decode()
    writing = client.get(client.submit(page, {"name": "Pirkko Pankki"}, form="take").headers["Location"])
    assert client.submit(writing, {"stance": "for", "grounds": "Hyvä", "do": "draft", **ANSWERS}, form="write").status_code == 302
    writing = client.get(home + "kirjoita/")
    assert client.submit(writing, {"do": "sign"}, form="write").status_code == 302
    text = StatementText.objects.get()
    assert (text.signed_name, text.signed_by) == ("Pirkko Pankki", None)


def test_forms_are_kept_in_versions_by_those_who_answer_for_them(
    client_of: Callable[[Member], Client], cast: Cast, asked: Callable[..., Plan]
) -> None:
    asked()
    before = FormVersion.objects.get()
    coordinator = client_of(cast.coordinator)
    assert "Lausunto pienlainasta" in coordinator.get("/lausunnot/lomakkeet/").content.decode()
    page = coordinator.get(f"/lausunnot/lomakkeet/{before.form_id}")
    assert coordinator.submit(page, {"working_days": "15", "q-0-words_fi": "Milloin alku?"}).status_code == 302
    newest = FormVersion.objects.order_by("number").last()
    assert newest is not None
    assert (newest.number, newest.working_days, newest.fields[0]["words"]["fi"], newest.fields[0]["key"]) == (2, 15, "Milloin alku?", "start")
    assert Statement.objects.get().form_id == before.pk
    assert client_of(cast.adviser).get("/lausunnot/lomakkeet/").status_code == 403
    assert client_of(cast.adviser).get(f"/lausunnot/lomakkeet/{before.form_id}").status_code == 404


def test_figures_tell_numbers_and_no_median_of_few(client_of: Callable[[Member], Client], asked: Callable[..., Plan], cast: Cast) -> None:
    then = timezone.now() - timedelta(days=45)
    for _ in range(4):
        asked(at=then)
    assert (
        "Lausunto starttirahasta" not in client_of(cast.coordinator).get("/lausunnot/luvut/").content.decode()
    )  # of fewer than five nothing is told
    assert "Lausunto starttirahasta" in client_of(cast.desklead).get("/lausunnot/luvut/").content.decode()  # but to those who know them
    asked(at=then)
    page = client_of(cast.coordinator).get("/lausunnot/luvut/")
    assert "Lausunto starttirahasta" in page.content.decode()
    table = client_of(cast.coordinator).get("/lausunnot/luvut/taulukko.csv?region=koskimaa").content.decode()
    assert table.splitlines()[1].split(";")[1:] == ["Koskimaan Kauppakamari ry", "5", "0", "0", "5", ""]
    assert client_of(cast.adviser).get("/lausunnot/luvut/").status_code == 403


def test_form_taken_out_of_use_while_it_was_filled_in_gives_the_words_back(
    client_of: Callable[[Member], Client], mine: Leg, case: Case, cast: Cast, asked: Callable[..., Plan]
) -> None:
    asked()
    adviser, form = client_of(cast.adviser), StatementForm.objects.get()
    page = adviser.get(f"/asia/{case.number}/{mine.pk}/lausunto/?lomake={form.pk}")
    with act_as(cast.coordinator.actor) as coordinator:
        retire_form(by=coordinator, form=form)
    given = {
        "title": "Leipomo", "basics": "Leipomo asemalle", "desks": [str(cast.partner_desk.pk)], "asks": "Puollatteko?", "consent": "phone",
        "q_start": "Keväällä", "q_trade": "Leipää", "q_need": "9 000",
    }  # fmt: skip
    failed = adviser.submit(page, given)
    assert failed.status_code == 422
    assert "Leipomo asemalle" in failed.content.decode()
    assert "poistettiin käytöstä" in failed.content.decode()
    assert Plan.objects.count() == 1
    ready = adviser.get(f"/asia/{case.number}/{mine.pk}/lausunto/?lomake=start-up-grant")
    assert ready.status_code == 200
    assert "poistettiin käytöstä" not in ready.content.decode()
