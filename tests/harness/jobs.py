"""Runs queued jobs inside the test's own transaction, as the worker would: in turn, as nobody in particular."""

import json
from datetime import datetime

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

_NEXT = """
select id, task_name, args from procrastinate_jobs
where status = 'todo' and (scheduled_at is null or scheduled_at <= %s) and (%s::text is null or task_name = %s)
order by priority desc, id limit 1
"""


def queued_jobs() -> list[str]:
    """Names of the tasks that wait, in the order in which they would run."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs where status = 'todo' order by priority desc, id")
        return [name for (name,) in cursor.fetchall()]


def run_jobs(task: str | None = None, *, until: datetime | None = None, most: int = 200) -> int:
    """Run what is queued and due (of `task` only, if named) until nothing is left; returns how many ran. Errors come out."""
    moment, done = until or timezone.now(), 0
    while done < most:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [moment, task, task])
            row = cursor.fetchone()
            if row is None:
                return done
            job_id, name, args = row
            cursor.execute("update procrastinate_jobs set status = 'succeeded' where id = %s", [job_id])
        app.tasks[name](**(json.loads(args) if isinstance(args, str) else args))
        done += 1
    raise AssertionError(f"more than {most} jobs: one probably queues itself")
