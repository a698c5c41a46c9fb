"""A board's list of measures with deadlines, and what it proposes to the city's board: everybody follows them until they are done."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from luukku.core.actor import act_as
from luukku.core.ui.times import date_text
from luukku.governance.models import Decision, Meeting
from luukku.plans.actions.boxes import answer_proposal, send_proposal
from luukku.plans.actions.deciding import Approval, approve_plan
from luukku.plans.actions.following import Report, report
from luukku.plans.actions.measures import MeasureForm, add_measure, edit_measure, form_of
from luukku.plans.actions.plans import BasicForm, BeginForm, begin_plan, edit_plan, fetched
from luukku.plans.models import Measure, Plan, PlanKind, PlanPart, Proposal
from tests.cast import Cast, Member
from tests.harness.client import Client


@pytest.fixture
def decided(cast: Cast, held: Meeting, today: date) -> Plan:
    """Two measures to be begun within two months, and a proposal; approved in the minutes of the meeting, and public."""
    with act_as(cast.coordinator.actor) as by:
        begun = BeginForm(PlanKind.objects.get(code="decisions"), today.year, name="Palvelujen päätökset")
        plan = begin_plan(by=by, region=cast.here.region, form=begun)
        part = PlanPart.objects.offered(plan)[0]
        for words, ago in (("Yksi numero kaikille", 90), ("Lupa-asiat yhteen luukkuun", 10)):
            form = MeasureForm(
                part=part, words=words, starts_on=today - timedelta(days=ago), begin_by=today - timedelta(days=ago - 60),
                due_on=today + timedelta(days=200), seats=[("coordinator", None, None)],
            )  # fmt: skip
            add_measure(by=by, plan=plan, form=form)
        edit_plan(by=by, plan=plan, form=BasicForm(name="Palvelujen päätökset", is_public=True), based_on=fetched(plan.pk).version)
        approve_plan(by=by, plan=plan, approval=Approval(meeting=held))
        send_proposal(
            by=by, region=cast.here.region, to_body="Kaupunginhallitus", words="Tontit yhteen hakuun", sent_on=today - timedelta(days=9),
            answer_by=today + timedelta(days=50), plan=plan, decision=Decision.objects.get(),
        )  # fmt: skip
    return fetched(plan.pk)


def test_everybody_follows_the_decisions_in_plain_words_without_signing_in(cast: Cast, client: Client, decided: Plan, today: date) -> None:
    page = client.get(f"/suunnitelmat/{decided.pk}/").content.decode()
    late, waiting = (date_text(today + timedelta(days=days), year=True) for days in (-30, 50))
    for words in (
        f"Ei aloitettu, piti aloittaa viimeistään {late}",
        f"aloitetaan viimeistään {waiting}",
        "Tontit yhteen hakuun",
        "Odottaa vastausta",
    ):
        assert words in page, words
    assert cast.coordinator.someone.name not in page
    done = Measure.objects.get(words="Yksi numero kaikille")
    with act_as(cast.coordinator.actor) as by:
        report(by=by, measure=done, said=Report("Sisäinen huomio", "done", outcome="Numero on käytössä"))
        answer_proposal(by=by, proposal=Proposal.objects.get(), state="accepted", answered_on=today, answer="Hyväksyttiin")
    page = client.get(f"/suunnitelmat/{decided.pk}/").content.decode()
    for words in (f"Valmis {date_text(today, year=True)}", "Numero on käytössä", "Hyväksyttiin"):
        assert words in page, words
    assert "Sisäinen huomio" not in page


def test_measure_that_should_have_been_begun_is_behind(decided: Plan, today: date) -> None:
    lit = {each.words: each.light for each in Measure.objects.filter(plan=decided).with_light(today)}  # type: ignore[attr-defined]
    assert lit == {"Yksi numero kaikille": "behind", "Lupa-asiat yhteen luukkuun": "good"}


def test_list_of_what_is_public_names_public_plans_alone(cast: Cast, client: Client, decided: Plan) -> None:
    assert "Palvelujen päätökset" in client.get("/suunnitelmat/seuranta/").content.decode()
    with act_as(cast.coordinator.actor) as by:
        edit_plan(by=by, plan=decided, form=BasicForm(name="Palvelujen päätökset"), based_on=decided.version)
    assert "Palvelujen päätökset" not in client.get(f"/suunnitelmat/seuranta/?region={cast.here.region.code}").content.decode()
    assert client.get(f"/suunnitelmat/{decided.pk}/").status_code == 404


def test_proposal_of_the_list_is_added_on_its_page(client_of: Callable[[Member], Client], cast: Cast, decided: Plan) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get(f"/suunnitelmat/esitykset/uusi?seutu={cast.here.region.code}&suunnitelma={decided.pk}")
    made = browser.submit(page, {"to_body": "Kaupunginhallitus", "words": "Kaavoituksen aikataulu julki"})
    assert made.headers["Location"] == f"/suunnitelmat/{decided.pk}/"
    assert Proposal.objects.get(words="Kaavoituksen aikataulu julki").plan_id == decided.pk


def test_day_to_begin_stays_when_other_words_change(cast: Cast, decided: Plan) -> None:
    measure = Measure.objects.select_related("plan__kind", "plan__region", "plan__organisation", "part").get(words="Yksi numero kaikille")
    with act_as(cast.coordinator.actor) as by:
        assert edit_measure(by=by, measure=measure, form=form_of(measure), based_on=measure.version).begin_by == measure.begin_by
