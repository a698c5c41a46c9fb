"""kill -9 of the worker in the middle of a backlog: every mail becomes one case, and a real worker empties the mailbox by itself.

And of the worker that sends text messages: none is lost, and one that goes twice carries the same id.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from luukku.core.actor import HOUSE, PUBLIC, act_as, act_as_house
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.mailboxes import MailboxForm, set_mailbox
from luukku.desk.models import Mailbox
from tests.cast import Cast, assemble
from tests.desk.mail.conftest import ADDRESS, Write
from tests.harness.gateway import text_gateway
from tests.harness.killed_worker import kill_after_acceptance
from tests.harness.mailstore import PASSWORD, USER, MailStore
from tests.harness.processes import Mailbox as MailServer
from tests.harness.processes import Process, job_worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def _cases() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from desk_case")
        return int(cursor.fetchone()[0])


def _backlog(letter: Write, count: int) -> Iterator[EmailMessage]:
    for number in range(count):
        yield letter(f"Asia numero {number}: tarvitsen neuvoa yritykselleni.", sender=f"asiakas{number}@customer.example", subject=f"Asia {number}")


def _kill_when(running: Process, wanted: int) -> None:
    wait_until(lambda: _cases() >= wanted, 90, pause=0.01, why=lambda: running.log[-2000:])
    running.kill()


@pytest.mark.parametrize(("count", "kills"), [pytest.param(60, 3), pytest.param(600, 40, marks=pytest.mark.long)])
def test_killed_workers_take_every_mail_in_once(
    store: MailStore, box: Mailbox, letter: Write, tmp_path: Path, mail_server: MailServer, count: int, kills: int
) -> None:
    store.deliver_all(_backlog(letter, count))
    moments = random.Random(5)
    for number in range(kills):
        before = _cases()
        running = job_worker(tmp_path / f"{number}.log", "--stalled-after", "1", **mail_server.env)
        wanted = min(count - 1, before + moments.randint(1, max(2, count // kills)))
        _kill_when(running, wanted)
    assert _cases() < count or kills > 3, "the killing came too late to prove anything"
    last = job_worker(tmp_path / "last.log", "--stalled-after", "1", **mail_server.env)
    try:
        wait_until(lambda: _cases() >= count and store.count("UNSEEN") == 0, 120 + count / 4, pause=0.5, why=lambda: last.log[-2000:])
    finally:
        last.kill()
    with connection.cursor() as cursor:
        cursor.execute("select count(*), count(distinct own_words) from desk_case")
        assert cursor.fetchone() == (count, count)
        cursor.execute("select count(*), count(distinct uid), count(*) filter (where fate <> 'case') from desk_incomingmail")
        assert cursor.fetchone() == (count, count, 0)


@pytest.mark.parametrize("count", [pytest.param(120), pytest.param(10_000, marks=pytest.mark.long)])
def test_backlog_is_taken_in_with_progress_to_be_seen(store: MailStore, box: Mailbox, letter: Write, count: int) -> None:
    from luukku.desk.actions.mail_poll import poll

    store.deliver_all(_backlog(letter, count))
    seen: list[int] = []
    more, end = True, time.monotonic() + 60 + count / 5
    while more:
        assert time.monotonic() < end, f"{_cases()} of {count}"
        more = poll(box.pk, seconds=1 if count < 1000 else 30)
        box.refresh_from_db()
        seen.append(box.left)
        assert box.taken_now + box.left in (count, 0)
    assert (_cases(), store.count("UNSEEN")) == (count, 0)
    assert seen == sorted(seen, reverse=True)
    assert len(seen) > 1


@pytest.mark.parametrize("kills", [pytest.param(3), pytest.param(100, marks=pytest.mark.long)])
def test_a_kill_between_the_gateways_acceptance_and_commit_sends_the_text_again_with_the_same_id(
    cast: Cast, settings: Settings, tmp_path: Path, kills: int
) -> None:
    with text_gateway() as gateway:
        settings.LUUKKU_TEXT_URL = gateway.url
        for number in range(kills + 3):
            need = NeedForm(
                region=cast.here.region, municipality=cast.here.municipality, words=f"Asia {number}", language="fi", phone=f"040 555 {number:04}"
            )
            with act_as(PUBLIC):
                send_need(by=PUBLIC, need=need)
        done = kill_after_acceptance(gateway, tmp_path, kills)
    wanted = dict(OutgoingMail.objects.filter(state=MailState.SENT, sent_at__isnull=False).values_list("message_id", "kind"))
    got = Counter(each["id"] for each in gateway.taken)
    assert (set(got), len(wanted), set(wanted.values())) == (set(wanted), kills + 3, {"desk.receipt"})
    assert done == kills
    assert len(wanted) < got.total() <= len(wanted) + kills  # some did go twice, or the test proves nothing
    assert len({(each["id"], each["to"], each["text"]) for each in gateway.taken}) == len(wanted), "sent again with other words"


@pytest.fixture
def box(store: MailStore, cast: Cast) -> Mailbox:
    form = MailboxForm(ADDRESS, "127.0.0.1", store.port, "none", USER, password=PASSWORD)
    with act_as_house("set up a mailbox"):
        return set_mailbox(by=HOUSE, region=cast.here.region, form=form)
