"""A form sent twice does its work once, also when both come at the same moment."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from luukku.core.models import RateCount, Submission
from luukku.core.submissions import once

pytestmark = pytest.mark.engine


def _work(name: str) -> int:
    return RateCount.objects.create(caller=name, window=RateCount.objects.count()).pk


@pytest.mark.django_db
def test_the_second_sending_gets_the_first_ones_result() -> None:
    key = uuid.uuid4()
    with transaction.atomic():
        first = once(key, lambda: _work("a"))
        assert once(str(key), lambda: _work("a")) == first
    assert RateCount.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "", "not a key", "123"])
def test_without_a_key_the_work_is_done(key: str | None) -> None:
    with transaction.atomic():
        assert once(key, lambda: _work("a")) != once(key, lambda: _work("a"))
    assert Submission.objects.count() == 0


@pytest.mark.django_db
def test_another_key_is_another_form() -> None:
    with transaction.atomic():
        assert once(uuid.uuid4(), lambda: _work("a")) != once(uuid.uuid4(), lambda: _work("a"))


def _send(key: uuid.UUID, barrier: threading.Barrier, fail_first: threading.Event | None = None) -> int | None:
    def work() -> int:
        time.sleep(0.2)  # the other one waits in the database meanwhile
        if fail_first is not None and not fail_first.is_set():
            fail_first.set()
            raise RuntimeError("the first one breaks")
        return _work("a")

    try:
        barrier.wait(10)
        with transaction.atomic():
            return once(key, work)
    except RuntimeError:
        return None
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("senders", [2, 6])
def test_senders_at_the_same_moment_get_one_result(senders: int) -> None:
    key, barrier = uuid.uuid4(), threading.Barrier(senders)
    with ThreadPoolExecutor(senders) as pool:
        results = list(pool.map(lambda _: _send(key, barrier), range(senders)))
    assert len(set(results)) == 1
    assert RateCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_the_first_breaks_the_second_does_the_work() -> None:
    key, barrier, broken = uuid.uuid4(), threading.Barrier(2), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda _: _send(key, barrier, broken), range(2)))
    assert None in results
    assert RateCount.objects.count() == 1
    assert RateCount.objects.get().pk in results
