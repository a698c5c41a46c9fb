"""Reminders are answered by mail: the real way from the reminder that left to a mailbox and back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.mail.answers import answer_address, read_answer
from luukku.core.models import OutgoingMail
from luukku.desk.actions.mail_poll import poll
from luukku.desk.models import Case, Fate, IncomingMail, Mailbox
from luukku.governance.actions import tasks as governing
from luukku.governance.actions.clock import EntryForm, add_entry, cancel_entry
from luukku.governance.actions.entries import remind_of_entries
from luukku.governance.actions.minutes import give_task
from luukku.governance.models import ClockEntry, Meeting, Membership, Task
from luukku.plans.actions.reminding import remind
from luukku.plans.models import Measure, Note, Plan
from tests.cast import Cast
from tests.desk.mail.conftest import Write, _running_store, box, letter, store
from tests.harness.mailstore import MailStore

__all__ = ("_running_store", "box", "letter", "store")
Answer = Callable[..., IncomingMail]


@pytest.mark.parametrize(
    ("text", "done", "numbers", "words"),
    [
        ("Valmis", True, (), ""),
        ("valmis!", True, (), ""),
        ("Klart.", True, (), ""),
        ("Done\n\nBest regards\nAnn", True, (), ""),
        ("Tehty. Lista on koottu.", True, (), "Lista on koottu."),
        ("Valmis 1 ja 3", True, (1, 3), ""),
        ("Klara alla", True, None, ""),
        ("Valmis ensi viikolla", False, (), "Valmis ensi viikolla"),
        ("Ei ole valmis", False, (), "Ei ole valmis"),
        ("Done by Friday", False, (), "Done by Friday"),
        ("Valmis, paitsi liite", False, (), "Valmis, paitsi liite"),
        ("2: odotan tarjousta", False, (2,), "odotan tarjousta"),
        ("Odotan vielä.\n\nma 16.11.2026 klo 9.00 Luukku <a@b.example> kirjoitti:\n> Valmis", False, (), "Odotan vielä."),
        ("", False, (), ""),
    ],
)
def test_answer_says_what_its_writer_means(text: str, done: bool, numbers: tuple[int, ...] | None, words: str) -> None:
    said = read_answer(text)
    assert (said.done, said.numbers, said.words) == (done, numbers, words)


def _sent(cast: Cast, tag: str) -> EmailMultiAlternatives:
    """The one mail to the adviser whose answers go to such an address."""
    found = [each for each in outbox.outbox if each.to == [cast.adviser.someone.mail_address] and any(tag in to for to in each.reply_to)]
    (one,) = found
    return one  # type: ignore[return-value]


@pytest.fixture
def answered(store: MailStore, box: Mailbox, letter: Write) -> Answer:
    """An answer to a mail of ours, taken from the mailbox."""

    def answering(sent: EmailMultiAlternatives, words: str, *, sender: str = "", **headers: object) -> IncomingMail:
        store.deliver(letter(words, sender=sender or sent.to[0], to=sent.reply_to[0], subject=f"Re: {sent.subject}", **headers))
        poll(box.pk)
        return IncomingMail.objects.order_by("-id")[0]

    return answering


@pytest.fixture
def asked(box: Mailbox, followed: Plan, cast: Cast, run_jobs: Callable[..., int]) -> EmailMultiAlternatives:
    """The reminder of the measure as it came to the adviser."""
    with act_as_house("remind"):
        remind(timezone.now() + timedelta(days=40))
    run_jobs("luukku.core.tasks.send_mail")
    return _sent(cast, "+toim.")


@pytest.fixture
def tasks(box: Mailbox, cast: Cast, held: Meeting) -> list[Task]:
    """Two tasks of the adviser."""
    today = timezone.localdate()
    member = Membership.objects.get(group=held.group_id, person=cast.adviser.person)
    with act_as(cast.coordinator.actor) as by:
        days = (today + timedelta(days=1), today + timedelta(days=2))
        return [give_task(by=by, meeting=held, words=f"Tee asia {number}", membership=member, due_day=day) for number, day in enumerate(days, 1)]


@pytest.fixture
def of_tasks(tasks: list[Task], cast: Cast, run_jobs: Callable[..., int]) -> EmailMultiAlternatives:
    """The reminder of both, as it came to the adviser."""
    with act_as_house("remind"):
        governing.remind(timezone.localdate())
    run_jobs("luukku.core.tasks.send_mail")
    return _sent(cast, "+teht.")


def test_measure_is_ended_by_a_mail_that_says_done(asked: EmailMultiAlternatives, answered: Answer, measure: Measure) -> None:
    taken = answered(asked, "Valmis. Kävimme kaikissa.")
    assert (taken.fate, taken.case_id, taken.original_id) == (Fate.ANSWER, None, None)
    measure.refresh_from_db()
    assert measure.state == "done"
    assert Note.objects.filter(measure=measure).latest("id").words == "Kävimme kaikissa."
    assert not Case.objects.exists()


def test_other_words_become_a_note_of_the_measure(asked: EmailMultiAlternatives, answered: Answer, measure: Measure, cast: Cast) -> None:
    assert answered(asked, "Puolet käyty, loput joulukuussa.\n\nTerveisin\nAino").fate == Fate.ANSWER
    measure.refresh_from_db()
    assert measure.state == "going"
    note = Note.objects.filter(measure=measure).latest("id")
    assert (note.words, note.person) == ("Puolet käyty, loput joulukuussa.", cast.adviser.person)


def test_robots_strangers_and_made_up_addresses_change_nothing(asked: EmailMultiAlternatives, answered: Answer, measure: Measure) -> None:
    notes = Note.objects.count()
    assert answered(asked, "Valmis", Auto_Submitted="auto-replied").fate == Fate.AWAY
    assert answered(asked, "Valmis", sender="utelias@other.example").fate == Fate.CASE
    good = asked.reply_to[0]
    for wrong in (good.replace("toim.", "teht."), good.replace("@", "a@"), good.replace("toim.", "toim.9")):
        asked.reply_to = [wrong]
        assert answered(asked, "Valmis").fate == Fate.CASE
    measure.refresh_from_db()
    assert (measure.state == "done", Note.objects.count()) == (False, notes)


def test_answer_of_whose_seat_has_ended_changes_nothing(asked: EmailMultiAlternatives, answered: Answer, measure: Measure, cast: Cast) -> None:
    cast.adviser.someone.seats.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert answered(asked, "Valmis").fate == Fate.CASE
    measure.refresh_from_db()
    assert measure.state != "done"


def test_tasks_are_ended_and_told_of_by_their_numbers(of_tasks: EmailMultiAlternatives, answered: Answer, tasks: list[Task]) -> None:
    assert answered(of_tasks, "2: odotan tarjousta").fate == Fate.ANSWER
    assert answered(of_tasks, "Valmis 1. Lista on jaossa.").fate == Fate.ANSWER
    first, second = (Task.objects.get(pk=task.pk) for task in tasks)
    assert (first.done_at is not None, first.outcome) == (True, "Lista on jaossa.")
    assert (second.done_at, second.progress) == (None, "odotan tarjousta")


def test_done_without_a_number_ends_none_of_several(of_tasks: EmailMultiAlternatives, answered: Answer) -> None:
    assert answered(of_tasks, "Valmis").fate == Fate.ANSWER
    assert Task.objects.filter(done_at=None).count() == 2
    assert answered(of_tasks, "Kaikki valmiit").fate == Fate.ANSWER
    assert answered(of_tasks, "Valmis kaikki").fate == Fate.ANSWER
    assert not Task.objects.filter(done_at=None).exists()


def test_address_of_an_answer_is_each_mails_own(of_tasks: EmailMultiAlternatives, box: Mailbox) -> None:
    sent = OutgoingMail.objects.filter(kind="governance.tasks").latest("id")
    assert of_tasks.reply_to == [answer_address(box.address, "teht", sent.pk)]
    assert answer_address(box.address, "teht", sent.pk + 1).partition(f".{sent.pk + 1}.")[2] != of_tasks.reply_to[0].rpartition(".")[2]
    assert answer_address("", "teht", sent.pk) == ""


@pytest.fixture
def entry(cast: Cast) -> ClockEntry:
    """Something due in the year, which the adviser sees to."""
    today = timezone.localdate()
    with act_as(cast.coordinator.actor) as by:
        form = EntryForm("due", "Luvut koossa", today - timedelta(days=1), person=cast.adviser.someone)
        return add_entry(by=by, region=cast.here.region, form=form)


@pytest.fixture
def of_entry(box: Mailbox, entry: ClockEntry, cast: Cast, run_jobs: Callable[..., int]) -> EmailMultiAlternatives:
    with act_as_house("remind"):
        assert remind_of_entries(timezone.localdate()) == 1
    run_jobs("luukku.core.tasks.send_mail")
    return _sent(cast, "+vuosi.")


def test_day_of_the_year_is_told_of_and_ended_by_mail(of_entry: EmailMultiAlternatives, answered: Answer, entry: ClockEntry) -> None:
    assert answered(of_entry, "Valmis", sender="utelias@other.example").fate == Fate.CASE
    assert answered(of_entry, "Kaksi kuntaa puuttuu.").fate == Fate.ANSWER
    entry.refresh_from_db()
    assert (entry.progress, entry.done_at) == ("Kaksi kuntaa puuttuu.", None)
    assert answered(of_entry, "Valmis. Kaikki koossa.").fate == Fate.ANSWER
    entry.refresh_from_db()
    assert (entry.done_at is not None, entry.outcome) == (True, "Kaikki koossa.")


def test_answer_about_a_day_that_was_called_off_goes_to_the_door(
    of_entry: EmailMultiAlternatives, answered: Answer, entry: ClockEntry, cast: Cast
) -> None:
    with act_as(cast.coordinator.actor) as by:
        cancel_entry(by=by, entry=entry)
    assert answered(of_entry, "Valmis").fate == Fate.CASE
