"""Days of waiting and next steps: who is reminded when they come, who is warned when they have passed, and where they stand in the queue."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives

from luukku.core.actor import act_as, act_as_house
from luukku.core.models import Event, OutgoingMail
from luukku.desk.actions.handling import set_next_step, take_up
from luukku.desk.actions.still_waiting import tell_still_waiting
from luukku.desk.actions.sweeping import sweep
from luukku.desk.actions.talking import write
from luukku.desk.actions.wait_reminders import remind_of_waits
from luukku.desk.actions.waiting import resume, wait
from luukku.desk.models import Case, Clock, ClockWarning, Leg, NewsCall, WarningTimes
from luukku.desk.queries.queue import QueueFilters, queue
from luukku.desk.web.staff.lines import groups
from tests.cast import Cast
from tests.harness.jobs import run_jobs

HELSINKI = ZoneInfo("Europe/Helsinki")
SECRETS = ("kahvila", "rahoitusta", "Kaisa", "laskelman")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HELSINKI)


@pytest.fixture
def mine(send: Callable[..., Case], cast: Cast) -> Leg:
    """Aino took it up on Monday 23 November at ten: she must tell how it stands by 7 December."""
    leg = Leg.objects.get(case=send(at=at(23, 10)))
    with act_as(cast.adviser.actor) as actor:
        return take_up(by=actor, leg=leg, at=at(23, 10))


@pytest.fixture
def waits(mine: Leg, cast: Cast) -> Leg:
    """It waits for the customer until Thursday."""
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=mine, waiting_for="customer", until=date(2026, 11, 26), words_to_customer="Lähetä laskelman luvut.", at=at(23, 11))
    return mine


def reminded(now: datetime) -> int:
    with act_as_house("test") as house:
        return remind_of_waits(by=house, at=now)


def warned(now: datetime) -> list[tuple[str, str]]:
    with act_as_house("test"):
        sweep(now=now)
    return sorted(ClockWarning.objects.filter(at=now).values_list("person__name", "step"))


def shown(cast: Cast, now: datetime, **query: str) -> list[tuple[str, str]]:
    """The queue's groups with their rows."""
    with act_as(cast.adviser.actor) as actor:
        found = queue(actor, QueueFilters.parse(query), now=now)
        return [(group.label, str(group.rows)) for group in groups(found, actor, now, "/")]


def test_customer_is_reminded_once_on_the_day_and_kindly(waits: Leg) -> None:
    assert reminded(at(25, 12)) == 0
    assert reminded(at(26, 8, 59)) == 0
    assert [reminded(at(26, 9)), reminded(at(26, 10)), reminded(at(27, 9))] == [1, 0, 0]
    assert Event.objects.get(action="case.reminded").subject_id == waits.case_id
    outbox.outbox.clear()
    OutgoingMail.objects.exclude(kind="desk.still_needed").delete()
    run_jobs("luukku.core.tasks.send_mail")
    (letter,) = outbox.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    text = f"{letter.subject} {letter.body} {letter.alternatives}"
    assert letter.to == ["kaisa@customer.example"]
    assert "Tarvitsetko lisää aikaa?" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_new_day_is_reminded_of_anew(waits: Leg, cast: Cast) -> None:
    assert reminded(at(26, 9)) == 1
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=waits, waiting_for="customer", until=date(2026, 11, 30), words_to_customer="Odotan.", at=at(26, 12))
    assert [reminded(at(27, 9)), reminded(at(30, 9)), reminded(at(30, 10))] == [0, 1, 0]


@pytest.mark.parametrize("change", ["resumed", "authority", "answered", "long ago"])
def test_who_is_not_awaited_any_more_is_not_reminded(waits: Leg, cast: Cast, change: str) -> None:
    now = at(26, 9)
    with act_as(cast.adviser.actor) as actor:
        if change == "resumed":
            resume(by=actor, leg=waits, at=at(24, 9))
        elif change == "authority":
            wait(by=actor, leg=waits, waiting_for="authority", until=date(2026, 11, 26), at=at(24, 9))
    if change == "answered":
        Leg.objects.update(answer_awaited=True)
    if change == "long ago":
        now = datetime(2027, 1, 26, 9, tzinfo=HELSINKI)
    assert reminded(now) == 0


def test_mail_of_a_wait_that_is_over_is_not_sent(waits: Leg, cast: Cast) -> None:
    reminded(at(26, 9))
    with act_as(cast.adviser.actor) as actor:
        resume(by=actor, leg=waits, at=at(26, 9, 1))
    OutgoingMail.objects.exclude(kind="desk.still_needed").delete()
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    assert not outbox.outbox


def test_who_wants_to_be_called_is_called_by_the_handler(send: Callable[..., Case], cast: Cast) -> None:
    leg = Leg.objects.get(case=send(at=at(23, 10), email=""))
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg, at=at(23, 10))
        wait(by=actor, leg=leg, waiting_for="customer", until=date(2026, 11, 26), words_to_customer="Lähetä luvut.", at=at(23, 11))
    NewsCall.objects.all().delete()
    assert reminded(at(26, 9)) == 1
    assert NewsCall.objects.get().news == "still_needed"
    assert not OutgoingMail.objects.filter(kind="desk.still_needed").exists()


def test_matter_comes_up_in_the_queue_on_the_day_until_which_it_waits(waits: Leg, send: Callable[..., Case], cast: Cast) -> None:
    other = Leg.objects.get(case=send(at=at(24, 10)))
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=other, at=at(24, 10))
    number = waits.case.number
    ((label, rows), _later) = shown(cast, at(25, 12))
    assert label == "Tällä viikolla"
    assert number in rows
    assert "Katso uudelleen. Odottaa asiakasta" in rows
    assert "Huomenna klo 16.00" in rows.replace("\xa0", " "), "the moment by which it is sorted"
    ((label, rows), _later) = shown(cast, at(26, 9))
    assert (label, "Katso uudelleen" in rows, "16.00" in rows, "Huomenna" in rows) == ("Tänään", True, True, False)
    ((label, rows),) = shown(cast, at(26, 9), promise="today")
    assert number in rows
    ((label, rows),) = shown(cast, at(27, 9), promise="late")
    assert (label, number in rows) == ("Myöhässä", True)


def test_handler_is_warned_of_the_day_of_waiting_and_nobody_above_her(waits: Leg, cast: Cast) -> None:
    assert warned(at(26, 11, 59)) == []
    assert warned(at(26, 12)) == [("Aino Adviser", "handler")]
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    (letter,) = [each for each in outbox.outbox if each.to == ["adviser@cast.example"]]
    assert "Katso uudelleen" in letter.body
    assert not [secret for secret in SECRETS if secret in str(letter.body)]
    assert warned(at(27, 12)) == []


def test_next_step_that_passed_is_marked_and_its_handler_warned_once(mine: Leg, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        set_next_step(by=actor, leg=mine, text="Soitan pankkiin", when=at(25, 14), at=at(23, 11))
    assert warned(at(25, 13, 59)) == []
    assert warned(at(25, 14)) == [("Aino Adviser", "handler")]
    assert warned(at(26, 9)) == []
    ((label, rows),) = shown(cast, at(26, 9))
    assert (label, "Tee seuraava askel" in rows) == ("Myöhässä", True)
    with act_as(cast.adviser.actor) as actor:
        set_next_step(by=actor, leg=mine, text="Soitan pankkiin", when=at(27, 14), at=at(26, 10))
    ((label, rows),) = shown(cast, at(26, 11))
    assert (label, "Tee seuraava askel" in rows) == ("Tällä viikolla", False)
    assert warned(at(27, 14)) == [("Aino Adviser", "handler")]


def test_warning_of_a_step_that_was_set_anew_is_not_mailed(mine: Leg, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        set_next_step(by=actor, leg=mine, text="Soitan pankkiin", when=at(25, 14), at=at(23, 11))
        OutgoingMail.objects.all().delete()
        warned(at(25, 14))
        set_next_step(by=actor, leg=mine, text="Soitan pankkiin", when=None, at=at(25, 15))
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    assert not outbox.outbox


def told_that_we_wait(now: datetime) -> int:
    with act_as_house("test") as house:
        return tell_still_waiting(by=house, at=now)


@pytest.fixture
def authority(mine: Leg, cast: Cast) -> Leg:
    """It waits for an authority; she must hear by Monday 7 December at eleven."""
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=mine, waiting_for="authority", at=at(23, 11))
    return mine


def december(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=HELSINKI)


def test_customer_hears_once_that_we_still_wait_and_the_promise_is_not_kept_by_it(authority: Leg, cast: Cast) -> None:
    clock = Clock.objects.get(leg=authority, kind="informed", ended_at=None)
    assert clock.due_at == december(7, 11)
    assert [told_that_we_wait(moment) for moment in (december(4, 10), december(4, 11), december(4, 12), december(5, 12))] == [0, 1, 0, 0]
    clock.refresh_from_db()
    assert (clock.ended_at, clock.due_at, clock.kept) == (None, december(7, 11), None)
    OutgoingMail.objects.exclude(kind__in=("desk.still_waiting", "desk.still_told")).delete()
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    texts = {letter.to[0]: f"{letter.subject} {letter.body}" for letter in outbox.outbox}
    assert set(texts) == {"kaisa@customer.example", "adviser@cast.example"}
    assert "7.12. klo 11.00" in texts["kaisa@customer.example"].replace("\xa0", " ")
    assert "Odotamme viranomaisen" in texts["kaisa@customer.example"]
    assert not [secret for secret in ("kahvila", "rahoitusta") for text in texts.values() if secret in text]
    with act_as_house("test"):
        assert sweep(now=december(7, 12)).broken == 1


def test_who_waits_for_the_customer_is_not_told_so_nor_anybody_where_the_region_has_turned_it_off(authority: Leg, cast: Cast) -> None:
    WarningTimes.objects.create(region=cast.here.region, still_waiting=False)
    assert told_that_we_wait(december(4, 12)) == 0
    WarningTimes.objects.all().delete()
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=authority, waiting_for="customer", words_to_customer="Lähetä luvut.", at=december(4, 11))
    assert told_that_we_wait(december(4, 12)) == 0


def test_mail_that_we_still_wait_is_not_sent_once_somebody_has_written(authority: Leg, cast: Cast) -> None:
    assert told_that_we_wait(december(4, 12)) == 1
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=authority.case, body="Viranomainen käsittelee yhä.", at=december(4, 13))
    OutgoingMail.objects.exclude(kind__in=("desk.still_waiting", "desk.still_told")).delete()
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    assert not outbox.outbox
