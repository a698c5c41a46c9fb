"""Outgoing mail: what is queued, what is sent, what is tried again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import transaction
from django.utils import timezone

from luukku.core.mail import queue
from luukku.core.mail.sending import MAX_ATTEMPTS, due_mail_ids, send_one
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


def test_after_two_days_of_refusals_the_mail_is_failed(subject: Region, real_mail: Mailbox) -> None:
    real_mail.answers = ["451 no"] * MAX_ATTEMPTS
    queued, start = queue("sample.note", subject), timezone.now()
    for _ in range(MAX_ATTEMPTS):
        queued.refresh_from_db()
        with time_machine.travel(queued.due_at, tick=False):
            send_one(queued.pk)
    queued.refresh_from_db()
    assert queued.state == MailState.FAILED
    assert timedelta(days=1) < queued.due_at - start < timedelta(days=4)


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
