"""From a questionnaire to its results, as people use it."""

from collections.abc import Callable
from datetime import timedelta

from django.core import mail as outbox
from django.utils import timezone

from luukku.core.models import Submission
from luukku.surveys.models import Box, Invitation, Questionnaire, Receipt, Response, Survey
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.surveys.conftest import end, make, say, tokens


def test_coordinator_asks_by_a_ready_questionnaire_and_reads_the_results(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, run_jobs: Callable[..., int]
) -> None:
    browser = client_of(cast.coordinator)
    assert "Ei vielä kyselyjä" in browser.get("/kyselyt/").content.decode()
    form = browser.get("/kyselyt/uusi")
    chosen = {"questionnaire": str(Questionnaire.objects.get(code="steering-group").pk), "closes_on": "2001-01-01"}
    assert browser.submit(form, chosen).status_code == 422
    made = browser.submit(form, chosen | {"closes_on": (timezone.localdate() + timedelta(days=9)).isoformat()})
    here = made.headers["Location"]
    browser.submit(browser.get(here), form="open")
    people = "\n".join(f"Vastaaja {number} <v{number}@firm.example>; sv" for number in range(1, 5))
    assert browser.submit(browser.get(f"{here}kutsu"), {"people": f"{people}\nei osoite"}).status_code == 422
    assert browser.submit(browser.get(f"{here}kutsu"), {"people": people}).status_code == 302
    run_jobs()
    sent = [str(each.body) for each in outbox.outbox]
    assert len(sent) == 4
    survey = Survey.objects.get()
    for place, token in enumerate(tokens(survey)):
        page = client.get(f"/vastaa/{token}/")
        assert "anonymt" in page.content.decode()
        assert client.submit(page, {"q1": str(place + 3), "q11": "Mera information", "step": "sent"}, form="answer").status_code == 302
        assert "redan" in client.get(f"/vastaa/{token}/").content.decode()
    assert "4 / 4" in browser.get("/kyselyt/").content.decode()
    assert "Ei vielä" in browser.get(f"{here}tulokset").content.decode()
    assert Response.objects.count() == 0
    browser.submit(browser.get(f"{here}sulje"))
    run_jobs()
    assert (Box.objects.count(), Receipt.objects.count(), Response.objects.count()) == (0, 0, 4)
    results = browser.get(f"{here}tulokset").content.decode()
    assert "<b>4,5</b>" in results
    assert results.count("Mera information") == 4
    assert "q1;q2" in browser.get(f"{here}vastaukset.csv").content.decode()
    assert browser.get(f"{here}koodit.csv?as=xlsx").status_code == 200


def test_too_few_answers_are_not_shown(answered: Callable[[int], Survey], client_of: Callable[[Member], Client], cast: Cast) -> None:
    survey = answered(3)
    page = client_of(cast.coordinator).get(f"/kyselyt/{survey.pk}/tulokset").content.decode()
    assert "Liian vähän vastauksia" in page
    assert "Sanoin" not in page
    assert "Sanoin" not in client_of(cast.coordinator).get(f"/kyselyt/{survey.pk}/avoimet.csv").content.decode()


def test_link_is_used_once_and_unknown_ones_open_nothing(client: Client, survey: Survey) -> None:
    token = tokens(survey)[0]
    page, again = client.get(f"/vastaa/{token}/"), client.get(f"/vastaa/{token}/")
    assert client.submit(page, {"q1": "5", "step": "sent"}, form="answer").status_code == 302
    refused = client.submit(again, {"q1": "2", "step": "sent"}, form="answer")
    assert (refused.status_code, "Olet jo vastannut" in refused.content.decode()) == (422, True)
    assert Receipt.objects.count() == 1
    assert client.get(f"/vastaa/{'x' * 43}/").status_code == 404


def test_first_tap_counts_and_the_rest_completes_it(client: Client, survey: Survey, cast: Cast) -> None:
    token = tokens(survey)[0]
    tapped = client.get(f"/vastaa/{token}/?v=6")
    assert "data-send-now" in tapped.content.decode()
    assert Box.objects.count() == 0  # a link that is only looked at changes nothing
    rest = client.submit(tapped, {"step": "part"}, form="answer")
    assert (rest.status_code, Box.objects.get().entries) == (200, 1)
    assert client.submit(rest, {"q2": "3", "step": "sent"}, form="answer").status_code == 302
    assert Box.objects.get().entries == 1
    end(cast, survey)
    assert Response.objects.get().content == {"q1": 6, "q2": 3}


def test_open_link_is_answered_once_by_a_browser(client_of: Callable[[Member], Client], client: Client, cast: Cast, survey: Survey) -> None:
    keeper = client_of(cast.coordinator)
    page = keeper.submit(keeper.get(f"/kyselyt/{survey.pk}/"), form="make-link", follow=True).content.decode()
    address = page.split("http://testserver")[1].split("<")[0]
    sent = client.submit(client.get(address), {"q1": "2", "step": "sent"}, form="answer")
    assert sent.status_code == 302
    assert "jo vastannut" in client.get(address).content.decode()
    other = Client()
    assert other.submit(other.get(address), {"q1": "3", "step": "sent"}, form="answer").status_code == 302
    assert Box.objects.get().entries == 2


def test_reminder_goes_to_those_alone_who_have_not_answered(
    client_of: Callable[[Member], Client], cast: Cast, survey: Survey, run_jobs: Callable[..., int]
) -> None:
    run_jobs()
    for token in tokens(survey)[:3]:
        say(survey, token, {"q1": 4})
    outbox.outbox.clear()
    browser = client_of(cast.coordinator)
    browser.submit(browser.get(f"/kyselyt/{survey.pk}/"), form="remind")
    run_jobs()
    reminded = {each.to[0] for each in outbox.outbox}
    assert reminded == set(Invitation.objects.filter(survey=survey).order_by("id").values_list("email", flat=True)[3:])
    again = browser.submit(browser.get(f"/kyselyt/{survey.pk}/"), form="remind", follow=True).content.decode()
    assert "lähtenyt jo tänään" in again


def test_answer_on_paper_is_typed_in_and_its_giver_reminded_no_more(client_of: Callable[[Member], Client], cast: Cast, survey: Survey) -> None:
    browser = client_of(cast.coordinator)
    who = Invitation.objects.filter(survey=survey)[0]
    form = browser.get(f"/kyselyt/{survey.pk}/syota")
    assert browser.submit(form, {"way": "paper", "invitation": str(who.pk), "q1": "7"}).status_code == 302
    assert Receipt.objects.get().invitation_id == who.pk
    refused = browser.submit(form, {"way": "paper", "invitation": str(who.pk), "q1": "1"})
    assert refused.status_code == 422


def test_paper_answer_sent_twice_counts_once_and_leaves_no_kept_form(client_of: Callable[[Member], Client], cast: Cast, survey: Survey) -> None:
    browser = client_of(cast.coordinator)
    form = browser.get(f"/kyselyt/{survey.pk}/syota")
    kept = Submission.objects.count()
    for mark in ("7", "7", "6"):  # pressed twice; then another paper on a page that was gone back to
        assert browser.submit(form, {"way": "paper", "q1": mark}).status_code == 302
    assert Submission.objects.count() == kept
    end(cast, survey)
    assert sorted(each.content["q1"] for each in Response.objects.filter(survey=survey)) == [6, 7]


def test_questionnaire_is_written_tried_and_taken_into_use(client_of: Callable[[Member], Client], cast: Cast) -> None:
    browser = client_of(cast.coordinator)
    made = browser.submit(browser.get("/kyselypohjat/uusi"), {"title_fi": "Tapahtumapalaute", "privacy": "named", "hide_below": "5"})
    here = made.headers["Location"]
    asked = {"kind": "choice", "text_fi": "Tuletko uudelleen?", "options": "yes | Kyllä | Ja | Yes\nno | En"}
    assert browser.submit(browser.get(f"{here}kysymys"), asked | {"options": "rikki"}).status_code == 422
    assert browser.submit(browser.get(f"{here}kysymys"), asked).status_code == 302
    why = {"kind": "text", "text_fi": "Miksi et?", "rule_question": "q1", "rule_codes": "nej"}
    assert browser.submit(browser.get(f"{here}kysymys"), why).status_code == 422
    assert browser.submit(browser.get(f"{here}kysymys"), why | {"rule_codes": "no"}).status_code == 302
    assert "Miksi et?" in browser.get(f"{here}esikatselu?kieli=sv").content.decode()
    browser.submit(browser.get(here), form="take")
    page = browser.get(here).content.decode()
    assert "Käytössä" in page
    browser.submit(browser.get(f"{here}kysymys/q2"), {"text_fi": "Mikä jäi puuttumaan?"})
    numbers = Questionnaire.objects.get(title_fi="Tapahtumapalaute").versions.order_by("number").values_list("number", "taken_at")
    assert [(number, taken is None) for number, taken in numbers] == [(1, False), (2, True)]


def test_named_answer_is_saved_for_later_and_sent_once(client: Client, client_of: Callable[[Member], Client], cast: Cast) -> None:
    questionnaire = Questionnaire.objects.get(code="network")
    questionnaire.is_anonymous = False
    questionnaire.save(update_fields=["is_anonymous"])
    survey = make(cast, "network")
    token = tokens(survey)[0]
    saved = client.submit(client.get(f"/vastaa/{token}/"), {"q1": "4", "step": "draft"}, form="answer", follow=True)
    assert "Tallentamasi vastaus" in saved.content.decode()
    assert Response.objects.get().state == "draft"
    assert client.submit(saved, {"q2": "5", "step": "sent"}, form="answer").status_code == 302
    kept = Response.objects.get()
    assert (kept.state, kept.content) == ("sent", {"q1": 4, "q2": 5})
    assert "jo vastannut" in client.get(f"/vastaa/{token}/").content.decode()


def test_whole_network_of_the_region_is_invited_by_one_choice(client_of: Callable[[Member], Client], cast: Cast) -> None:
    survey = make(cast, invitees=())
    browser = client_of(cast.coordinator)
    assert browser.submit(browser.get(f"/kyselyt/{survey.pk}/kutsu"), {"people": ""}).status_code == 422
    assert browser.submit(browser.get(f"/kyselyt/{survey.pk}/kutsu"), {"network": "on"}).status_code == 302
    invited = set(Invitation.objects.filter(survey=survey).values_list("person_id", flat=True))
    assert {cast.steering.someone.pk, cast.partner.someone.pk, cast.adviser.someone.pk} <= invited
    assert not {cast.outsider.someone.pk, cast.shepherd.someone.pk} & invited
