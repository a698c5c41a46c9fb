"""`luukku worker` against what happens to workers and databases."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from luukku.core.models import RateCount
from tests.harness import database
from tests.harness.processes import Process, job_worker, wait_until
from tests.sample.tasks import count_up, fail

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
Start = Callable[[], Process]


@pytest.fixture
def start(tmp_path: Path, transactional_db: None) -> Iterator[Start]:
    started: list[Process] = []

    def begin() -> Process:
        started.append(job_worker(tmp_path / f"{len(started)}.log", "--stalled-after", "1"))
        return started[-1]

    yield begin
    for process in started:
        process.kill()


def _ran(name: str) -> bool:
    return RateCount.objects.filter(caller=name).exists()


def _kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name like '%%count_up'")
        return int(cursor.fetchone()[0])


def test_it_runs_what_is_queued_and_forgets_what_is_done(start: Start) -> None:
    count_up.defer(name="first")
    process = start()
    wait_until(lambda: _ran("first"), why=lambda: process.log)
    wait_until(lambda: not _kept(), why=lambda: process.log)
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(distinct usename::text) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            " and backend_type = 'client backend'"  # not the server's own, as autovacuum
        )
        assert cursor.fetchone()[0] == ["luukku_house"]


def test_it_goes_on_when_the_database_has_thrown_it_out(start: Start) -> None:
    process = start()
    count_up.defer(name="before")
    wait_until(lambda: _ran("before"), why=lambda: process.log)
    for round_ in range(3):
        with database.superuser() as server:
            server.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = 'luukku_house'",
                [connection.settings_dict["NAME"]],
            )
        count_up.defer(name=f"after {round_}")
        wait_until(partial(_ran, f"after {round_}"), 30, why=lambda: process.log)
    assert process.popen.poll() is None
    assert process.stop() == 0


def test_it_takes_over_the_job_of_a_dead_worker(start: Start) -> None:
    count_up.defer(name="left behind")
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id")
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s", [cursor.fetchone()[0]])
    process = start()
    wait_until(lambda: _ran("left behind"), why=lambda: process.log)


def test_sigterm_ends_it_cleanly(start: Start) -> None:
    process = start()
    count_up.defer(name="last")
    wait_until(lambda: _ran("last"), why=lambda: process.log)
    assert process.stop() == 0


def test_a_job_that_fails_is_logged_by_place_without_its_words(start: Start) -> None:
    fail.defer()
    process = start()
    wait_until(lambda: "RuntimeError" in process.log, why=lambda: process.log)
    assert "tasks.py" in process.log
    assert "Fanny" not in process.log


def test_dead_workers_job_gives_way_to_an_equal_one_that_waits(start: Start) -> None:
    """Both cannot wait under one queueing lock; left as it is, the dead one would hold the lock of the other for ever, and the rescuer would die of it."""
    equal = count_up.configure(lock="one at a time", queueing_lock="one waits")
    equal.defer(name="of the dead")
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id")
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s", [cursor.fetchone()[0]])
    equal.defer(name="waiting")
    count_up.defer(name="another of the dead")
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = (select max(worker_id) from procrastinate_jobs)"
                       " where args->>'name' = 'another of the dead'")  # fmt: skip
    process = start()
    wait_until(lambda: _ran("waiting"), why=lambda: process.log)
    wait_until(lambda: _ran("another of the dead"), why=lambda: process.log)
    assert not _ran("of the dead")
