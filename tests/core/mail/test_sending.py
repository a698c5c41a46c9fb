"""Outgoing mail: what is queued, what is sent, what is tried again."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from luukku.core.mail import MailContent, MailKind, mail_kinds, queue, queue_for_each, sending
from luukku.core.mail.sending import MAX_ATTEMPTS, due_mail_ids, make_message, send_due, send_one
from luukku.core.models import MailState, OutgoingMail
from luukku.network.models import Region
from tests.factories.network import RegionFactory
from tests.harness.jobs import queued_jobs
from tests.harness.processes import Mailbox

RunJobs = Callable[..., int]


@pytest.fixture
def subject(db: None) -> Region:
    return RegionFactory.create()


def test_mail_leaves_with_its_headers_when_its_job_runs(subject: Region, run_jobs: RunJobs) -> None:
    queued = queue("sample.note", subject)
    assert django_mail.outbox == []
    assert run_jobs() == 1
    (sent,) = django_mail.outbox
    assert (sent.to, sent.subject, sent.reply_to) == ([f"a{subject.pk}@customer.example"], f"Asia {subject.pk}", ["door@luukku.example"])
    assert sent.extra_headers["Message-ID"] == queued.message_id
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert isinstance(sent, django_mail.EmailMultiAlternatives)
    assert [kind for _, kind in sent.alternatives] == ["text/html"]
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (MailState.SENT, 1)
    assert queued.sent_at is not None


def test_nothing_is_queued_when_the_change_is_rolled_back(subject: Region) -> None:
    with transaction.atomic():
        queue("sample.note", subject)
        transaction.set_rollback(True)
    assert (queued_jobs(), OutgoingMail.objects.count()) == ([], 0)


def test_an_unknown_kind_is_an_error_at_once(subject: Region) -> None:
    with pytest.raises(KeyError):
        queue("sample.unknown", subject)


@pytest.mark.parametrize("fact", ["Kaisa Kahvila", "kaisa@customer.example", "Soita minulle!", "x" * 65])
def test_what_somebody_wrote_is_not_queued(subject: Region, fact: str) -> None:
    with pytest.raises(ValueError, match="ids and short codes"):
        queue("sample.note", subject, said=fact)
    with pytest.raises(ValueError, match="ids and short codes"):
        queue_for_each("sample.note", Region, [subject.pk], said=fact)
    assert not OutgoingMail.objects.exists()


def test_a_mail_that_nobody_needs_any_more_is_not_sent(subject: Region, run_jobs: RunJobs) -> None:
    queued = queue("sample.note", subject, gone=1)
    run_jobs()
    queued.refresh_from_db()
    assert (queued.state, django_mail.outbox) == (MailState.GONE, [])


def test_a_mail_is_sent_once_however_often_its_job_runs(subject: Region) -> None:
    queued = queue("sample.note", subject)
    for _ in range(3):
        send_one(queued.pk)
    assert len(django_mail.outbox) == 1


def test_a_refusal_is_tried_again_later(subject: Region, real_mail: Mailbox) -> None:
    real_mail.answers = ["451 try again later"]
    queued = queue("sample.note", subject)
    send_one(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.attempts, queued.error) == (MailState.QUEUED, 1, "SMTPDataError 451")
    assert due_mail_ids() == []
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert due_mail_ids() == [queued.pk]
        send_one(queued.pk)
    queued.refresh_from_db()
    assert queued.state == MailState.SENT
    assert [message["Message-ID"] for message in real_mail.messages] == [queued.message_id]


def test_after_a_day_of_refusals_the_mail_is_failed(subject: Region, real_mail: Mailbox) -> None:
    real_mail.answers = ["451 no"] * MAX_ATTEMPTS
    queued = queue("sample.note", subject)
    start = last = queued.due_at
    for _ in range(MAX_ATTEMPTS):
        queued.refresh_from_db()
        last = queued.due_at
        with time_machine.travel(last, tick=False):
            send_one(queued.pk)
    queued.refresh_from_db()
    assert queued.state == MailState.FAILED
    assert last - start == timedelta(seconds=30 * (sum(2**n for n in range(1, 11)) + 2**10))


def test_a_server_that_does_not_answer_loses_nothing(subject: Region, real_mail: Mailbox, settings: object) -> None:
    settings.EMAIL_PORT = 1  # type: ignore[attr-defined]  # nobody listens there
    queued = queue("sample.note", subject)
    send_one(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, queued.error) == (MailState.QUEUED, "ConnectionRefusedError")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_mail_says_its_language(subject: Region, real_mail: Mailbox, language: str) -> None:
    queue("sample.note", subject, language=language)
    send_one(OutgoingMail.objects.get().pk)
    assert real_mail.messages[0]["Content-Language"] == language


def _wrong(mail: OutgoingMail) -> MailContent | None:
    raise ValueError("Fanny Founder")


def _wrong_in_the_database(mail: OutgoingMail) -> MailContent | None:
    with connection.cursor() as cursor:
        cursor.execute("select 1 / 0")
    return None


def _without_template(mail: OutgoingMail) -> MailContent | None:
    return MailContent("a@customer.example", "fi")


@pytest.mark.parametrize(
    ("build", "error"), [(_wrong, "ValueError"), (_wrong_in_the_database, "DataError"), (_without_template, "TemplateDoesNotExist")]
)
def test_a_mail_that_cannot_be_made_fails_in_the_end_and_holds_up_no_other(
    subject: Region, monkeypatch: pytest.MonkeyPatch, build: Callable[[OutgoingMail], MailContent | None], error: str
) -> None:
    monkeypatch.setitem(mail_kinds._entries, "sample.broken", MailKind("sample/mail/none", build, "None"))
    broken, good = queue("sample.broken", subject), queue("sample.note", subject)
    for attempt in range(MAX_ATTEMPTS):
        broken.refresh_from_db()
        assert (broken.state, broken.attempts) == (MailState.QUEUED, attempt)
        with time_machine.travel(max(broken.due_at, good.due_at), tick=False):
            send_due()
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, broken.attempts, broken.error) == (MailState.FAILED, MAX_ATTEMPTS, error)
    assert (good.state, len(django_mail.outbox)) == (MailState.SENT, 1)


def test_a_mail_whose_row_cannot_be_written_holds_up_no_other(subject: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = queue("sample.note", subject), queue("sample.note", subject)
    tried = []

    def send(mail_id: int) -> None:
        tried.append(mail_id)
        if mail_id == first.pk:
            raise OperationalError

    monkeypatch.setattr(sending, "send_one", send)
    with time_machine.travel(second.due_at + timedelta(seconds=1), tick=False):
        send_due()
    assert tried == [first.pk, second.pk]


@pytest.mark.parametrize("name", ["Koski, Maa & Co", "Päijät-Häme", 'Say "hello"'])
def test_the_sender_keeps_her_name_whatever_is_in_it(subject: Region, name: str) -> None:
    message = make_message(
        queue("sample.note", subject), "sample/mail/note", MailContent("a@customer.example", "fi", {"number": 1}, sender_name=name)
    )
    sender = message_from_bytes(message.message().as_bytes(), policy=policy.default)["From"].addresses
    assert [(each.display_name, each.addr_spec) for each in sender] == [(name, "luukku@luukku.example")]
