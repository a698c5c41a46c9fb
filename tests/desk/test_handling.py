from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luukku.catalogue.matching.cards import Confirmed
from luukku.catalogue.models import ConfirmedAnswer
from luukku.catalogue.queries.matching import catalogue_texts
from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import assign, release, set_next_step, take_up
from luukku.desk.actions.services import choose_service
from luukku.desk.actions.talking import add_note, log_call, write
from luukku.desk.actions.waiting import resume, wait
from luukku.desk.enums import CaseState, ClockEnd, ClockKind, WaitingFor
from luukku.desk.models import Attachment, Case, Clock, Leg, Message, Note, Proposal
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory
from tests.harness.counting import sql_count

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
DAY = timedelta(days=1)


@pytest.fixture
def case(send: Callable[..., Case]) -> Case:
    return send(at=MONDAY)


@pytest.fixture
def adviser(cast: Cast) -> Actor:
    return cast.adviser.actor


@pytest.fixture
def taken(adviser: Actor, leg: Leg) -> Leg:
    with act_as(adviser):
        take_up(by=adviser, leg=leg, at=MONDAY + DAY)
    return Leg.objects.get()


def running() -> dict[str, datetime]:
    return dict(Clock.objects.filter(ended_at=None).values_list("kind", "due_at"))


def kinds() -> list[str]:
    return list(OutgoingMail.objects.order_by("id").values_list("kind", flat=True))


def test_taking_up_meets_the_first_clock_and_starts_the_second(taken: Leg, cast: Cast) -> None:
    case = Case.objects.get()
    assert (taken.state, taken.handler, case.state, case.sponsor) == (
        CaseState.TAKEN_UP,
        cast.adviser.person,
        CaseState.TAKEN_UP,
        cast.adviser.person,
    )
    assert Clock.objects.get(kind=ClockKind.TAKEN_UP).kept is True
    assert (taken.due_kind, taken.due_at) == (ClockKind.INFORMED, running()[ClockKind.INFORMED])
    assert running() == {ClockKind.INFORMED: datetime(2026, 12, 8, 10, 0, tzinfo=HELSINKI)}  # ten working days; the sixth of December is a Sunday
    assert kinds() == ["desk.receipt", "desk.taken_up"]


def test_taking_up_too_late_breaks_the_promise(adviser: Actor, leg: Leg) -> None:
    with act_as(adviser):
        take_up(by=adviser, leg=leg, at=MONDAY + 3 * DAY)
    assert Clock.objects.get(kind=ClockKind.TAKEN_UP).kept is False


def test_taking_up_twice_is_once_and_anothers_is_refused(taken: Leg, adviser: Actor, cast: Cast) -> None:
    with act_as(adviser):
        take_up(by=adviser, leg=taken)
    lead = cast.desklead.actor
    with act_as(lead), pytest.raises(RuleBroken, match="Aino Adviser"):
        take_up(by=lead, leg=taken)
    assert Event.objects.filter(action="case.taken_up").count() == 1


@pytest.mark.parametrize("name", ["partner", "coordinator", "editor", "outsider", "steering"])
def test_those_who_cannot_see_it_cannot_take_it(leg: Leg, cast: Cast, name: str) -> None:
    actor = getattr(cast, name).actor
    with act_as(actor), pytest.raises(NotFound):
        take_up(by=actor, leg=leg)


def test_logging_organisation_sees_but_does_not_handle(need: Callable[..., object], cast: Cast) -> None:
    from luukku.desk.actions.intake import send_need

    partner = cast.partner.actor
    with act_as(partner):
        case = send_need(by=partner, need=need())  # type: ignore[arg-type]
        leg = Leg.objects.get(case=case)
        for act in (
            lambda: take_up(by=partner, leg=leg),
            lambda: write(by=partner, case=case, body="Hei"),
            lambda: add_note(by=partner, case=case, body="Hei"),
            lambda: settle(by=partner, case=case, outcomes=[OutcomeForm("advice")], words="Hei"),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_lead_assigns_and_the_colleague_takes_it_up(leg: Leg, cast: Cast, adviser: Actor) -> None:
    lead = cast.desklead.actor
    with act_as(lead):
        assign(by=lead, leg=leg, person=cast.adviser.someone)
    leg.refresh_from_db()
    assert (leg.state, leg.handler, leg.due_kind) == (CaseState.NEW, cast.adviser.person, ClockKind.TAKEN_UP)
    with act_as(adviser):
        take_up(by=adviser, leg=leg)
    assert Leg.objects.get().state == CaseState.TAKEN_UP


def test_one_in_hand_passes_on_and_the_customer_is_told(taken: Leg, cast: Cast) -> None:
    lead = cast.desklead.actor
    with act_as(lead):
        assign(by=lead, leg=taken, person=cast.desklead.someone)
    assert Case.objects.get().sponsor == cast.desklead.person
    assert kinds() == ["desk.receipt", "desk.taken_up", "desk.taken_up"]


def test_adviser_cannot_take_from_a_colleague_and_nobody_outside_is_assigned(taken: Leg, cast: Cast, adviser: Actor) -> None:
    lead = cast.desklead.actor
    with act_as(lead):
        assign(by=lead, leg=taken, person=cast.desklead.someone)
    with act_as(adviser), pytest.raises(NotAllowed):
        assign(by=adviser, leg=taken, person=cast.adviser.someone)
    with act_as(lead), pytest.raises(RuleBroken, match="Otto"):
        assign(by=lead, leg=taken, person=cast.outsider.someone)


def test_released_leg_is_new_again_with_a_clock_and_no_handler(taken: Leg, adviser: Actor) -> None:
    with act_as(adviser):
        release(by=adviser, leg=taken, at=MONDAY + 2 * DAY)
    leg, case = Leg.objects.get(), Case.objects.get()
    assert (leg.state, leg.handler, case.sponsor, case.state) == (CaseState.NEW, None, None, CaseState.NEW)
    assert set(running()) == {ClockKind.TAKEN_UP, ClockKind.INFORMED}
    assert leg.due_at == running()[ClockKind.TAKEN_UP]


def test_message_keeps_informed_and_moves_to_in_progress(taken: Leg, adviser: Actor) -> None:
    before = running()[ClockKind.INFORMED]
    with act_as(adviser):
        message = write(by=adviser, case=taken.case, body="Soitan huomenna.", at=MONDAY + 4 * DAY)
    leg = Leg.objects.get()
    assert leg.state == Case.objects.get().state == CaseState.IN_PROGRESS
    assert leg.due_at == running()[ClockKind.INFORMED] > before
    assert Clock.objects.get(kind=ClockKind.INFORMED, end=ClockEnd.MET).kept is True
    assert message.mail is not None
    assert message.mail.kind == "desk.message"


def test_message_sent_twice_is_one(taken: Leg, adviser: Actor) -> None:
    key = "6f1bd58c-6a3f-4c47-9d0c-3e6f7b0f2f11"
    with act_as(adviser):
        first = write(by=adviser, case=taken.case, body="Hei", submit_key=key)
        assert write(by=adviser, case=taken.case, body="Hei", submit_key=key) == first
    assert Message.objects.count() == 1


def test_empty_message_is_refused(taken: Leg, adviser: Actor) -> None:
    with act_as(adviser), pytest.raises(RuleBroken) as caught:
        write(by=adviser, case=taken.case, body="  \n")
    assert caught.value.field == "body"


def test_forbidden_file_undoes_the_message(taken: Leg, adviser: Actor) -> None:
    with act_as(adviser), pytest.raises(RuleBroken):
        write(by=adviser, case=taken.case, body="Ohessa", files=[SimpleUploadedFile("a.exe", b"MZ\x00")])
    assert not Message.objects.exists()


def test_note_tells_nobody_and_is_not_contact(taken: Leg, adviser: Actor) -> None:
    before = running()
    with act_as(adviser):
        add_note(by=adviser, case=taken.case, body="Epäilen rahoitusta.", files=[SimpleUploadedFile("laskelma.txt", b"1+1")])
    assert running() == before
    assert kinds() == ["desk.receipt", "desk.taken_up"]
    assert Attachment.objects.get().note == Note.objects.get()


def test_call_is_contact_and_what_was_said_stays_inside(taken: Leg, adviser: Actor) -> None:
    before = running()[ClockKind.INFORMED]
    with act_as(adviser):
        log_call(by=adviser, case=taken.case, body="Puhuttu suunnitelmasta.", at=MONDAY + 5 * DAY)
    assert running()[ClockKind.INFORMED] > before
    assert not Message.objects.exists()


def test_waiting_for_the_customer_pauses_and_goes_on_with_what_was_left(taken: Leg, adviser: Actor) -> None:
    wednesday = MONDAY + 2 * DAY
    with act_as(adviser):
        wait(by=adviser, leg=taken, waiting_for=WaitingFor.CUSTOMER, until=date(2026, 12, 1), words_to_customer="Lähetä laskelma.", at=wednesday)
    leg = Leg.objects.get()
    assert (leg.state, leg.due_at, leg.due_kind) == (CaseState.WAITING, None, "")
    assert Clock.objects.get(ended_at=None).paused_at == wednesday
    with act_as(adviser):
        resume(by=adviser, leg=leg, at=wednesday + 7 * DAY)
    leg.refresh_from_db()
    # the limit began anew on Wednesday the 25th, so ten working days are left on Wednesday the 2nd of December
    assert leg.due_at == datetime(2026, 12, 16, 10, 0, tzinfo=HELSINKI)
    assert leg.state == CaseState.IN_PROGRESS


def test_waiting_for_others_keeps_the_clock_running(taken: Leg, adviser: Actor) -> None:
    with act_as(adviser):
        wait(by=adviser, leg=taken, waiting_for=WaitingFor.AUTHORITY, at=MONDAY + 2 * DAY)
    leg = Leg.objects.get()
    assert leg.due_kind == ClockKind.INFORMED
    assert kinds()[-1] == "desk.waiting"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"waiting_for": "moon"}, "waiting_for"),
        ({"waiting_for": "customer"}, "words_to_customer"),
        ({"waiting_for": "authority", "until": date(2020, 1, 1)}, "until"),
    ],
)
def test_waiting_needs_a_cause_and_tells_the_customer_what_is_hers(taken: Leg, adviser: Actor, fields: dict[str, object], field: str) -> None:
    with act_as(adviser), pytest.raises(RuleBroken) as caught:
        wait(by=adviser, leg=taken, **fields)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_next_step_is_kept_and_cleared(taken: Leg, adviser: Actor) -> None:
    when = MONDAY + 7 * DAY
    with act_as(adviser):
        set_next_step(by=adviser, leg=taken, text="Tapaaminen  Kauhajoella", when=when)
    leg = Leg.objects.get()
    assert (leg.next_step, leg.next_step_at, leg.state) == ("Tapaaminen Kauhajoella", when, CaseState.IN_PROGRESS)
    with act_as(adviser):
        set_next_step(by=adviser, leg=leg, text="", when=when)
    assert Leg.objects.get().next_step_at is None


def test_chosen_service_answers_the_proposals_and_teaches(taken: Leg, adviser: Actor) -> None:
    first, second = ServiceFactory.create(), ServiceFactory.create()
    for rank, service in enumerate((first, second), start=1):
        Proposal.objects.create(case=taken.case, leg=taken, service=service, rank=rank, score=1 / rank)
    with act_as(adviser):
        choose_service(by=adviser, leg=taken, service=second)
    assert Leg.objects.get().service == second
    assert dict(Proposal.objects.values_list("rank", "accepted")) == {1: False, 2: True}
    with act_as_house("see what was learnt"):
        answer = ConfirmedAnswer.objects.get()
    assert (answer.service, answer.was_proposed, answer.text) == (second, False, taken.case.own_words)
    assert (answer.source_kind, answer.source_id) == ("desk.leg", taken.pk)


def test_corrected_service_teaches_the_last_one_without_the_customers_number(send: Callable[..., Case], adviser: Actor) -> None:
    wrong, right = ServiceFactory.create(), ServiceFactory.create()
    leg = Leg.objects.get(case=send(at=MONDAY, words="Haluan avata kahvilan, soittakaa 040 555 0199"))
    with act_as(adviser):
        take_up(by=adviser, leg=leg, at=MONDAY + DAY)
        choose_service(by=adviser, leg=leg, service=wrong, at=MONDAY + DAY)
        choose_service(by=adviser, leg=leg, service=right, at=MONDAY + 2 * DAY)
    with act_as_house("see what is taught"):
        assert catalogue_texts(with_confirmed=True).confirmed == (Confirmed("Haluan avata kahvilan, soittakaa …", "fi", right.code),)


def test_statements_of_the_common_actions(leg: Leg, adviser: Actor) -> None:
    with act_as(adviser), sql_count(at_most=12):
        take_up(by=adviser, leg=leg)
    with act_as(adviser), sql_count(at_most=16):
        write(by=adviser, case=leg.case, body="Hei", submit_key="6f1bd58c-6a3f-4c47-9d0c-3e6f7b0f2f12")
