"""kill -9 of the worker at the worst moment: no mail is lost, and one that goes twice carries the same Message-ID."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import connection

from luukku.core.mail import queue
from luukku.core.models import MailState, OutgoingMail
from tests.factories.network import RegionFactory
from tests.harness.processes import Mailbox, Process, job_worker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True)]
StartWorker = Callable[..., Process]


def _queue(number: int) -> list[str]:
    region = RegionFactory.create()
    return [queue("sample.note", region).message_id for _ in range(number)]


def _left() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from core_outgoingmail where state <> 'sent'")
        return int(cursor.fetchone()[0])


def _kill_after_acceptance(mailbox: Mailbox, path: Path, kills: int, mails: int) -> int:
    """Keep a worker alive; each time it is killed while the server holds a mail it has just taken. Returns the kills done."""
    done, running = 0, job_worker(path / "0.log", "--stalled-after", "1", "--concurrency", "1", **mailbox.env)
    may_kill = random.Random(7)

    def kill(message: EmailMessage) -> None:
        nonlocal done
        if done < kills and may_kill.random() < 0.7:
            done += 1
            running.kill()

    mailbox.on_message = kill
    end = time.monotonic() + 60 + kills * 6
    while _left():
        assert time.monotonic() < end, f"{_left()} of {mails} mails left; {running.log[-2000:]}"
        if running.popen.poll() is not None:
            running = job_worker(path / f"{done}.log", "--stalled-after", "1", "--concurrency", "1", **mailbox.env)
        time.sleep(0.05)
    running.kill()
    return done


@pytest.mark.parametrize("kills", [pytest.param(4), pytest.param(200, marks=pytest.mark.long)])
def test_a_kill_between_acceptance_and_commit_sends_again_with_the_same_id(kills: int, mail_server: Mailbox, tmp_path: Path) -> None:
    wanted = _queue(kills + 4)
    done = _kill_after_acceptance(mail_server, tmp_path, kills, len(wanted))
    got = Counter(message["Message-ID"] for message in mail_server.messages)
    assert set(got) == set(wanted)
    assert done == kills
    assert len(wanted) < sum(got.values()) <= len(wanted) + kills  # some did go twice, or the test proves nothing
    assert OutgoingMail.objects.filter(state=MailState.SENT, sent_at__isnull=False).count() == len(wanted)


@pytest.mark.parametrize("kills", [pytest.param(3), pytest.param(100, marks=pytest.mark.long)])
def test_kills_at_any_moment_lose_no_mail(kills: int, mail_server: Mailbox, tmp_path: Path) -> None:
    wanted: list[str] = []
    moments = random.Random(11)
    for number in range(kills):
        wanted += _queue(3)
        running = job_worker(tmp_path / f"{number}.log", "--stalled-after", "1", **mail_server.env)
        killer = threading.Timer(moments.uniform(0.5, 2.5), running.kill)
        killer.start()
        killer.join()
    last = job_worker(tmp_path / "last.log", "--stalled-after", "1", **mail_server.env)
    wait_until(lambda: not _left(), 60, why=lambda: last.log[-2000:])
    last.kill()
    assert {message["Message-ID"] for message in mail_server.messages} == set(wanted)
