"""A low mark is followed up; what came of a matter is asked again after 6 and 12 months."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.mail import mail_kinds
from luukku.core.models import Event, OutgoingMail
from luukku.core.secret_links import make_token
from luukku.customers.models import Customer
from luukku.desk.access.links import link_actor
from luukku.desk.actions.ending import OutcomeForm, reopen, settle
from luukku.desk.actions.follow_ups import finish_follow_up, open_follow_up
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.marks import give_feedback
from luukku.desk.actions.outcome_checks import answer_outcome, ask_all
from luukku.desk.actions.recounting import cases_by_desk, recount
from luukku.desk.actions.sweeping import sweep
from luukku.desk.models import Case, ClockWarning, FollowUp, Leg, Note, OutcomeCheck, StatusLink
from luukku.desk.queries.after import open_follow_ups
from luukku.network.actions.desks import add_closing_day
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.harness.jobs import run_jobs

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
DAY = timedelta(days=1)
OPEN = "luukku.desk.tasks.open_follow_up"


@pytest.fixture
def settled(send: Callable[..., Case], cast: Cast) -> Case:
    case = send(at=MONDAY)
    with act_as(cast.adviser.actor) as adviser:
        take_up(by=adviser, leg=Leg.objects.get(case=case), at=MONDAY)
        settle(by=adviser, case=case, outcomes=[OutcomeForm("finance", amount=20_000), OutcomeForm("advice")], words="Valmis.", at=MONDAY)
    case.refresh_from_db()
    return case


@pytest.fixture
def customer(settled: Case) -> Actor:
    link = link_actor(make_token(settled.door_principal, StatusLink.objects.get(case=settled).created_at))
    assert link is not None
    return link


def mark(customer: Actor, case: Case, face: int) -> None:
    with act_as(customer):
        give_feedback(by=customer, case=case, face=face, comment="Odotin liian kauan.")
    run_jobs(OPEN)


@pytest.mark.parametrize(("face", "followed"), [(1, True), (2, True), (3, False), (4, False)])
def test_low_mark_starts_a_clock_and_tells_handler_and_lead(customer: Actor, settled: Case, cast: Cast, face: int, followed: bool) -> None:
    mark(customer, settled, face)
    assert FollowUp.objects.count() == followed
    told = set(OutgoingMail.objects.filter(kind="desk.low_mark").values_list("facts__person", flat=True))
    assert told == ({cast.adviser.someone.pk, cast.desklead.someone.pk} if followed else set())


def test_mark_given_again_makes_no_second_follow_up(customer: Actor, settled: Case) -> None:
    mark(customer, settled, 1)
    mark(customer, settled, 2)
    assert FollowUp.objects.count() == 1


def test_mark_mended_before_the_job_runs_is_not_followed_up(customer: Actor, settled: Case) -> None:
    with act_as(customer):
        give_feedback(by=customer, case=settled, face=1)
        give_feedback(by=customer, case=settled, face=4)
    run_jobs(OPEN)
    assert not FollowUp.objects.exists()


def test_what_was_done_is_an_internal_note_and_said_once(customer: Actor, settled: Case, cast: Cast) -> None:
    mark(customer, settled, 1)
    follow_up = FollowUp.objects.get()
    with act_as(cast.adviser.actor) as adviser:
        with pytest.raises(RuleBroken):
            finish_follow_up(by=adviser, follow_up=follow_up, words=" ", answer="Pahoittelemme.")
        finish_follow_up(by=adviser, follow_up=follow_up, words="Soitin ja pyysin anteeksi.", answer="Pahoittelemme.")
        with pytest.raises(RuleBroken):
            finish_follow_up(by=adviser, follow_up=follow_up, words="Toinen kerta.", answer="Pahoittelemme.")
        assert open_follow_ups(adviser, cast.here.organisation.pk) == []
    assert Note.objects.get().body == "Soitin ja pyysin anteeksi."
    assert Event.objects.filter(action="case.followed_up").count() == 1


def test_lead_sees_the_low_marks_in_one_statement_and_others_none(customer: Actor, settled: Case, cast: Cast) -> None:
    mark(customer, settled, 2)
    with act_as(cast.desklead.actor) as lead, sql_count(at_most=1):
        (found,) = open_follow_ups(lead, cast.here.organisation.pk)
    assert (found.face, found.comment, found.number) == (2, "Odotin liian kauan.", settled.number)
    for actor in (cast.partner.actor, cast.outsider.actor, cast.coordinator.actor, customer):
        with act_as(actor):
            assert open_follow_ups(actor, cast.here.organisation.pk) == []
            assert not FollowUp.objects.exists()
    with act_as(cast.outsider.actor) as outsider, pytest.raises((NotAllowed, NotFound)):
        finish_follow_up(by=outsider, follow_up=FollowUp(case=settled), words="x", answer="Pahoittelemme.")


@pytest.mark.parametrize(("days", "months"), [(150, []), (184, [6]), (200, [6]), (230, []), (366, [12]), (400, [])])
def test_customer_is_asked_in_the_month_after_half_a_year_and_a_year(settled: Case, days: int, months: list[int]) -> None:
    ask_all(at=MONDAY + days * DAY)
    ask_all(at=MONDAY + days * DAY + timedelta(hours=1))
    assert list(OutcomeCheck.objects.values_list("months", flat=True)) == months
    assert OutgoingMail.objects.filter(kind="desk.outcome_asked").count() == len(months)


def test_customer_asked_lately_is_left_in_peace_and_asked_when_she_has_rested(settled: Case) -> None:
    Customer.objects.update(feedback_asked_at=MONDAY + 180 * DAY)
    assert ask_all(at=MONDAY + 184 * DAY) == 0
    assert ask_all(at=MONDAY + 211 * DAY) == 1


@pytest.mark.parametrize("change", ["reopened", "no address", "nothing came"])
def test_who_cannot_tell_anything_is_not_asked(settled: Case, cast: Cast, change: str) -> None:
    if change == "reopened":
        with act_as(cast.adviser.actor) as adviser:
            reopen(by=adviser, case=settled, at=MONDAY + DAY)
    elif change == "no address":
        assert settled.customer is not None
        settled.customer.contact.email = ""
        settled.customer.contact.save()
    else:
        settled.outcomes.all().delete()
    assert ask_all(at=MONDAY + 184 * DAY) == 0


def test_mail_opens_the_question_and_the_answer_may_be_changed(settled: Case) -> None:
    ask_all(at=MONDAY + 184 * DAY)
    mail = OutgoingMail.objects.get(kind="desk.outcome_asked")
    with act_as_house("build the mail"):
        content = mail_kinds["desk.outcome_asked"].build(mail)
    assert content is not None
    token = content.context["outcome_url"].rstrip("/").split("/")[-2]
    customer = link_actor(token)
    assert customer is not None
    check = OutcomeCheck.objects.get()
    with act_as(customer):
        for held, amount in (("as-told", 20_000), ("more", 45_000)):
            answer_outcome(by=customer, check=check, held=held, without_help="later", figures={"finance": amount, "jobs": 3})
    check.refresh_from_db()
    assert (check.held, check.without_help, check.figures) == ("more", "later", {"finance": 45_000})
    with act_as_house("build it again"):
        assert mail_kinds["desk.outcome_asked"].build(mail) is None


def test_nobody_but_the_customer_answers_for_her(settled: Case, cast: Cast) -> None:
    ask_all(at=MONDAY + 184 * DAY)
    check = OutcomeCheck.objects.get()
    for actor in (cast.adviser.actor, cast.outsider.actor):
        with act_as(actor), pytest.raises((NotAllowed, NotFound)):
            answer_outcome(by=actor, check=check, held="more", without_help="same", figures={})


def test_low_mark_warns_handler_lead_and_coordinator_and_is_recorded_when_its_day_passes(customer: Actor, settled: Case, cast: Cast) -> None:
    with act_as_house("test") as house:
        with act_as(customer):
            give_feedback(by=customer, case=settled, face=1)
        mark = open_follow_up(by=house, case_id=settled.pk, at=MONDAY + timedelta(days=3, hours=4))
    assert mark is not None
    due = mark.due_at
    told: list[set[str]] = []
    for moment in (due - timedelta(hours=4), due - timedelta(hours=2), due - timedelta(hours=1), due + timedelta(minutes=5)):
        with act_as_house("test"):
            broken = sweep(now=moment).broken
        told.append(set(ClockWarning.objects.filter(at=moment, follow_up=mark).values_list("step", flat=True)))
    assert told == [{"handler"}, {"lead"}, {"coordinator"}, set()]
    assert broken == 1
    event = Event.objects.get(action="case.follow_up_late")
    assert (event.subject_id, event.at) == (settled.pk, due)
    with act_as_house("test"):
        assert sweep(now=due + timedelta(minutes=10)).broken == 0


def test_low_mark_follows_the_calendar(customer: Actor, settled: Case, cast: Cast) -> None:
    mark(customer, settled, 1)
    before = FollowUp.objects.get().due_at
    with act_as(HOUSE):
        add_closing_day(by=HOUSE, owner=cast.here.desk, day=timezone.localdate(before), reason="Remontti")
    with act_as_house("test"):
        ((desk_id, cases),) = cases_by_desk("network.desk", cast.here.desk.pk)
        assert recount(desk_id, cases) == 1
        assert FollowUp.objects.get().due_at > before
        assert recount(desk_id, cases) == 0


def test_low_mark_stands_on_the_handlers_queue_and_the_leads_page(
    customer: Actor, settled: Case, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    mark(customer, settled, 1)
    address = f"/asia/{settled.number}/palaute/{FollowUp.objects.get().pk}"
    for who, page in ((cast.adviser, "/jono/"), (cast.desklead, "/tiskini/")):
        assert address in client_of(who).get(page).content.decode()
    with act_as(cast.adviser.actor) as adviser:
        finish_follow_up(by=adviser, follow_up=FollowUp.objects.get(), words="Soitin.", answer="Pahoittelemme.")
    for who, page in ((cast.adviser, "/jono/"), (cast.desklead, "/tiskini/")):
        assert address not in client_of(who).get(page).content.decode()
