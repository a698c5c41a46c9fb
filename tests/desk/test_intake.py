import uuid
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from luukku.core.actor import PUBLIC, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.customers.models import Company
from luukku.desk.access.links import first_token, link_actor, link_case
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need, subject_of
from luukku.desk.actions.talking import log_call
from luukku.desk.enums import CaseState, ClockKind
from luukku.desk.models import Case, Clock, Leg, NewsCall, StatusLink
from luukku.desk.queries.callers import find_callers
from luukku.desk.queries.search import find_cases
from tests.cast import Cast
from tests.factories.customers import CompanyFactory
from tests.harness.counting import sql_count
from tests.harness.jobs import queued_jobs

HELSINKI = ZoneInfo("Europe/Helsinki")
Need = Callable[..., NeedForm]
Send = Callable[..., Case]


def test_public_need_becomes_case_at_the_front_desk_with_its_clock(cast: Cast, send: Send) -> None:
    case = send(at=datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI))
    leg = Leg.objects.get(case=case)
    clock = Clock.objects.get(leg=leg)
    assert case.number == "KO-26-0001"
    assert leg.desk == cast.here.desk
    assert (clock.kind, leg.due_kind, leg.due_at) == (ClockKind.TAKEN_UP, ClockKind.TAKEN_UP, clock.due_at)
    assert clock.due_at == datetime(2026, 11, 25, 10, 0, tzinfo=HELSINKI)
    assert leg.customer_key == "kaisa kahvila"


def test_numbers_run_on_per_region_and_year(send: Send, cast: Cast) -> None:
    assert send().number.endswith("-0001")
    assert send().number.endswith("-0002")
    assert send(at=datetime(2025, 1, 7, 12, tzinfo=HELSINKI)).number == "KO-25-0001"
    assert send(region=cast.there.region).number.startswith("SA-")


def test_public_form_costs_at_most_nine_statements(need: Need) -> None:
    with act_as(PUBLIC), sql_count(at_most=12):
        send_need(by=PUBLIC, need=need(company_name="Kahvila Oy", business_id="2617416-4"), submit_key=uuid.uuid4())
    with act_as(PUBLIC), sql_count(at_most=9):
        send_need(by=PUBLIC, need=need(company_name="Kahvila Oy", business_id="2617416-4"), submit_key=uuid.uuid4())


def test_sender_sees_her_case_through_the_link_and_the_public_nothing(send: Send) -> None:
    case = send()
    with act_as(PUBLIC):
        assert not Case.objects.exists()
        actor = link_actor(first_token(case))
        assert link_actor("x" * 43) is None
    assert actor is not None
    with act_as(actor):
        assert link_case(actor).number == case.number
    assert bytes(StatusLink.objects.get().digest) != first_token(case).encode()


def test_receipt_and_matching_are_queued_with_the_case(send: Send) -> None:
    case = send()
    assert OutgoingMail.objects.get().kind == "desk.receipt"
    assert OutgoingMail.objects.get().subject_id == case.pk
    assert queued_jobs() == ["luukku.core.tasks.send_mail", "luukku.desk.tasks.propose_services"]


def test_without_email_no_receipt_is_queued_and_the_first_clock_runs_until_she_is_called(send: Send, cast: Cast) -> None:
    case = send(email="")
    assert not OutgoingMail.objects.exists()
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
        assert NewsCall.objects.get(case=case).news == "taken_up"
        assert Clock.objects.get(kind="taken-up").ended_at is None
        log_call(by=actor, case=case, body="Kerroin, kuka asiaa hoitaa.")
    assert Clock.objects.get(kind="taken-up").kept is True


def test_same_key_makes_one_case_and_gives_it_again(need: Need) -> None:
    key = str(uuid.uuid4())
    with act_as(PUBLIC):
        first = send_need(by=PUBLIC, need=need(), submit_key=key)
        second = send_need(by=PUBLIC, need=need(), submit_key=key)
    assert first.pk == second.pk
    assert first_token(first) == first_token(second)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"words": " "}, "words"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "kaisa(at)customer"}, "email"),
        ({"phone": "puhelin"}, "phone"),
        ({"business_id": "1234567-8"}, "business_id"),
        ({"language": "et"}, "language"),
    ],
)
def test_bad_need_is_refused_with_its_field_and_leaves_nothing(need: Need, fields: dict[str, str], field: str) -> None:
    with act_as(PUBLIC), pytest.raises(RuleBroken) as caught:
        send_need(by=PUBLIC, need=need(**fields))
    assert caught.value.field == field
    assert not Case.objects.exists()


def test_region_that_is_not_live_takes_no_needs(need: Need, cast: Cast) -> None:
    cast.here.region.is_live = False
    with act_as(PUBLIC), pytest.raises(RuleBroken):
        send_need(by=PUBLIC, need=need())


def test_adviser_logs_a_call_and_takes_it(need: Need, cast: Cast) -> None:
    actor = cast.adviser.actor
    with act_as(actor):
        case = send_need(by=actor, need=need(channel="phone", take_it=True))
        leg = Leg.objects.get(case=case)
    assert case.logged_by == cast.here.organisation
    assert (leg.state, leg.handler, case.sponsor_id) == (CaseState.TAKEN_UP, cast.adviser.person, cast.adviser.someone.pk)
    assert leg.due_kind == ClockKind.INFORMED
    assert Clock.objects.get(leg=leg, kind=ClockKind.TAKEN_UP).kept is True


def test_partner_logs_for_the_front_desk_and_keeps_sight_of_it(need: Need, cast: Cast) -> None:
    actor = cast.partner.actor
    with act_as(actor):
        case = send_need(by=actor, need=need(channel="walk-in"))
        assert Case.objects.filter(pk=case.pk).exists()
    assert case.logged_by == cast.partners
    with act_as(cast.adviser.actor):
        assert Case.objects.filter(pk=case.pk).exists()


def test_partner_cannot_take_at_anothers_desk(need: Need, cast: Cast) -> None:
    actor = cast.partner.actor
    with act_as(actor), pytest.raises(RuleBroken):
        send_need(by=actor, need=need(take_it=True))


@pytest.mark.parametrize("name", ["coordinator", "steering", "national", "editor", "admin"])
def test_those_who_do_not_handle_cases_cannot_log(need: Need, cast: Cast, name: str) -> None:
    actor = getattr(cast, name).actor
    with act_as(actor), pytest.raises(NotAllowed):
        send_need(by=actor, need=need())


def test_public_cannot_name_a_customer_or_a_desk(need: Need, cast: Cast) -> None:
    with act_as(PUBLIC):
        for fields in ({"customer": cast.founder.customer}, {"desk": cast.partner_desk}, {"take_it": True}):
            with pytest.raises(NotAllowed):
                send_need(by=PUBLIC, need=need(**fields))


def test_signed_in_founder_sends_as_herself(need: Need, cast: Cast) -> None:
    actor = cast.founder.actor
    with act_as(actor):
        case = send_need(by=actor, need=need(name="", email="", phone=""))
        assert Case.objects.get().pk == case.pk
    assert case.customer == cast.founder.customer


def test_trail_holds_no_word_and_no_name(send: Send) -> None:
    send()
    event = Event.objects.get()
    assert event.action == "case.received"
    assert not {"Kaisa", "kahvilan", "kaisa@customer.example"} & set(str(event.facts).replace("'", " ").split())


def test_a_company_is_what_each_case_was_told_of_it(send: Send) -> None:
    """Whoever gives a business ID first does not name the company for everybody."""
    first = send(company_name="  Väärä   nimi Oy ", business_id="26174164")
    second = send(company_name="Kahvila Oy", business_id="2617416-4")
    third = send(business_id="2617416-4")
    assert [(case.company_shown, case.business_id) for case in (first, second, third)] == [
        ("Väärä nimi Oy", "2617416-4"), ("Kahvila Oy", "2617416-4"), ("2617416-4", "2617416-4"),
    ]  # fmt: skip


def test_no_company_comes_into_being_because_somebody_asks(send: Send, need: Need, cast: Cast) -> None:
    """A row of hers would tell the whole network that she has asked somewhere."""
    send(company_name="Salainen idea", business_id="2617416-4")
    with act_as(cast.adviser.actor) as actor:
        send_need(by=actor, need=need(company_name="Toinen idea"))
    assert not Company.objects.exists()


def test_the_registers_name_goes_before_what_was_told(send: Send, cast: Cast) -> None:
    CompanyFactory.create(business_id="2617416-4", name="Kahvila Kielo Oy")
    case = send(company_name="Väärä nimi Oy", business_id="2617416-4")
    assert (case.company_shown, case.legs.get().customer_key) == ("Kahvila Kielo Oy", "kahvila kielo oy")
    with act_as(cast.adviser.actor) as actor:
        for words in ("kahvila kielo", "väärä nimi", "2617416-4"):
            assert [(hit.number, hit.customer) for hit in find_cases(actor, words)] == [(case.number, "Kahvila Kielo Oy")]
        assert [caller.company for caller in find_callers(actor, "kahvila kielo")] == ["Kahvila Kielo Oy"]


def test_subject_is_the_first_sentence_or_cut_between_words(need: Need) -> None:
    assert subject_of(need()) == "Haluan avata kahvilan Koskimaalle"
    assert subject_of(need(words="pitkä " * 40)).endswith("pitkä…")
    assert len(subject_of(need(words="pitkä " * 40))) <= 81


def test_need_with_an_identity_code_is_refused_with_the_words_to_mend(cast: Cast) -> None:
    need = NeedForm(region=cast.here.region, words="Hetuni on 131052-308T, haluan avata kahvilan", language="fi", email="a@sample.example")
    with pytest.raises(RuleBroken) as broken:
        send_need(by=PUBLIC, need=need)
    assert broken.value.field == "words"
