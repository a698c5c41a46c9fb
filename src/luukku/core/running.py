"""Keeps programs running beside each other: starts them, starts again what dies, stops all when told to."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

import structlog

log = structlog.get_logger("luukku.serve")
GRACE_SECONDS = 20.0
LONGEST_PAUSE = 30.0
_DIE_WITH_PARENT = 1  # prctl(PR_SET_PDEATHSIG), Linux


@dataclass
class Child:
    """A program to keep running; `env` comes on top of ours."""

    name: str
    command: Sequence[str]
    env: dict[str, str] = field(default_factory=dict)
    popen: "subprocess.Popen[bytes] | None" = None
    pause: float = 0.0
    again_at: float = 0.0
    started_at: float = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.popen = subprocess.Popen(
            list(self.command),
            env=os.environ | self.env,
            stdin=subprocess.DEVNULL,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (one thread only)
            start_new_session=True,
        )
        log.info("started", program=self.name, pid=self.popen.pid)

    def tend(self) -> None:
        """Start it again when it has died, with growing pauses while it dies at once."""
        now = time.monotonic()
        if self.popen is not None and self.popen.poll() is not None:
            self.pause = 0.5 if now - self.started_at > LONGEST_PAUSE else min(LONGEST_PAUSE, max(0.5, self.pause * 2))
            log.warning("ended by itself", program=self.name, code=self.popen.returncode, again_in=self.pause)
            self.popen, self.again_at = None, now + self.pause
        if self.popen is None and now >= self.again_at:
            self.start()


def _die_with_parent() -> None:
    """So that nobody is left behind when the parent is killed by force (Linux; elsewhere the ports free themselves by hand)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


class Keeper:
    """Runs children until SIGTERM, SIGINT or SIGHUP. `watch` is called every turn to mend what they stand on."""

    def __init__(self, children: Sequence[Child], watch: Callable[[], None] | None = None) -> None:
        self.children = children
        self.watch = watch
        self._told_to_stop = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            while not self._told_to_stop:
                for child in self.children:
                    child.tend()
                if self.watch:
                    self.watch()
                time.sleep(0.2)
        finally:
            self._end_all()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._told_to_stop = True

    def _end_all(self) -> None:
        """SIGTERM to all at once, SIGKILL to those that do not go."""
        running = [child.popen for child in self.children if child.popen is not None and child.popen.poll() is None]
        for popen in running:
            popen.terminate()
        end = time.monotonic() + GRACE_SECONDS
        for popen in running:
            try:
                popen.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(popen.pid, signal.SIGKILL)
                popen.wait()
