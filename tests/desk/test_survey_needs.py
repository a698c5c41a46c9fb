"""A need that is told in a survey is a matter at the door, from the coordinator's survey to the desk's queue."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import RuleBroken
from luukku.desk.models import Case
from luukku.network.models import Region
from luukku.surveys.access import door_of
from luukku.surveys.actions.answering import Said, answer
from luukku.surveys.actions.needs import NeedTold
from luukku.surveys.actions.questionnaires import QuestionnaireForm, create_questionnaire
from luukku.surveys.actions.surveys import SurveyForm, create_survey, make_open_link
from luukku.surveys.models import Questionnaire, Response, Survey
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.surveys.conftest import make, tokens

NEED = {"wants": "on", "need_words": "Etsimme isompia tiloja leipomolle.", "need_phone": "040 555 1234", "need_along": "on"}


def only_case() -> Case:
    with act_as_house("test"):
        return Case.objects.select_related("customer__contact").get()


@pytest.fixture
def link(cast: Cast) -> str:
    """The open link of a needs survey."""
    survey = make(cast, "needs", ())
    with act_as(cast.coordinator.actor) as by:
        return f"/vastaa/{make_open_link(by=by, survey=survey)}/"


def test_need_told_in_a_survey_is_in_the_desks_queue_with_receipt_and_clock(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, run_jobs: Callable[..., int]
) -> None:
    keeper = client_of(cast.coordinator)
    chosen = {"questionnaire": str(Questionnaire.objects.get(code="needs").pk), "closes_on": (timezone.localdate() + timedelta(days=9)).isoformat()}
    here = keeper.submit(keeper.get("/kyselyt/uusi"), chosen).headers["Location"]
    keeper.submit(keeper.get(here), form="open")
    page = keeper.submit(keeper.get(here), form="make-link", follow=True).content.decode()
    link = page.split("http://testserver")[1].split("<")[0]
    who = {
        "name": "Leena Leipuri",
        "email": "leena@leipomo.example",
        "q1": "growth",
        "q2": ["place", "money"],
        "need_company": "Leipomo Oy 2617416-4",
    }
    sent = client.submit(client.get(link), NEED | who, form="answer", follow=True)
    told = sent.content.decode()
    case = only_case()
    assert case.number in told
    assert "Kiitos vastauksesta" in told
    assert "klo" in told  # by when somebody takes it up
    assert (case.channel, case.company_name, case.business_id, case.region) == ("survey", "Leipomo Oy", "2617416-4", cast.here.region)
    assert case.customer is not None
    assert (case.customer.contact.name, case.customer.contact.email) == ("Leena Leipuri", "leena@leipomo.example")
    assert case.subject == "Etsimme isompia tiloja leipomolle"
    assert "Tilat ja tontit" in case.own_words
    assert "Haluamme kasvaa" in case.own_words
    run_jobs()
    assert [each.to for each in outbox.outbox] == [["leena@leipomo.example"]]
    assert case.number in str(outbox.outbox[0].subject) + str(outbox.outbox[0].body)
    assert case.subject in client_of(cast.adviser).get("/jono/?scope=all").content.decode()
    assert Response.objects.count() == 1


def test_answer_without_a_need_makes_no_matter_and_a_need_without_leave_is_asked_about(client: Client, link: str) -> None:
    who = {"name": "Leena Leipuri", "email": "leena@leipomo.example", "q1": "growth"}
    asked = client.submit(client.get(link), NEED | who | {"wants": ""}, form="answer")
    assert asked.status_code == 422
    assert "isompia tiloja" in asked.content.decode()
    empty = client.submit(client.get(link), who | {"wants": "on"}, form="answer")
    assert (empty.status_code, "Kerro omin sanoin, mitä tarvitset" in empty.content.decode()) == (422, True)
    with act_as_house("test"):
        assert (Case.objects.count(), Response.objects.count()) == (0, 0)
    assert client.submit(client.get(link), who, form="answer", follow=True).status_code == 200
    with act_as_house("test"):
        assert (Case.objects.count(), Response.objects.count()) == (0, 1)


def test_what_she_answered_stays_in_the_survey_unless_she_lets_it_go_along(client: Client, link: str) -> None:
    who = {"name": "Leena Leipuri", "email": "leena@leipomo.example", "q4": "Kukaan ei osta."}
    client.submit(client.get(link), NEED | who | {"need_along": ""}, form="answer")
    assert "Kukaan" not in only_case().own_words


def test_wrong_business_id_keeps_all_words_and_makes_nothing(client: Client, link: str) -> None:
    who = {"name": "Leena Leipuri", "email": "leena@leipomo.example", "q4": "Kukaan ei osta.", "need_company": "2617416-5"}
    back = client.submit(client.get(link), NEED | who, form="answer")
    assert back.status_code == 422
    assert all(words in back.content.decode() for words in ("Kukaan ei osta.", "2617416-5", "isompia tiloja"))
    with act_as_house("test"):
        assert (Case.objects.count(), Response.objects.count()) == (0, 0)


def test_invited_company_finds_its_name_and_address_in_the_form(client: Client, cast: Cast) -> None:
    survey = make(cast, "needs")
    page = client.get(f"/vastaa/{tokens(survey)[0]}/")
    assert "vastaaja1@firm.example" in page.content.decode()
    client.submit(page, NEED | {"q1": "new", "step": "sent"}, form="answer")
    case = only_case()
    assert case.customer is not None
    assert case.customer.contact.email == "vastaaja1@firm.example"


def test_answer_typed_in_by_the_coordinator_brings_the_need_to_the_door(client_of: Callable[[Member], Client], cast: Cast) -> None:
    survey = make(cast, "needs", ())
    browser = client_of(cast.coordinator)
    said = NEED | {"way": "phone", "q1": "new", "need_name": "Leena Leipuri"}
    assert browser.submit(browser.get(f"/kyselyt/{survey.pk}/syota"), said).status_code == 302
    assert only_case().channel == "survey"


def test_answer_typed_in_and_sent_twice_counts_once_with_one_matter(client_of: Callable[[Member], Client], cast: Cast) -> None:
    survey = make(cast, "needs", ())
    browser = client_of(cast.coordinator)
    page = browser.get(f"/kyselyt/{survey.pk}/syota")
    said = NEED | {"way": "phone", "q1": "new", "need_name": "Leena Leipuri"}
    pressed = [browser.submit(page, said, follow=True) for _ in range(2)]
    assert all("ja tarpeesta tuli asia luukulle" in each.content.decode() for each in pressed)
    assert only_case().channel == "survey"
    assert Response.objects.filter(survey=survey).count() == 1
    browser.submit(page, said | {"q1": "growth", "wants": "", "need_words": ""})  # another paper on a page that was gone back to
    assert Response.objects.filter(survey=survey).count() == 2


def test_anonymous_survey_takes_no_needs(cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as by, pytest.raises(RuleBroken):
        create_questionnaire(by=by, region=cast.here.region, form=QuestionnaireForm({"fi": "Kysely"}, {}, takes_needs=True))
    survey = make(cast)
    token = tokens(survey)[0]
    with act_as(PUBLIC) as by:
        door = door_of(token)
        assert door is not None
        assert answer(by=by, survey=survey, door=door, said=Said({"q1": 4}, need=NeedTold("Apua!", email="a@firm.example"))) == ""
    with act_as_house("test"):
        assert Case.objects.count() == 0


def test_survey_of_the_whole_network_leads_to_no_regions_door(cast: Cast) -> None:
    with act_as(cast.national.actor) as by:
        form = SurveyForm(timezone.localdate() + timedelta(days=9))
        made = create_survey(by=by, questionnaire=Questionnaire.objects.get(code="needs"), region=None, form=form)
    assert made.takes_needs is False


def test_name_and_address_of_the_invited_are_given_to_the_holder_of_her_link_alone(cast: Cast) -> None:
    survey = make(cast, "needs")
    open_link = ""
    with act_as(cast.coordinator.actor) as by:
        open_link = make_open_link(by=by, survey=Survey.objects.get(pk=survey.pk))
    with act_as(PUBLIC), connection.cursor() as cursor:
        for token in (open_link, "x" * 43):
            door = door_of(token)
            cursor.execute("select count(*) from wall.surveys_invited(%s)", [door.digest if door else b"x"])
            assert cursor.fetchone() == (0,)


def test_need_told_while_the_door_was_being_closed_stays_on_the_page_until_it_is_taken_away(client: Client, cast: Cast, link: str) -> None:
    who = {"name": "Leena Leipuri", "email": "leena@leipomo.example", "q1": "growth"}
    page = client.get(link)
    Region.objects.filter(pk=cast.here.region.pk).update(is_live=False)
    back = client.submit(page, NEED | who, form="answer")
    told = back.content.decode()
    assert back.status_code == 422
    assert "isompia tiloja" in told
    assert "Ovi on suljettu" in told
    assert Response.objects.count() == 0
    assert client.submit(back, who | {"wants": "", "need_words": ""}, form="answer").status_code == 302
    assert Response.objects.count() == 1


def test_needs_by_a_survey_are_limited_as_those_at_the_door_and_answers_alone_are_not(
    client: Client, link: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    counted: list[str] = []
    monkeypatch.setattr("luukku.core.ratelimit.over_limit", lambda request, form, **_: counted.append(form))
    page = client.get(link)
    client.submit(page, {"wants": ""}, form="answer")
    assert counted == ["survey"]
    client.submit(page, NEED, form="answer")
    assert counted == ["survey", "survey", "need"]
