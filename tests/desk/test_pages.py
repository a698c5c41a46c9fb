"""What the screens read, and what each costs."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.models import OutgoingMail
from luukku.core.months import ended_months
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import assign, take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.marks import give_feedback
from luukku.desk.actions.talking import add_note, write
from luukku.desk.models import Case, Leg, Proposal
from luukku.desk.queries.case_page import case_page
from luukku.desk.queries.my_cases import my_cases
from luukku.desk.queries.promise import late_cases_for_coordinator, promise_kept, promise_kept_by_organisation
from luukku.desk.queries.search import find_cases
from luukku.desk.queries.status_page import status_page
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory
from tests.harness.counting import sql_count

Send = Callable[..., Case]


@pytest.fixture
def talked(case: Case, leg: Leg, holder: Actor, cast: Cast) -> Case:
    adviser = cast.adviser.actor
    Proposal.objects.create(case=case, leg=leg, service=ServiceFactory.create(), rank=1, score=0.9, why_kind="words", why_words=["sana"])
    with act_as(adviser):
        take_up(by=adviser, leg=leg)
        write(by=adviser, case=case, body="Hei Kaisa", files=[SimpleUploadedFile("ohje.txt", b"1")])
        add_note(by=adviser, case=case, body="Varovasti", files=[SimpleUploadedFile("muistio.txt", b"2")])
    with act_as(holder):
        customer_writes(by=holder, case=case, body="Kiitos")
    with act_as(adviser):
        settle(by=adviser, case=case, outcomes=[OutcomeForm("jobs", count=2), OutcomeForm("advice")], words="Valmis")
    with act_as(holder):
        give_feedback(by=holder, case=case, face=4)
    return case


def test_case_page_has_everything_in_seven_statements(talked: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=7):
        page = case_page(actor, talked.number.lower())
        assert page.case.customer is not None
        assert page.case.customer.contact.name == "Kaisa Kahvila"
        assert [said.body for said in page.talk] == ["Hei Kaisa", "Varovasti", "Kiitos", "Valmis"]
        assert [said.kind for said in page.talk] == ["out", "note", "in", "out"]
        assert page.talk[0].author == "Aino Adviser"
        assert [each.file.name for each in page.talk[0].files] == ["ohje.txt"]
        assert [each.file.name for each in page.talk[1].files] == ["muistio.txt"]
        assert not page.legs[0].proposals  # they are for open matters
        assert page.legs[0].clocks[0].kept is True
        assert [happened.action for happened in page.history][:2] == ["case.received", "case.taken_up"]
        assert page.history[1].person == "Aino Adviser"
        assert [(row["kind"], row["count"]) for row in page.outcomes] == [("jobs", 2), ("advice", None)]
        assert page.feedback is not None
        assert page.feedback.face == 4
        assert page.can_handle
        assert not page.mail_failed


def test_case_page_proposes_services_while_the_matter_is_open_and_has_none(case: Case, leg: Leg, cast: Cast) -> None:
    service = ServiceFactory.create()
    Proposal.objects.create(case=case, leg=leg, service=service, rank=1, score=0.9)
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=6):
        assert [proposal.service for proposal in case_page(actor, case.number).legs[0].proposals] == [service]
    Leg.objects.filter(pk=leg.pk).update(service=service)
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=5):
        assert not case_page(actor, case.number).legs[0].proposals


def test_case_page_names_the_one_to_whom_it_was_given(case: Case, leg: Leg, cast: Cast) -> None:
    with act_as(cast.desklead.actor) as lead:
        assign(by=lead, leg=leg, person=cast.adviser.someone)
        assert [happened.to for happened in case_page(lead, case.number).history] == ["", "Aino Adviser"]


def test_case_page_shows_that_a_mail_failed(talked: Case, cast: Cast) -> None:
    OutgoingMail.objects.filter(kind="desk.message").update(state="failed")
    with act_as(cast.adviser.actor) as actor:
        page = case_page(actor, talked.number)
    assert page.mail_failed
    assert page.talk[0].mail_state == "failed"


@pytest.mark.parametrize("name", ["outsider", "partner", "coordinator", "national", "admin", "editor", "founder"])
def test_case_page_is_not_there_for_others(talked: Case, cast: Cast, name: str) -> None:
    with act_as(getattr(cast, name).actor) as actor, pytest.raises(NotFound):
        case_page(actor, talked.number)


def test_first_wall_stands_alone(talked: Case, cast: Cast) -> None:
    """As the owner of the database, whom the second wall does not hold."""
    for actor in (cast.outsider.actor, PUBLIC, cast.founder.actor, Actor("link", (1,))):
        with pytest.raises(NotFound):
            case_page(actor, talked.number)
        assert not find_cases(actor, talked.number)
    with pytest.raises(NotFound):
        status_page(Actor("link", (1,)))


def test_status_page_tells_and_keeps_quiet(talked: Case, holder: Actor) -> None:
    with act_as(holder), sql_count(at_most=7):  # the seventh: what came of it, for her to confirm
        page = status_page(holder)
        assert [said.body for said in page.messages] == ["Hei Kaisa", "Kiitos", "Valmis"]
        assert [each.file.name for said in page.messages for each in said.files] == ["ohje.txt"]
        assert {happened.action for happened in page.history} == {"case.received", "case.taken_up", "case.settled", "case.feedback"}
        assert "outcome" not in {name for happened in page.history for name in happened.facts}
        assert page.leg.handler is not None
        assert page.leg.handler.name == "Aino Adviser"
        assert page.ended
        assert page.feedback is not None


def test_signed_in_customer_sees_her_own(need: Callable[..., NeedForm], cast: Cast, send: Send) -> None:
    other = send()
    with act_as(cast.founder.actor) as actor:
        case = send_need(by=actor, need=need())
        assert [each.case for each in my_cases(actor)] == [case]
        assert status_page(actor, case.pk).case == case
        with pytest.raises(NotFound):
            status_page(actor, other.pk)


@pytest.mark.parametrize(
    "text",
    [
        "ko-26-0001",
        "KO-26",
        "kaisa ka",
        "kahvila",
        "Paahtimo",
        "040 555 0199",
        "+358405550199",
        "KAISA@customer.example",
        "2617416-4",
        "kahvilaa",
        "laite",
    ],
)
def test_search_finds_by_number_name_phone_address_company_and_words(send: Send, cast: Cast, text: str) -> None:
    case = send(company_name="Paahtimo Öljy Oy", business_id="2617416-4", words="Tarvitsen laitteen kahvilaan.")
    send(name="Toinen", email="toinen@customer.example", phone="050 1", words="Muuta asiaa", region=cast.there.region)
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=3):
        assert [hit.number for hit in find_cases(actor, text)] == [case.number]
    with act_as(cast.outsider.actor) as actor:
        assert case.number not in {hit.number for hit in find_cases(actor, text)}
    with act_as(cast.coordinator.actor) as actor:
        assert not find_cases(actor, text)


@pytest.mark.parametrize("text", ["", "k", "'; drop table", "%", "\\", ":*", "a" * 500, "((", "KO-"])
def test_search_takes_any_text(case: Case, cast: Cast, text: str) -> None:
    with act_as(cast.adviser.actor) as actor:
        find_cases(actor, text)


def test_promise_is_public_in_numbers(send: Send, cast: Cast) -> None:
    months = ended_months(2)
    came = timezone.make_aware(datetime.combine(months.first, time(9)))
    late, *others = [send(at=came) for _ in range(5)]
    adviser = cast.adviser.actor
    for kept in others:
        with act_as(adviser):
            take_up(by=adviser, leg=Leg.objects.get(case=kept), at=came)
    with act_as(PUBLIC):
        assert not Case.objects.exists()
        figures = promise_kept(cast.here.region.pk, months)
        assert (figures["taken-up"].kept, figures["taken-up"].of, figures["taken-up"].share) == (4, 5, 0.8)
        assert promise_kept(cast.there.region.pk, months) == {}
    assert ("taken-up", cast.here.organisation.pk) in promise_kept_by_organisation(cast.here.region.pk, months)
    with act_as(cast.coordinator.actor) as actor:
        found = late_cases_for_coordinator(actor, cast.here.region.pk)
        assert [each.number for each in found] == [late.number, *(each.number for each in others)][: len(found)]
        assert found[0].minutes_late(timezone.now()) > 0
        with pytest.raises(NotAllowed):
            late_cases_for_coordinator(actor, cast.there.region.pk)
    with act_as(adviser), pytest.raises(NotAllowed):
        late_cases_for_coordinator(adviser, cast.here.region.pk)


def test_case_that_comes_goes_straight_into_the_indexes_that_searches_read(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relname, reloptions from pg_class where relname in ('desk_case_search', 'desk_case_readers', 'desk_leg_open_readers')")
        assert [options for _, options in cursor.fetchall()] == [["fastupdate=off"]] * 3
