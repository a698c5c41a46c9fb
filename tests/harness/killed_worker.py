"""Kills a job worker at the worst moment: while whoever takes its messages holds one that it has just taken, and has not said so."""

import random
import time
from pathlib import Path
from typing import Any

from django.db import connection

from tests.harness.gateway import Gateway
from tests.harness.processes import Mailbox, Process, job_worker


def left() -> int:
    """Messages that have not gone out."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from core_outgoingmail where state <> 'sent'")
        return int(cursor.fetchone()[0])


def kill_after_acceptance(taker: Mailbox | Gateway, path: Path, kills: int) -> int:
    """Keep a worker alive until everything has gone out, and kill it `kills` times between acceptance and commit. Returns the kills done."""
    done, running = 0, _worker(taker, path, 0)
    may_kill = random.Random(7)

    def kill(_message: Any) -> None:
        nonlocal done
        if done < kills and may_kill.random() < 0.7:
            done += 1
            running.kill()

    taker.on_message = kill
    end = time.monotonic() + 60 + kills * 6
    while left():
        assert time.monotonic() < end, f"{left()} messages left; {running.log[-2000:]}"
        if running.popen.poll() is not None:
            running = _worker(taker, path, done)
        time.sleep(0.05)
    running.kill()
    return done


def _worker(taker: Mailbox | Gateway, path: Path, number: int) -> Process:
    return job_worker(path / f"{number}.log", "--stalled-after", "1", "--concurrency", "1", **taker.env)
