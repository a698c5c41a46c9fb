"""The customer's page: by link and by sign-in, and what she does there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.models import OutgoingMail
from luukku.core.ui.times import moment_text
from luukku.core.worktime import due
from luukku.desk.access.links import first_token, link_actor, token_of
from luukku.desk.actions.handling import set_next_step
from luukku.desk.actions.talking import add_note, write
from luukku.desk.actions.waiting import wait
from luukku.desk.enums import CaseState
from luukku.desk.models import Attachment, Case, Clock, Leg, Message, StatusLink
from luukku.network.models import Person
from luukku.network.queries.calendars import desk_calendar
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.counting import sql_count

Send = Callable[..., Case]


def test_new_matter_shows_by_when_it_is_taken_up(client: Client, case: Case, leg: Leg, page: str) -> None:
    shown = client.get(page).content.decode()
    local = timezone.localtime(leg.due_at)
    assert case.number in shown
    assert f"{local.day}.{local.month}." in shown
    assert "Haluan avata kahvilan" in shown


def test_page_is_for_one_person_only(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="referrer" content="same-origin">' in answer.content.decode()


@pytest.mark.parametrize("published", [True, False])
def test_handlers_photo_is_shown_only_when_her_organisation_publishes_her(
    client: Client, taken: Case, page: str, cast: Cast, published: bool
) -> None:
    Person.objects.filter(pk=cast.adviser.someone.pk).update(is_published=published, photo="0123456789abcdef")
    shown = client.get(page).content.decode()
    assert (f"/ihmiset/kuvat/{cast.adviser.someone.pk}-0123456789abcdef.jpg" in shown) is published
    assert cast.adviser.someone.name in shown


def test_page_costs_few_statements_whatever_has_happened(client: Client, taken: Case, page: str, cast: Cast) -> None:
    with sql_count(at_most=10):
        client.get(page)
    with act_as(cast.adviser.actor) as actor:
        for n in range(5):
            write(by=actor, case=taken, body=f"Viesti {n}")
    with sql_count(at_most=10):
        client.get(page)


def test_handler_and_what_happened_are_told_and_inside_matters_are_not(client: Client, taken: Case, page: str, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=taken, body="Lähetä minulle budjetti.")
        add_note(by=actor, case=taken, body="Epäilyttävä tapaus.")
    shown = client.get(page).content.decode()
    assert cast.adviser.someone.name in shown
    assert "Lähetä minulle budjetti." in shown
    assert "Epäilyttävä" not in shown


def test_next_step_of_the_handler_comes_first(client: Client, taken: Case, page: str, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        set_next_step(by=actor, leg=Leg.objects.get(case=taken), text="Lasken budjetin", when=timezone.now() + timedelta(days=2))
    shown = client.get(page).content.decode()
    assert cast.adviser.person
    assert shown.index("Lasken budjetin") < shown.index(f"Tämän tekee {cast.adviser.person.name} viimeistään") < shown.index('id="story"')


def test_waiting_for_her_says_so(client: Client, taken: Case, page: str, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=Leg.objects.get(case=taken), waiting_for="customer", words_to_customer="Lähetä tilinpäätös.")
    shown = client.get(page).content.decode()
    assert "Lähetä tilinpäätös." in shown
    assert client.get(page).context["steps"][0].yours


def test_broken_promise_is_admitted(client: Client, case: Case, page: str) -> None:
    Leg.objects.filter(case=case).update(due_at=timezone.now() - timedelta(hours=3))
    assert client.get(page).context["steps"][0].late


def test_page_speaks_the_language_of_the_matter_unless_another_is_chosen(client: Client, send: Send) -> None:
    case = send(language="sv")
    page = f"/s/{first_token(case)}/"
    assert '<html lang="sv"' in client.get(page, headers={"accept-language": "en"}).content.decode()
    client.cookies["luukku_language"] = "en"
    assert '<html lang="en"' in client.get(page).content.decode()


def test_unknown_link_shows_what_to_do_and_no_matter(client: Client, case: Case) -> None:
    answer = client.get(f"/s/{'x' * 43}/")
    assert answer.status_code == 404
    assert case.number not in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"


def test_link_opens_only_its_own_matter(client: Client, send: Send, page: str) -> None:
    other = send(words="Toisen asia on salainen.")
    assert "salainen" not in client.get(page).content.decode()
    assert client.get(f"/s/{first_token(other)}/").status_code == 200


def test_link_counts_more_than_who_has_signed_in(client_of: Callable[[Member], Client], page: str, cast: Cast) -> None:
    shown = client_of(cast.outsider).get(page)
    assert shown.status_code == 200
    assert cast.outsider.someone.name not in shown.content.decode()


def test_message_is_sent_once_with_its_file(client: Client, case: Case, page: str) -> None:
    shown = client.get(page)
    typed = {"body": "Tässä budjetti.", "files": SimpleUploadedFile("budjetti.txt", b"tulot ja menot")}
    assert client.submit(shown, typed, form="message").url == page
    client.submit(shown, {"body": "Tässä budjetti."}, form="message")
    assert Message.objects.get(case=case).body == "Tässä budjetti."
    attachment = Attachment.objects.get()
    answer = client.get(f"{page}tiedosto/{attachment.pk}/")
    assert b"".join(answer.streaming_content) == b"tulot ja menot"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_file_alone_is_a_message_and_nothing_is_none(client: Client, page: str) -> None:
    answer = client.submit(client.get(page), {"body": " "}, form="message")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"body"}
    assert not Message.objects.exists()
    client.submit(answer, {"body": "", "files": SimpleUploadedFile("budjetti.txt", b"tulot")}, form="message")
    assert Attachment.objects.get().file.name == "budjetti.txt"
    assert Message.objects.get().body == "Lähetän teille tiedoston."


def test_refused_file_keeps_the_message(client: Client, page: str) -> None:
    typed = {"body": "Tässä ohjelma.", "files": SimpleUploadedFile("peli.exe", b"MZ\x90\x00")}
    answer = client.submit(client.get(page), typed, form="message")
    assert answer.status_code == 422
    assert "Tässä ohjelma." in answer.content.decode()


def test_file_of_another_matter_is_not_found(client: Client, send: Send, page: str) -> None:
    send(files=[SimpleUploadedFile("salainen.txt", b"toisen")])
    assert client.get(f"{page}tiedosto/{Attachment.objects.get().pk}/").status_code == 404


def test_file_of_an_internal_note_is_not_found(client: Client, taken: Case, page: str, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        add_note(by=actor, case=taken, body="Oma laskelma", files=[SimpleUploadedFile("oma.txt", b"sisainen")])
    assert client.get(f"{page}tiedosto/{Attachment.objects.get().pk}/").status_code == 404


def test_withdrawing_asks_first_and_closes(client: Client, case: Case, page: str) -> None:
    asked = client.get(f"{page}peru/")
    case.refresh_from_db()
    assert case.state == CaseState.NEW
    assert client.submit(asked, form="withdraw").url == page
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN


def test_settled_matter_is_opened_again_with_her_words(client: Client, settled: Case, page: str) -> None:
    shown = client.get(page)
    client.submit(shown, {"words": "Rahoitus ei riittänyt."}, form="reopen")
    settled.refresh_from_db()
    assert settled.state == CaseState.IN_PROGRESS
    assert Message.objects.filter(case=settled, body="Rahoitus ei riittänyt.").exists()


def test_nobody_has_contacted_me_rearms_the_promise_and_tells_by_when(client: Client, case: Case, leg: Leg, page: str) -> None:
    answer = client.submit(client.get(page), form="nobody")
    leg.refresh_from_db()
    assert leg.not_contacted
    assert Clock.objects.filter(leg=leg, kind="taken-up").count() == 2
    shown = client.get(answer.url).content.decode()
    assert 'id="nobody"' not in shown
    assert OutgoingMail.objects.filter(kind__startswith="desk.nobody_contacted").exists()


def test_link_is_changed_and_mailed_not_shown(client: Client, case: Case, page: str) -> None:
    answer = client.submit(client.get(page), form="renew")
    new = StatusLink.objects.select_related("case").get(case=case, revoked_at=None)
    assert token_of(new) not in answer.content.decode()
    assert client.get(page).status_code == 404
    assert client.get(f"/s/{token_of(new)}/").status_code == 200
    assert OutgoingMail.objects.filter(kind="desk.link").exists()


def test_without_email_the_new_link_is_shown_to_its_holder(client: Client, send: Send) -> None:
    case = send(email="")
    page = f"/s/{first_token(case)}/"
    answer = client.submit(client.get(page), form="renew")
    assert answer.status_code == 302
    assert answer.url != page
    assert client.get(answer.url).status_code == 200


def test_link_that_has_run_out_asks_for_a_new_one_and_tells_nothing(client: Client, case: Case, page: str) -> None:
    StatusLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    dead, unknown = client.get(page), client.get(f"/s/{'x' * 43}/")
    assert (dead.status_code, unknown.status_code) == (404, 404)
    asked = [client.submit(each, form="new-link") for each in (dead, unknown)]
    assert asked[0].url == asked[1].url
    assert client.get(asked[0].url).status_code == 200
    assert OutgoingMail.objects.filter(kind="desk.link").count() == 1


def test_signed_in_customer_sees_her_matters_and_works_under_her_own_name(
    client_of: Callable[[Member], Client], cast: Cast, need: Callable[..., Any], send: Send
) -> None:
    from luukku.desk.actions.intake import send_need

    with act_as(cast.founder.actor) as actor:
        mine = send_need(by=actor, need=need(name="", email="", phone=""))
    other = send(words="Toisen asia on salainen.")
    browser = client_of(cast.founder)
    listed = browser.get("/omat/").content.decode()
    assert mine.number in listed
    assert other.number not in listed
    shown = browser.get(f"/omat/{mine.number}/")
    assert browser.submit(shown, {"body": "Kuuluuko jotain?"}, form="message").url == f"/omat/{mine.number}/"
    assert browser.get(f"/omat/{other.number}/").status_code == 404


@pytest.mark.parametrize("path", ["/omat/", "/omat/KO-26-0001/"])
def test_my_matters_ask_the_public_to_sign_in(client: Client, case: Case, path: str) -> None:
    assert client.get(path).url == f"/omat/kirjaudu/?next={path}"


def test_staff_have_no_matters_of_their_own_here(client_of: Callable[[Member], Client], case: Case, cast: Cast) -> None:
    assert client_of(cast.adviser).get(f"/omat/{case.number}/").status_code == 404


def test_link_actor_is_found_for_her_pages_only(client: Client, case: Case) -> None:
    from django.test import RequestFactory

    from luukku.desk.web.door.place import link_of_request

    token = first_token(case)
    with act_as(Actor()):
        assert link_of_request(RequestFactory().get(f"/s/{token}/")) == link_actor(token)
        assert link_of_request(RequestFactory().get("/s/")) is None
        assert link_of_request(RequestFactory().get(f"/suupohja/{token}/")) is None


def test_who_has_heard_nothing_reads_the_hour_by_which_they_are_contacted_and_no_number_of_days(client: Client, page: str, cast: Cast) -> None:
    told = client.get(page).content.decode()
    by_when = moment_text(due(desk_calendar(cast.here.desk), timezone.now(), working_days=cast.here.region.taken_up_days))
    part = told[told.index('aria-labelledby="silence"') :]
    assert by_when in part[: part.index("</section>")]
    assert "työpäiv" not in part[: part.index("</section>")]
