"""kill -9 of the worker at the worst moment: no mail is lost, and one that goes twice carries the same Message-ID."""

import random
import threading
from collections import Counter
from pathlib import Path

import pytest

from luukku.core.mail import queue
from luukku.core.models import MailState, OutgoingMail
from tests.factories.network import RegionFactory
from tests.harness.killed_worker import kill_after_acceptance, left
from tests.harness.processes import Mailbox, job_worker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True)]


def _queue(number: int) -> list[str]:
    region = RegionFactory.create()
    return [queue("sample.note", region).message_id for _ in range(number)]


@pytest.mark.parametrize("kills", [pytest.param(4), pytest.param(200, marks=pytest.mark.long)])
def test_a_kill_between_acceptance_and_commit_sends_again_with_the_same_id(kills: int, mail_server: Mailbox, tmp_path: Path) -> None:
    wanted = _queue(kills + 4)
    done = kill_after_acceptance(mail_server, tmp_path, kills)
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
    wait_until(lambda: not left(), 60, why=lambda: last.log[-2000:])
    last.kill()
    assert {message["Message-ID"] for message in mail_server.messages} == set(wanted)
