"""`luukku worker`: runs queued jobs and what is due by the clock. Any number may run."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from luukku.core.working import Pace, work


class Command(BaseCommand):
    help = "Runs jobs: sends mail, matches needs, sweeps. Logs in as luukku_house; stops cleanly on SIGTERM or Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=Pace.concurrency, help="jobs at a time")
        parser.add_argument("--stalled-after", type=float, default=Pace.stalled_after, help="seconds of silence after which a worker counts as dead")

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(work(Pace(options["concurrency"], options["stalled_after"])))
