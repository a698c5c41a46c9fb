from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.desk.access.links import first_token, link_actor, link_case, token_of
from luukku.desk.actions.customer import customer_writes, nobody_contacted, withdraw
from luukku.desk.actions.ending import OutcomeForm, reopen, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.links import ask_new_link, renew_link
from luukku.desk.actions.marks import give_feedback
from luukku.desk.actions.talking import write
from luukku.desk.actions.waiting import wait
from luukku.desk.enums import CaseState, ClockEnd, ClockKind
from luukku.desk.models import Attachment, Case, Clock, Feedback, Leg, Message, StatusLink
from tests.cast import Cast

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
DAY = timedelta(days=1)


@pytest.fixture
def case(send: Callable[..., Case]) -> Case:
    return send(at=MONDAY)


@pytest.fixture
def settled(case: Case, cast: Cast) -> Case:
    actor = cast.adviser.actor
    with act_as(actor):
        return settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Neuvottu.")


def test_her_message_waits_for_an_answer_and_ends_waiting_for_her(case: Case, leg: Leg, holder: Actor, cast: Cast) -> None:
    adviser = cast.adviser.actor
    with act_as(adviser):
        take_up(by=adviser, leg=leg, at=MONDAY)
        wait(by=adviser, leg=leg, waiting_for="customer", words_to_customer="Lähetä laskelma.", at=MONDAY + DAY)
    with act_as(holder):
        customer_writes(by=holder, case=case, body="Ohessa.", files=[SimpleUploadedFile("a.txt", b"1")], at=MONDAY + 2 * DAY)
    leg.refresh_from_db()
    assert (leg.state, leg.answer_awaited, leg.due_kind) == (CaseState.IN_PROGRESS, True, ClockKind.INFORMED)
    assert Clock.objects.get(ended_at=None).paused_at is None
    assert Attachment.objects.get().message == Message.objects.get(direction="in")
    with act_as(adviser):
        write(by=adviser, case=case, body="Kiitos.")
    assert not Leg.objects.get().answer_awaited


def test_her_message_sent_twice_is_one(case: Case, holder: Actor) -> None:
    with act_as(holder):
        for _ in range(2):
            customer_writes(by=holder, case=case, body="Hei", submit_key="6f1bd58c-6a3f-4c47-9d0c-3e6f7b0f2f11")
    assert Message.objects.count() == 1


def test_she_writes_to_no_other_case(send: Callable[..., Case], holder: Actor) -> None:
    other = send()
    with act_as(holder):
        for act in (
            lambda: customer_writes(by=holder, case=other, body="Hei"),
            lambda: withdraw(by=holder, case=other),
            lambda: nobody_contacted(by=holder, case=other),
            lambda: renew_link(by=holder, case=other),
        ):
            with pytest.raises(NotFound):
                act()


def test_staff_does_not_act_in_her_name(case: Case, cast: Cast) -> None:
    adviser = cast.adviser.actor
    with act_as(adviser):
        for act in (
            lambda: customer_writes(by=adviser, case=case, body="Hei"),
            lambda: withdraw(by=adviser, case=case),
            lambda: nobody_contacted(by=adviser, case=case),
            lambda: give_feedback(by=adviser, case=case, face=4),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_withdrawn_case_has_no_clock_and_its_link_ends(case: Case, holder: Actor) -> None:
    with act_as(holder):
        withdraw(by=holder, case=case, at=MONDAY + DAY)
        withdraw(by=holder, case=case, at=MONDAY + DAY)
    assert Case.objects.get().state == Leg.objects.get().state == CaseState.WITHDRAWN
    clock = Clock.objects.get()
    assert (clock.end, clock.kept) == (ClockEnd.STOPPED, None)
    assert StatusLink.objects.get().expires_at is not None
    assert Event.objects.filter(action="case.withdrawn").count() == 1


def test_withdrawing_after_the_limit_leaves_the_promise_broken(case: Case, holder: Actor) -> None:
    with act_as(holder):
        withdraw(by=holder, case=case, at=MONDAY + 5 * DAY)
    assert Clock.objects.get().kept is False


def test_nobody_contacted_arms_the_first_clock_again_and_tells_lead_and_coordinator(case: Case, holder: Actor, cast: Cast) -> None:
    thursday = MONDAY + 3 * DAY
    with act_as(holder):
        nobody_contacted(by=holder, case=case, at=thursday)
        nobody_contacted(by=holder, case=case, at=thursday)
    leg = Leg.objects.get()
    first, second = Clock.objects.order_by("id")
    assert (first.end, first.kept) == (ClockEnd.REARMED, False)
    assert second.due_at == leg.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=HELSINKI)
    assert leg.not_contacted
    told = {mail.kind: mail.facts for mail in OutgoingMail.objects.exclude(kind="desk.receipt")}
    assert told["desk.nobody_contacted_lead"]["person"] == cast.desklead.someone.pk
    assert told["desk.nobody_contacted_coordinator"]["person"] == cast.coordinator.someone.pk
    assert told["desk.nobody_contacted_coordinator"]["late_minutes"] == 24 * 60
    assert len(told) == 2


def test_nobody_contacted_before_the_promised_moment_never_puts_it_off(case: Case, leg: Leg, holder: Actor) -> None:
    with act_as(holder):
        nobody_contacted(by=holder, case=case, at=MONDAY + DAY)
    first, second = Clock.objects.order_by("id")
    assert (first.end, first.kept) == (ClockEnd.REARMED, None)
    assert (second.started_at, second.due_at, second.working_days) == (MONDAY + DAY, first.due_at, None)
    promised = leg.due_at
    leg.refresh_from_db()
    assert leg.due_at == promised


def test_nobody_contacted_in_hand_runs_beside_and_ends_with_contact(case: Case, leg: Leg, holder: Actor, cast: Cast) -> None:
    adviser = cast.adviser.actor
    with act_as(adviser):
        take_up(by=adviser, leg=leg, at=MONDAY)
    with act_as(holder):
        nobody_contacted(by=holder, case=case, at=MONDAY + DAY)
    leg.refresh_from_db()
    assert leg.due_kind == ClockKind.TAKEN_UP
    with act_as(adviser):
        write(by=adviser, case=case, body="Anteeksi!", at=MONDAY + 2 * DAY)
    leg.refresh_from_db()
    assert (leg.not_contacted, leg.due_kind) == (False, ClockKind.INFORMED)


def test_reopened_by_her_without_a_handler_must_be_taken_up(case: Case, holder: Actor) -> None:
    with act_as(holder):
        withdraw(by=holder, case=case, at=MONDAY)
        reopen(by=holder, case=case, words="Sittenkin.", at=MONDAY + 7 * DAY)
    leg = Leg.objects.get()
    assert (leg.state, leg.due_kind, leg.answer_awaited) == (CaseState.NEW, ClockKind.TAKEN_UP, True)
    assert Message.objects.get().direction == "in"


def test_writing_to_an_ended_case_asks_to_reopen(settled: Case, holder: Actor) -> None:
    with act_as(holder), pytest.raises(RuleBroken):
        customer_writes(by=holder, case=settled, body="Vielä yksi asia")


def test_feedback_may_be_changed_and_only_after_the_end(settled: Case, holder: Actor, send: Callable[..., Case]) -> None:
    with act_as(holder):
        give_feedback(by=holder, case=settled, face=4)
        give_feedback(by=holder, case=settled, face=2, comment=" Kesti kauan. ", may_contact=True)
        with pytest.raises(RuleBroken):
            give_feedback(by=holder, case=settled, face=5)
    given = Feedback.objects.get()
    assert (given.face, given.comment, given.may_contact) == (2, "Kesti kauan.", True)
    other = send()
    with act_as(PUBLIC):
        actor = link_actor(first_token(other))
    assert actor is not None
    with act_as(actor), pytest.raises(RuleBroken):
        give_feedback(by=actor, case=other, face=4)


def test_renewed_link_opens_and_the_old_one_does_not(case: Case, holder: Actor) -> None:
    with act_as(holder):
        renewed = renew_link(by=holder, case=case)
        token = token_of(renewed)
    with act_as(PUBLIC):
        assert link_actor(first_token(case)) is None
        assert link_actor(token) is not None
        assert not ask_new_link(first_token(case))
    assert OutgoingMail.objects.filter(kind="desk.link").count() == 1


def test_link_that_has_run_out_opens_nothing_but_brings_a_new_one_by_mail(settled: Case) -> None:
    StatusLink.objects.update(expires_at=timezone.now() - DAY)
    token = first_token(settled)
    with act_as(PUBLIC):
        assert link_actor(token) is None
        assert ask_new_link(token)
    link = StatusLink.objects.get(revoked_at=None)
    assert link.expires_at is not None
    renewed = token_of(link)
    with act_as(PUBLIC):
        actor = link_actor(renewed)
    assert actor is not None
    with act_as(actor):
        assert link_case(actor).pk == settled.pk


def test_handler_may_send_a_new_link_and_an_outsider_not(case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        renew_link(by=actor, case=case)
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotFound):
        renew_link(by=actor, case=case)
