"""kill -9 of the web processes at any moment: what was acknowledged is there, with its mail; what was not may be sent again safely."""

import os
import random
import signal
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path

import psutil
import pytest

from luukku.core.models import OutgoingMail, RateCount
from tests.factories.network import RegionFactory
from tests.harness.processes import Live, wait_until, web_server

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def taking(tmp_path: Path, transactional_db: None) -> Iterator[Live]:
    RegionFactory.create()
    with web_server(tmp_path / "log", workers=2, LUUKKU_TEST_URLS="tests.sample.urls") as live:
        yield live


def _send(live: Live, key: str) -> int | None:
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{live.url}/sample/take/{key}", method="POST"), timeout=10) as answer:
            return int(answer.read())
    except (OSError, HTTPException, ValueError):  # the connection broke off, at whatever point
        return None


def _keep_sending(live: Live, stop: threading.Event, acknowledged: dict[str, int]) -> None:
    """As a person would: the same form again until it is acknowledged."""
    while not stop.is_set():
        key = str(uuid.uuid4())
        while key not in acknowledged and not stop.is_set():
            number = _send(live, key)
            if number is None:
                time.sleep(0.05)
            else:
                acknowledged[key] = number


def _more_than(acknowledged: dict[str, int], count: int) -> bool:
    return len(acknowledged) > count


@pytest.mark.parametrize("kills", [pytest.param(4), pytest.param(150, marks=pytest.mark.long)])
def test_what_was_acknowledged_is_there_once_with_its_mail(taking: Live, kills: int) -> None:
    stop, moments = threading.Event(), random.Random(5)
    acknowledged: dict[str, int] = {}
    senders = [threading.Thread(target=_keep_sending, args=(taking, stop, acknowledged)) for _ in range(3)]
    for sender in senders:
        sender.start()
    for _ in range(kills):
        wait_until(partial(_more_than, acknowledged, len(acknowledged)), 60)
        time.sleep(moments.uniform(0, 0.5))
        web = [each for each in psutil.Process(taking.process.popen.pid).children(recursive=True) if not each.children()]
        for victim in web:
            with suppress(ProcessLookupError):  # it fell with the one before it
                os.kill(victim.pid, signal.SIGKILL)
    stop.set()
    for sender in senders:
        sender.join()
    assert len(acknowledged) >= kills
    kept = dict(RateCount.objects.values_list("caller", "pk"))
    assert {key: kept.get(key) for key in acknowledged} == acknowledged
    assert len(kept) == RateCount.objects.count(), "a form sent again made a second thing"
    assert OutgoingMail.objects.count() == len(kept), "a thing without its mail, or a mail without its thing"
