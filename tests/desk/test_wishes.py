"""How a customer wants to be reached is kept on her and obeyed; missed calls and corrections."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.utils import timezone
from hypothesis import given as given_that
from hypothesis import settings
from hypothesis import strategies as st

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.core.worktime import OFFICE_WEEK, WorkCalendar, is_open
from luukku.customers.actions.registering import ContactDetails
from luukku.customers.models import Contact
from luukku.customers.models.identifiers import phone_key
from luukku.desk.access.links import first_token
from luukku.desk.actions.calls import fill_in, log_missed_call, promise_call, told_by_phone
from luukku.desk.actions.correcting import Correction, correct
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.news import proposed_call
from luukku.desk.actions.talking import log_call, write
from luukku.desk.actions.wishes import Wishes, set_wishes
from luukku.desk.models import Case, Leg, NewsCall
from luukku.desk.web.contact_words import call_words
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.harness.jobs import run_jobs

TUE_TO_THU = Wishes("phone", "sv", (1, 2, 3), time(9), time(11))


@pytest.fixture
def by_phone(case: Case, holder: Actor) -> Case:
    """Its customer wants to be called only."""
    with act_as(holder):
        set_wishes(by=holder, case=case, wishes=TUE_TO_THU)
    return case


def test_customer_says_how_and_the_words_say_it_beside_her_number(by_phone: Case) -> None:
    contact = Contact.objects.get(customer=by_phone.customer)
    assert call_words(contact) == "Soita ti–to 9–11, ruotsiksi, vain puhelimitse"
    assert Event.objects.get(action="case.wishes").facts == {"way": "phone", "language": "sv", "days": 3}


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        (Wishes("sms"), "way"),
        (Wishes(language="de"), "wish_language"),
        (Wishes(days=(7,)), "call_days"),
        (Wishes(opens=time(9)), "call_until"),
        (Wishes(opens=time(11), closes=time(9)), "call_until"),
    ],
)
def test_wish_that_cannot_be_obeyed_is_refused(case: Case, holder: Actor, wishes: Wishes, field: str) -> None:
    with act_as(holder), pytest.raises(RuleBroken) as broken:
        set_wishes(by=holder, case=case, wishes=wishes)
    assert broken.value.field == field


def test_phone_only_without_a_number_is_refused(send: Callable[..., Case], cast: Cast) -> None:
    case = send(phone="")
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken, match="numero"):
        set_wishes(by=actor, case=case, wishes=Wishes("phone"))


def test_who_wants_the_phone_gets_no_mail_and_the_handler_is_asked_to_call(by_phone: Case, cast: Cast) -> None:
    before = OutgoingMail.objects.count()
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=by_phone))
        write(by=actor, case=by_phone, body="Hei")
        write(by=actor, case=by_phone, body="Hei taas")
    assert OutgoingMail.objects.count() == before
    assert sorted(NewsCall.objects.values_list("news", flat=True)) == ["message", "taken_up"]
    for call in NewsCall.objects.all():
        local = timezone.localtime(call.call_at)
        assert local.weekday() in (1, 2, 3)
        assert time(9) <= local.time() < time(11)
    assert Leg.objects.get(case=by_phone).call_waits


def test_mail_that_was_queued_before_the_wish_does_not_leave(case: Case, holder: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
    with act_as(holder):
        set_wishes(by=holder, case=case, wishes=Wishes("phone"))
    run_jobs()
    assert outbox.outbox == []


def test_call_that_is_logged_tells_all_news_and_one_button_tells_one(by_phone: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=by_phone))
        write(by=actor, case=by_phone, body="Hei")
        told_by_phone(by=actor, call=NewsCall.objects.get(news="message"))
        assert Leg.objects.get(case=by_phone).call_waits
        log_call(by=actor, case=by_phone, body="Puhuimme")
    assert not NewsCall.objects.filter(done_at=None).exists()
    assert not Leg.objects.get(case=by_phone).call_waits


def test_mails_are_in_the_language_that_she_wishes(case: Case, holder: Actor, cast: Cast) -> None:
    with act_as(holder):
        set_wishes(by=holder, case=case, wishes=Wishes(language="sv"))
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
    run_jobs()
    assert "ditt ärende" in str(outbox.outbox[-1].body)


def test_page_and_what_we_write_on_it_are_in_the_language_that_she_wishes(case: Case, holder: Actor, cast: Cast, client: Client) -> None:
    with act_as(holder):
        set_wishes(by=holder, case=case, wishes=Wishes(language="sv"))
    assert '<html lang="sv"' in client.get(f"/s/{first_token(case)}/").content.decode()
    with act_as(cast.adviser.actor) as actor:
        leg = take_up(by=actor, leg=Leg.objects.get(case=case))
        promise_call(by=actor, leg=leg, when=None)
    assert Leg.objects.get(case=case).next_step == "Vi ringer dig"


def test_calls_that_wait_move_into_the_hours_that_she_wishes_now_and_a_promised_one_stays(by_phone: Case, holder: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        leg = take_up(by=actor, leg=Leg.objects.get(case=by_phone))
        promised = promise_call(by=actor, leg=leg, when=timezone.now() + timedelta(days=1)).call_at
    assert timezone.localtime(NewsCall.objects.get(news="taken_up").call_at).weekday() in (1, 2, 3)
    with act_as(holder):
        set_wishes(by=holder, case=by_phone, wishes=Wishes("phone", "sv", (4,), time(13), time(14)))
    run_jobs()
    call = timezone.localtime(NewsCall.objects.get(news="taken_up").call_at)
    assert (call.weekday(), call.hour) == (4, 13)
    assert NewsCall.objects.get(news="call_back").call_at == promised


def test_calls_that_wait_become_one_letter_when_she_wishes_to_be_written_to(by_phone: Case, holder: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        leg = take_up(by=actor, leg=Leg.objects.get(case=by_phone))
        write(by=actor, case=by_phone, body="Löysin teille sopivan ajan.")
    assert sorted(NewsCall.objects.filter(done_at=None).values_list("news", flat=True)) == ["message", "taken_up"]
    before = OutgoingMail.objects.count()
    with act_as(holder):
        set_wishes(by=holder, case=by_phone, wishes=Wishes("email"))
    run_jobs("luukku.desk.tasks.move_calls")
    assert not NewsCall.objects.filter(done_at=None).exists()
    leg.refresh_from_db()
    assert not leg.call_waits
    assert list(OutgoingMail.objects.order_by("id").values_list("kind", "facts__leg"))[before:] == [("desk.message", leg.pk)]


def test_missed_call_of_somebody_known_is_called_back_in_the_hours_that_she_wishes(by_phone: Case, cast: Cast) -> None:
    Contact.objects.filter(customer=by_phone.customer).update(phone="040 555 0300", phone_key=phone_key("040 555 0300"))
    with act_as(cast.adviser.actor) as actor:
        missed = log_missed_call(by=actor, desk=cast.here.desk, phone="040 555 0300")
    when = Leg.objects.get(case=missed).next_step_at
    assert when is not None
    assert timezone.localtime(when).weekday() in (1, 2, 3)
    assert time(9) <= timezone.localtime(when).time() < time(11)


@given_that(
    days=st.sets(st.integers(0, 6)),
    hours=st.one_of(st.none(), st.tuples(st.integers(0, 22), st.integers(1, 23)).filter(lambda pair: pair[0] < pair[1])),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
)
@settings(max_examples=200, deadline=None)
def test_proposed_call_is_in_her_hours_and_in_ours_where_they_meet(days: set[int], hours: tuple[int, int] | None, now: datetime) -> None:
    moment = now.replace(tzinfo=ZoneInfo("Europe/Helsinki"))
    opens, closes = (time(hours[0]), time(hours[1])) if hours else (None, None)
    calendar = WorkCalendar(week=OFFICE_WEEK)
    found = proposed_call(Contact(call_days=sorted(days), call_from=opens, call_until=closes), calendar, moment)
    local = timezone.localtime(found)
    assert found >= moment
    assert not days or local.weekday() in days
    assert opens is None or closes is None or opens <= local.time() < closes
    meet = (not days or days & set(range(5))) and (hours is None or (hours[0] < 16 and hours[1] > 8))
    if meet:
        assert is_open(calendar, found)


def test_missed_call_is_a_case_with_a_call_back_and_a_running_clock(cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        case = log_missed_call(by=actor, desk=cast.here.desk, phone="040 555 0300")
        again = log_missed_call(by=actor, desk=cast.here.desk, phone="+358 40 5550300")
    leg = Leg.objects.get(case=case)
    assert (again.pk, case.channel, case.own_words, leg.next_step) == (case.pk, "missed-call", "", "Soita takaisin")
    assert leg.due_at is not None
    assert leg.next_step_at is not None
    assert Event.objects.filter(action="case.called_again", subject_id=case.pk).count() == 1
    with act_as(cast.outsider.actor):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_reached_caller_gives_the_matter_its_words_once(cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        case = log_missed_call(by=actor, desk=cast.here.desk, phone="040 555 0300")
        filled = fill_in(by=actor, case=case, words="Haluan ostaa leipomon. Mistä alan?", language="fi", name="Leena Leipuri")
        with pytest.raises(RuleBroken):
            fill_in(by=actor, case=case, words="Jotain muuta", language="fi")
    assert (filled.subject, filled.customer and filled.customer.contact.name) == ("Haluan ostaa leipomon", "Leena Leipuri")
    leg = Leg.objects.get(case=case)
    assert (leg.state, leg.next_step, leg.handler_id) == ("in-progress", "", cast.adviser.someone.pk)


@pytest.mark.parametrize("number", ["", "ei tiedossa", "12"])
def test_missed_call_without_a_number_is_refused(cast: Cast, number: str) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as broken:
        log_missed_call(by=actor, desk=cast.here.desk, phone=number)
    assert broken.value.field == "missed"


def correction(**more: Any) -> Correction:
    given: dict[str, Any] = {
        "contact": ContactDetails("Kaisa Kahvila", "kaisa@customer.example", "040 555 0199"), "company_name": "", "business_id": "",
        "wishes": Wishes(),
    }  # fmt: skip
    return Correction(**given | more)


def test_correction_is_kept_with_what_stood_there_before(case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        assert correct(by=actor, case=case, correction=correction()) == set()
        changed = correct(
            by=actor, case=case,
            correction=correction(contact=ContactDetails("Kaisa Kahvila", "kaisa@uusi.example", "040 555 0199"), company_name="Kahvila Oy",
                                  business_id="2617416-4"),
        )  # fmt: skip
        correct(by=actor, case=case, correction=correction(company_name="Kahvila Kaisa Oy", business_id="2617416-4"))
    assert changed == {"email", "company", "id"}
    assert [event.facts["parts"] for event in Event.objects.filter(action="case.corrected").order_by("id")] == ["company+email+id", "company+email"]
    assert Leg.objects.get(case=case).customer_key == "kahvila kaisa oy"
    with act_as_house("see the history"):
        events = case.company_name_business_id_events.order_by("pgh_id")  # type: ignore[attr-defined]
        assert list(events.values_list("company_name", "business_id")) == [("", ""), ("Kahvila Oy", "2617416-4")]
        assert Contact.objects.get(customer=case.customer).email_key == "kaisa@customer.example"


def test_what_she_is_in_the_company_is_written_down_and_shown_with_her(case: Case, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    company, browser = CompanyFactory.create(), client_of(cast.adviser)
    form = browser.get(f"/asia/{case.number}/tiedot")
    assert browser.submit(form, {"role": "Toimitusjohtaja", "business_id": company.business_id}).status_code == 302
    for address in (f"/asia/{case.number}/", f"/yritykset/{company.business_id}/"):
        assert "Toimitusjohtaja" in browser.get(address).content.decode(), address
    assert f'href="/yritykset/{company.business_id}/">{company.name}</a>' in browser.get(f"/asia/{case.number}/").content.decode()
    assert browser.submit(form, {"role": "x" * 81}).status_code == 422
    with act_as_house("see the history"):
        assert Contact.pgh_event_model.objects.filter(customer=case.customer, role="Toimitusjohtaja").exists()  # type: ignore[attr-defined]


def test_correction_is_for_those_who_handle_the_case(case: Case, holder: Actor, cast: Cast) -> None:
    for actor, error in ((cast.partner.actor, NotFound), (cast.coordinator.actor, NotFound), (holder, NotAllowed)):
        with act_as(actor), pytest.raises(error):
            correct(by=actor, case=case, correction=correction(company_name="Muu"))


def test_wrong_address_is_refused_and_nothing_changes(case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as broken:
        correct(by=actor, case=case, correction=correction(contact=ContactDetails("K", "kaisa(at)customer", "")))
    assert broken.value.field == "email"
    assert Contact.objects.get(customer=case.customer).email == "kaisa@customer.example"


def test_second_missed_call_after_the_first_was_returned_is_a_new_matter(cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        first = log_missed_call(by=actor, desk=cast.here.desk, phone="040 555 0300")
        fill_in(by=actor, case=first, words="Kysyn tiloista", language="fi")
        second = log_missed_call(by=actor, desk=cast.here.desk, phone="040 555 0300", at=timezone.now() + timedelta(days=1))
    assert second.pk != first.pk
