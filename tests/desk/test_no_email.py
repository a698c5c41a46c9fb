"""A customer with a phone number and no e-mail: each news is a call to make, and no promise counts as kept before she has been told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event, MailState, OutgoingMail
from luukku.customers.models import Contact
from luukku.desk.access import get_case, get_handover
from luukku.desk.access.links import link_actor, token_of
from luukku.desk.actions.calls import log_missed_call, told_by_phone
from luukku.desk.actions.customer import nobody_contacted
from luukku.desk.actions.ending import OutcomeForm, not_for_us, reopen, settle
from luukku.desk.actions.handling import assign, take_up
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.links import show_link
from luukku.desk.actions.log_contact import Agreed, log_contact
from luukku.desk.actions.log_contact import Contact as Logged
from luukku.desk.actions.talking import log_call, write
from luukku.desk.actions.waiting import wait
from luukku.desk.enums import CaseState, HandoverState
from luukku.desk.models import Case, Clock, Handover, Leg, NewsCall, StatusLink
from luukku.desk.queries.calls import call_list
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.jobs import run_jobs

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
DAY = timedelta(days=1)


@pytest.fixture
def case(send: Callable[..., Case]) -> Case:
    return send(email="", at=MONDAY)


@pytest.fixture
def taken(case: Case, leg: Leg, cast: Cast) -> Leg:
    with act_as(cast.adviser.actor) as actor:
        return take_up(by=actor, leg=leg, at=MONDAY + DAY)


def waiting_calls() -> list[str]:
    return sorted(NewsCall.objects.filter(done_at=None).values_list("news", flat=True))


def running() -> list[str]:
    return sorted(Clock.objects.filter(ended_at=None).values_list("kind", flat=True))


def test_all_news_are_calls_to_make_and_no_mail_is_queued(taken: Leg, case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=case, body="Hei", at=MONDAY + DAY)
        wait(by=actor, leg=taken, waiting_for="authority", at=MONDAY + DAY)
        assert [each.news for each in call_list(actor).news] == ["taken_up", "message", "waiting"]
    assert not OutgoingMail.objects.exists()
    assert Leg.objects.get().call_waits


def test_clocks_run_on_until_she_is_told(taken: Leg, case: Case, cast: Cast) -> None:
    informed = Clock.objects.get(kind="informed").started_at
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=case, body="Hei", at=MONDAY + DAY)
        wait(by=actor, leg=taken, waiting_for="authority", at=MONDAY + DAY)
        assert running() == ["informed", "taken-up"]
        assert Clock.objects.get(kind="informed").started_at == informed
        told_by_phone(by=actor, call=NewsCall.objects.get(news="taken_up"), at=MONDAY + 3 * DAY)
    assert Clock.objects.get(kind="taken-up").kept is False  # two working days had gone by
    assert Clock.objects.filter(kind="informed", ended_at=None).get().started_at == MONDAY + 3 * DAY
    assert waiting_calls() == ["message", "waiting"]


def test_call_that_is_logged_keeps_the_promise(taken: Leg, case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        log_call(by=actor, case=case, body="Puhuimme.", at=MONDAY + DAY)
    assert Clock.objects.get(kind="taken-up").kept is True
    assert not waiting_calls()
    assert not Leg.objects.get().call_waits


def test_written_answer_does_not_still_her_who_was_not_contacted(taken: Leg, case: Case, cast: Cast) -> None:
    with act_as(link_actor(token_of(StatusLink.objects.select_related("case").get()))) as she:  # type: ignore[arg-type]
        nobody_contacted(by=she, case=case, at=MONDAY + DAY)
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=case, body="Hei", at=MONDAY + DAY)
        assert Leg.objects.get().not_contacted
        log_call(by=actor, case=case, body="Puhuimme.", at=MONDAY + DAY)
    assert not Leg.objects.get().not_contacted


@pytest.fixture
def accepted(taken: Leg, cast: Cast) -> Handover:
    with act_as(cast.adviser.actor) as actor:
        log_call(by=actor, case=taken.case, body="Puhuimme.", at=MONDAY + DAY)
        passing = Passing(reason="Vientiasia", consent="phone", to_desk=cast.partner_desk)
        handover = hand_over(by=actor, leg=taken, passing=passing, at=MONDAY + DAY)
    with act_as(cast.partner.actor) as actor:
        return accept(by=actor, handover=get_handover(actor, handover.pk), at=MONDAY + DAY)


def test_handover_is_complete_when_she_is_called_and_not_by_a_message(accepted: Handover, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor:
        case = get_case(actor, accepted.number)
        write(by=actor, case=case, body="Hei, olen uusi auttajasi.", at=MONDAY + DAY)
        accepted.refresh_from_db()
        assert (accepted.state, "guided" in running()) == (HandoverState.ACCEPTED, True)
        log_call(by=actor, case=case, body="Soitin.", at=MONDAY + DAY)
    accepted.refresh_from_db()
    assert (accepted.state, "guided" in running()) == (HandoverState.DONE, False)


def test_received_part_does_not_end_before_she_is_called(accepted: Handover, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor:
        case = get_case(actor, accepted.number)
        with pytest.raises(RuleBroken, match="Soita"):
            settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
        with pytest.raises(RuleBroken, match="Soita"):
            not_for_us(by=actor, case=case, guidance="Muualle")
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis", told=True)
    accepted.refresh_from_db()
    assert accepted.state == HandoverState.DONE


def test_ending_is_a_call_unless_she_has_heard_it(taken: Leg, case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis", at=MONDAY + DAY)
    assert waiting_calls() == ["settled", "taken_up"]
    assert Clock.objects.get(kind="taken-up").kept is None  # stopped: she never heard


def test_ending_that_she_has_heard_closes_the_calls_and_keeps_the_promise(taken: Leg, case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis", told=True, at=MONDAY + DAY)
    assert not waiting_calls()
    assert Clock.objects.get(kind="taken-up").kept is True


def test_advice_given_on_the_phone_asks_for_no_second_call(need: Callable[..., object], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        logged = Logged(need=need(email="", channel="phone"), agreed=Agreed.DONE, desk=cast.here.desk)  # type: ignore[arg-type]
        case = log_contact(by=actor, contact=logged)
    assert case.state == CaseState.SETTLED
    assert not NewsCall.objects.exists()


def test_missed_call_is_called_back_once_and_its_clock_runs_until_then(cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        case = log_missed_call(by=actor, desk=cast.here.desk, phone="040 555 0300")
        take_up(by=actor, leg=Leg.objects.get(case=case))
    assert not NewsCall.objects.exists()
    assert "taken-up" in running()


def test_each_part_has_its_own_call(taken: Leg, case: Case, accepted: Handover, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor:
        write(by=actor, case=get_case(actor, case.number), body="Hei")
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=case, body="Hei", leg=taken)
        calls = NewsCall.objects.filter(news="message", done_at=None)
        assert set(calls.values_list("leg__desk", flat=True)) == {cast.here.desk.pk, cast.partner_desk.pk}
        with pytest.raises(NotAllowed):
            told_by_phone(by=actor, call=calls.get(leg__desk=cast.partner_desk))


def test_mail_whose_address_is_gone_when_it_leaves_becomes_a_call(send: Callable[..., Case], cast: Cast) -> None:
    case = send()
    run_jobs()
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
    Contact.objects.update(email="")
    run_jobs()
    assert len(outbox.outbox) == 1  # the receipt only
    assert OutgoingMail.objects.get(kind="desk.taken_up").state == MailState.GONE
    assert waiting_calls() == ["taken_up"]
    assert Leg.objects.get().call_waits


def test_mail_that_is_old_news_becomes_no_call(send: Callable[..., Case], cast: Cast) -> None:
    case = send()
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
        reopen(by=actor, case=case)
    run_jobs()
    assert OutgoingMail.objects.get(kind="desk.settled").state == MailState.GONE
    assert not waiting_calls()


def test_colleague_who_gets_the_part_has_the_call_too(taken: Leg, cast: Cast) -> None:
    with act_as(cast.desklead.actor) as actor:
        assign(by=actor, leg=taken, person=cast.desklead.someone)
    assert waiting_calls() == ["taken_up"]


def test_staff_are_told_that_she_must_be_called(case: Case, leg: Leg, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    answer = browser.post(f"/asia/{case.number}/{leg.pk}/ota")
    page = browser.get(answer["Location"]).content.decode()
    assert "soita hänelle" in page
    assert "Asiakkaalle kerrotaan sähköpostilla" not in page
    assert "Kerro, kuka asiaa hoitaa" in page
    assert "Ota yhteyttä asiakkaaseen" in page  # the first clock runs on
    form = browser.get(f"/asia/{case.number}/{leg.pk}/ratkaise")
    browser.submit(form, {"outcomes": ["advice"], "words": "Valmis", "is_told": "on"}, form=0)
    assert not NewsCall.objects.filter(done_at=None).exists()


def test_link_is_shown_to_the_handler_and_written_down(case: Case, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    assert f"/asia/{case.number}/linkki/nayta" in browser.get(f"/asia/{case.number}/").content.decode()
    page = browser.post(f"/asia/{case.number}/linkki/nayta")
    token = token_of(StatusLink.objects.select_related("case").get())
    assert token in page.content.decode()
    assert "sms:+358405550199" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert Event.objects.filter(action="case.link_shown", subject_id=case.pk).count() == 1


def test_link_that_has_run_out_is_made_anew_when_shown(case: Case, cast: Cast) -> None:
    StatusLink.objects.update(expires_at=MONDAY)
    with act_as(cast.adviser.actor) as actor:
        link = show_link(by=actor, case=case, at=MONDAY + DAY)
    with act_as(cast.partner.actor) as actor, pytest.raises(NotFound):
        show_link(by=actor, case=case)
    assert link_actor(token_of(link)) is not None
    assert StatusLink.objects.filter(revoked_at=None).count() == 1


def test_link_is_not_shown_to_whom_something_was_left_out(taken: Leg, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        log_call(by=actor, case=taken.case, body="Puhuimme.")
        passing = Passing(reason="Vientiasia", consent="phone", to_desk=cast.partner_desk, leave_out=["own-words"])
        handover = hand_over(by=actor, leg=taken, passing=passing)
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
        with pytest.raises(NotAllowed):
            show_link(by=actor, case=get_case(actor, handover.number))
