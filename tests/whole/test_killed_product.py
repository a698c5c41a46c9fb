"""kill -9 of web, worker and database while people send needs and messages: what was acknowledged is there once, and its mail goes out."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest
from django.db import connection

from tests.cast import Cast, assemble
from tests.harness import processes
from tests.harness.client import Client
from tests.harness.processes import Installation, Live, Mailbox, Process, installation, wait_until
from tests.whole.patient_people import Acknowledged, adviser, customer

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT_ONCE = 3  # jobs that the worker has in hand
RECEIPTS = """select own_words, array_agg(message_id) from desk_case join core_outgoingmail
 on kind = 'desk.receipt' and subject_kind = 'desk.case' and subject_id = desk_case.id group by own_words"""


@dataclass
class House:
    """The product in an installation of its own: what a killer can hit."""

    own: Installation
    live: Live
    log: Path
    env: dict[str, str]
    worker: Process | None = None
    kills: Counter[str] = field(default_factory=Counter)

    def kill(self, victim: str) -> None:
        self.kills[victim] += 1
        if victim == "database":
            os.kill(self.own.main_process, signal.SIGKILL)
        elif victim == "worker":
            self.restart_worker()
        else:
            for each in psutil.Process(self.live.process.popen.pid).children(recursive=True):
                if not each.children():
                    os.kill(each.pid, signal.SIGKILL)

    def restart_worker(self) -> None:
        if self.worker is not None:
            self.worker.kill()
        command = [*processes.LUUKKU, "worker", "--stalled-after", "1", "--concurrency", str(AT_ONCE)]
        self.worker = processes.start(command, self.own.env(**self.env, LUUKKU_LOGIN="house"), self.log)

    def left(self) -> int:
        """Mails that still wait. A worker that met the dead database while it began is begun again, as its service says (Restart=always)."""
        if self.worker is not None and self.worker.popen.poll() is not None:
            self.restart_worker()
        return int(self.own.sql("select count(*) from core_outgoingmail where state = 'queued'")[0][0])


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def cookies(cast: Cast) -> dict[str, str]:
    """The adviser's, who has signed in."""
    browser = Client()
    browser.sign_in(cast.adviser.user)
    return {name: morsel.value for name, morsel in browser.cookies.items()}


@pytest.fixture
def house(cookies: dict[str, str], mail_server: Mailbox, tmp_path: Path) -> Iterator[House]:
    with installation() as own:
        own.take_over(str(connection.settings_dict["NAME"]))
        port = processes.free_port()
        url = f"http://127.0.0.1:{port}"
        env = mail_server.env | {"LUUKKU_BASE_URL": url}
        command = [*processes.LUUKKU, "serve", "--port", str(port), "--workers", "2", "--no-static"]
        live = Live(url, processes.start(command, own.env(**env), tmp_path / "web.log"))
        made = House(own, live, tmp_path / "worker.log", env)
        try:
            wait_until(lambda: _answers(live), 90, why=lambda: live.process.log[-3000:])
            made.restart_worker()
            yield made
        finally:
            if made.worker is not None:
                made.worker.kill()
            live.process.stop(30)


def _answers(live: Live) -> bool:
    try:
        return live.get("/health")[0] == 200
    except OSError:
        return False


@contextmanager
def _under_load(house: House, cast: Cast, cookies: dict[str, str]) -> Iterator[Acknowledged]:
    """Two customers and an adviser go on until the block ends, and then finish what they have begun."""
    said, stop, port = Acknowledged(), Event(), int(house.live.url.rpartition(":")[2])
    people = [Thread(target=customer, args=(name, port, cast.here.municipality.code, stop, said)) for name in ("Anna", "Bertta")]
    people.append(Thread(target=adviser, args=(port, cookies, stop, said)))
    for each in people:
        each.start()
    try:
        yield said
    finally:
        stop.set()
        for each in people:
            each.join()


def _kill_at_random(house: House, said: Acknowledged, victims: list[str]) -> None:
    moments = random.Random(3)
    for victim in victims:
        before = len(said)
        wait_until(lambda: said.given_up or len(said) > before + 1, 90, why=lambda: house.live.process.log[-3000:])  # noqa: B023
        assert not said.given_up
        time.sleep(moments.uniform(0, 0.4))
        house.kill(victim)


SHORT = ["database", "web", "worker", "database"]
LONG = [victim for _ in range(20) for victim in ("database", "web", "worker")] + ["database"] * 30


@pytest.mark.parametrize("victims", [pytest.param(SHORT, id="four"), pytest.param(LONG, id="ninety", marks=pytest.mark.long)])
def test_what_was_acknowledged_is_there_once_with_its_mail(
    house: House, cast: Cast, cookies: dict[str, str], mail_server: Mailbox, victims: list[str]
) -> None:
    with _under_load(house, cast, cookies) as said:
        _kill_at_random(house, said, victims)
    assert said.given_up == []
    assert len(said.needs) > len(victims)
    wait_until(lambda: not house.left(), 60 + len(victims), why=lambda: house.log.read_text()[-3000:])
    needs = Counter(words for (words,) in house.own.sql("select own_words from desk_case"))
    assert needs == Counter(said.needs), "one is lost, or was made twice"
    written = house.own.sql("select body, own_words from desk_message join desk_case on case_id = desk_case.id where body ~ '^(Vastaus|Lisään)'")
    assert sorted(written) == sorted(said.messages.items())
    receipts = dict(house.own.sql(RECEIPTS))
    assert {words: len(mails) for words, mails in receipts.items()} == dict.fromkeys(said.needs, 1)
    assert house.own.sql("select count(*) from core_outgoingmail where state <> 'sent'") == [(0,)]
    got = Counter(str(message["Message-ID"]) for message in mail_server.messages)
    assert set(got) == {ident for (ident,) in house.own.sql("select message_id from core_outgoingmail")}
    assert got.total() - len(got) <= AT_ONCE * (house.kills["worker"] + house.kills["database"]), "sent again without a kill"
    house.own.run("check", "data")
