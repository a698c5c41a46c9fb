"""`luukku serve` and `luukku worker` as real processes."""

import json
import os
import signal
import socket
import subprocess
from pathlib import Path

import psutil
import pytest
from django.core.management import CommandError
from django.db import connection

from luukku.core.management.commands.serve import require_free
from tests.harness import processes
from tests.harness.processes import Live, wait_until

pytestmark = pytest.mark.engine


def test_health_answers_over_http(live: Live) -> None:
    status, headers, body = live.get("/health")
    assert (status, json.loads(body)) == (200, {"ok": True, "database": True, "migrations": True, "mail": True})
    assert headers["content-type"] == "application/json"


def test_a_killed_web_process_is_replaced(live: Live) -> None:
    web = [each for each in psutil.Process(live.process.popen.pid).children(recursive=True) if not each.children()]
    os.kill(max(each.pid for each in web), signal.SIGKILL)
    wait_until(lambda: _healthy(live), why=lambda: live.process.log)


def test_web_processes_share_what_they_have_read(live: Live) -> None:
    live.get("/health")
    memory = [each.memory_full_info() for each in psutil.Process(live.process.popen.pid).children(recursive=True) if not each.children()]
    assert memory
    assert all(each.uss < 0.6 * each.rss for each in memory), memory


def test_a_killed_server_is_started_again(live: Live) -> None:
    (granian,) = psutil.Process(live.process.popen.pid).children()
    os.killpg(granian.pid, signal.SIGKILL)
    wait_until(lambda: not granian.is_running())
    wait_until(lambda: _healthy(live), why=lambda: live.process.log)


def test_sigterm_ends_everything(live: Live) -> None:
    everyone = psutil.Process(live.process.popen.pid).children(recursive=True)
    assert live.process.stop() == 0
    wait_until(lambda: not any(each.is_running() for each in everyone))


def test_nobody_is_left_when_serve_is_killed_by_force(live: Live) -> None:
    everyone = psutil.Process(live.process.popen.pid).children(recursive=True)
    os.kill(live.process.popen.pid, signal.SIGKILL)
    wait_until(lambda: not any(each.is_running() for each in everyone))


def test_port_that_another_program_holds_is_told_before_anything_starts() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the web server's own processes do
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"PORT={port + 1}"):
            require_free("127.0.0.1", port)
    require_free("127.0.0.1", port)


@pytest.mark.django_db(transaction=True)
def test_web_and_worker_run_in_one_command(tmp_path: Path) -> None:
    port = processes.free_port()
    command = [*processes.LUUKKU, "serve", "--worker", "--workers", "1", "--port", str(port), "--no-static"]
    process = processes.start(command, processes.environment("web"), tmp_path / "log")
    try:
        wait_until(lambda: _logins() >= {"luukku_house"}, why=lambda: process.log)
        assert process.stop() == 0
    finally:
        process.kill()


def test_an_unknown_command_fails() -> None:
    done = subprocess.run([*processes.LUUKKU, "no-such-command"], capture_output=True, env=processes.environment("owner"), check=False)
    assert done.returncode == 1


def _healthy(live: Live) -> bool:
    try:
        return live.get("/health")[0] == 200
    except OSError:
        return False


def _logins() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("select distinct usename::text from pg_stat_activity where datname = current_database()")
        return {name for (name,) in cursor.fetchall()}
