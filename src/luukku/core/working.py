"""The job worker: procrastinate, made to outlive restarts of the database and to take over the jobs of killed workers."""

import asyncio
import contextlib
import signal
import time
from dataclasses import dataclass

import psycopg
import structlog
from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from psycopg_pool import PoolTimeout

log = structlog.get_logger("luukku.worker")
LOST = (ConnectorException, psycopg.Error, PoolTimeout, OSError)
LONGEST_PAUSE = 10.0


@dataclass(frozen=True)
class Pace:
    """How many jobs at a time, and after how many seconds of silence a worker counts as dead."""

    concurrency: int = 3
    stalled_after: float = 30.0


async def work(pace: Pace) -> None:
    """Run jobs until SIGTERM or SIGINT. When the database goes away, wait for it and go on."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    pause = 0.5
    while not stop.is_set():
        started = time.monotonic()
        await _until(stop, asyncio.create_task(_work_once(pace)))
        await sync_to_async(connections.close_all)()  # the thread that queues periodic jobs
        pause = 0.5 if time.monotonic() - started > LONGEST_PAUSE else min(LONGEST_PAUSE, pause * 2)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _until(stop: asyncio.Event, running: "asyncio.Task[None]") -> None:
    """Wait for the work to end: because we are told to stop (jobs in hand are finished first), or because the database is gone."""
    told = asyncio.create_task(stop.wait())
    await asyncio.wait((running, told), return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not running.done():
        running.cancel()
    try:
        await running
    except asyncio.CancelledError:
        return
    except LOST as error:
        log.warning("database lost", error=type(error).__name__)
    except ExceptionGroup as group:
        if group.split(LOST)[1] is not None:
            raise
        log.warning("database lost", error="several")
    else:
        log.warning("worker ended", why="the database is gone")


async def _work_once(pace: Pace) -> None:
    runner = _runner()
    async with runner.open_async():
        rescuer = asyncio.create_task(_rescue(runner, pace.stalled_after))
        try:
            await runner.run_worker_async(
                concurrency=pace.concurrency,
                delete_jobs="successful",
                update_heartbeat_interval=pace.stalled_after / 3,
                stalled_worker_timeout=pace.stalled_after,
                fetch_job_polling_interval=5,
                shutdown_graceful_timeout=15,
                install_signal_handlers=False,
            )
        finally:
            rescuer.cancel()
            with contextlib.suppress(asyncio.CancelledError, *LOST):
                await rescuer


def _runner() -> App:
    """An app with a connection pool of its own that runs our tasks.

    Not `replace_connector`, which would let jobs queue other jobs outside their own transaction.
    """
    runner = DjangoApp(connector=app.connector.get_worker_connector())  # type: ignore[attr-defined]
    runner.tasks = app.tasks
    runner.periodic_registry = app.periodic_registry
    return runner


async def _rescue(runner: App, stalled_after: float) -> None:
    """Put the jobs of killed workers back in the queue; jobs are written so that running them twice does no harm."""
    while True:
        for job in await runner.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after):
            log.warning("job of a dead worker", job=job.id, task=job.task_name)
            try:
                await runner.job_manager.retry_job(job)
            except (AlreadyEnqueued, UniqueViolation):  # an equal one waits already, perhaps for the lock that this one holds
                await runner.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        await asyncio.sleep(stalled_after / 2)
