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
from luukku.customers.models import Contact, Customer
from luukku.desk.access.links import link_actor
from luukku.desk.actions.ending import OutcomeForm, reopen, settle
from luukku.desk.actions.follow_ups import finish_follow_up, open_follow_up
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.marks import give_feedback
from luukku.desk.actions.outcome_checks import Answer, answer_outcome, ask_all, outcome_spoken
from luukku.desk.actions.recounting import cases_by_desk, recount
from luukku.desk.actions.sweeping import sweep
from luukku.desk.models import Case, ClockWarning, FollowUp, Leg, NewsCall, Note, OutcomeCheck, StatusLink
from luukku.desk.queries.after import latest_check, open_follow_ups
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
    link = link_actor(make_token(settled.door_principal, StatusLink.objects.filter(case=settled).earliest("pk").created_at))
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
        settled.customer.contact.email = settled.customer.contact.phone = settled.customer.contact.phone_key = ""
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
            answer_outcome(by=customer, check=check, answer=Answer(held, "later", {"finance": amount, "jobs": 3}))
    check.refresh_from_db()
    assert (check.held, check.without_help, check.figures) == ("more", "later", {"finance": 45_000})
    with act_as_house("build it again"):
        assert mail_kinds["desk.outcome_asked"].build(mail) is None


@pytest.fixture
def called(settled: Case) -> OutcomeCheck:
    """Half a year later she who wants to be called is asked."""
    assert settled.customer is not None
    Contact.objects.filter(customer=settled.customer).update(way="phone", phone="040 555 0300", phone_key="358405550300")
    assert ask_all(at=MONDAY + 184 * DAY) == 1
    return OutcomeCheck.objects.get()


def test_who_wants_to_be_called_is_asked_by_a_call_and_the_answer_is_written_down(
    called: OutcomeCheck, settled: Case, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    assert not OutgoingMail.objects.filter(kind="desk.outcome_asked").exists()
    leg = Leg.objects.get(case=settled)
    browser, address = client_of(cast.adviser), f"/asia/{settled.number}/{leg.pk}/tuli"
    assert address in browser.get(f"/asia/{settled.number}/").content.decode()
    page = browser.get(address)
    assert browser.submit(page, {"held": ""}).status_code == 422
    assert browser.submit(page, {"held": "more", "without_help": "later", "n_finance": "45000", "words": "Kasvu jatkuu"}).status_code == 302
    called.refresh_from_db()
    assert (called.held, called.figures, called.recorded_by) == ("more", {"finance": 45_000}, cast.adviser.someone)
    assert not NewsCall.objects.filter(done_at=None, news="outcome_asked").exists()
    shown = browser.get(f"/asia/{settled.number}/").content.decode()
    assert "Kasvu jatkuu" in shown
    assert cast.adviser.someone.name in shown


def test_her_own_answer_is_never_written_over_and_hers_replaces_what_was_written_down(called: OutcomeCheck, customer: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as adviser:
        outcome_spoken(by=adviser, check=called, answer=Answer("less", "same", {}))
    with act_as(customer):
        answer_outcome(by=customer, check=called, answer=Answer("as-told", "same", {}))
    with act_as(cast.adviser.actor) as adviser, pytest.raises(RuleBroken):
        outcome_spoken(by=adviser, check=called, answer=Answer("less", "same", {}))
    called.refresh_from_db()
    assert (called.held, called.recorded_by) == ("as-told", None)
    with act_as(cast.outsider.actor) as outsider, pytest.raises((NotAllowed, NotFound)):
        outcome_spoken(by=outsider, check=called, answer=Answer("less", "same", {}))


def test_matter_opened_again_is_asked_about_anew_after_its_new_end(settled: Case, cast: Cast) -> None:
    assert ask_all(at=MONDAY + 184 * DAY) == 1
    first = OutcomeCheck.objects.get()
    with act_as(cast.adviser.actor) as adviser:
        reopen(by=adviser, case=settled, at=MONDAY + 190 * DAY)
        assert latest_check(settled.pk) is None
        settle(by=adviser, case=settled, outcomes=[OutcomeForm("jobs", count=4)], words="Done again.", at=MONDAY + 200 * DAY)
    with act_as_house("build it now"):
        assert mail_kinds["desk.outcome_asked"].build(OutgoingMail.objects.get(kind="desk.outcome_asked")) is None
    assert ask_all(at=MONDAY + 201 * DAY) == 0
    again = MONDAY + (200 + 184) * DAY
    assert (ask_all(at=again), ask_all(at=again)) == (1, 0)
    asked = OutcomeCheck.objects.exclude(pk=first.pk).get()
    assert (asked.months, latest_check(settled.pk)) == (6, asked)


def test_nobody_but_the_customer_answers_for_her(settled: Case, cast: Cast) -> None:
    ask_all(at=MONDAY + 184 * DAY)
    check = OutcomeCheck.objects.get()
    for actor in (cast.adviser.actor, cast.outsider.actor):
        with act_as(actor), pytest.raises((NotAllowed, NotFound)):
            answer_outcome(by=actor, check=check, answer=Answer("more", "same", {}))


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
