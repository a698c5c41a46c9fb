"""Real processes over the test's own database: web server, job worker, mail server. They log in as in real life."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

from luukku.core.postgres import Server, embedded
from luukku.core.roles import create_database, create_roles
from tests.harness import database

ROOT = Path(__file__).resolve().parent.parent.parent
OWN_CODE = os.pathsep.join((str(ROOT), str(ROOT / "src")))  # of this checkout, wherever the package is installed from
LUUKKU = [sys.executable, "-m", "luukku.config.cli"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_urls(name: str) -> dict[str, str]:
    """The three logins' addresses of a database on the test server."""
    host = quote(str(database.server().socket_dir), safe="")
    names = {"owner": "DATABASE_URL", "web": "DATABASE_URL_WEB", "house": "DATABASE_URL_HOUSE"}
    return {variable: f"postgresql://luukku_{login}@{host}/{name}" for login, variable in names.items()}


def environment(login: str, **more: str) -> dict[str, str]:
    """What a process needs to work on the database of the running test."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    ours = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": OWN_CODE,
        "PYTHONWARNINGS": "default",
        "LUUKKU_TEST_DATABASES": "given",
        "LUUKKU_TEST_VAR": str(settings.LUUKKU_VAR),
        "LUUKKU_LOGIN": login,
    }
    return inherited | ours | database_urls(str(connection.settings_dict["NAME"])) | more


@dataclass
class Process:
    """A running program; its output is in `log`."""

    popen: "subprocess.Popen[bytes]"
    log_path: Path

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def kill(self) -> None:
        """kill -9, with all its children."""
        if self.popen.poll() is None:
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait(10)

    def stop(self, seconds: float = 15) -> int:
        """SIGTERM; the exit code. Kills it when it does not go in time, and says so."""
        if self.popen.poll() is None:
            self.popen.terminate()
        try:
            return self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"did not stop within {seconds} s:\n{self.log[-3000:]}") from None


def start(command: list[str], env: dict[str, str], log_path: Path) -> Process:
    """Start a program in a process group of its own."""
    with log_path.open("ab") as log:
        popen = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    return Process(popen, log_path)


def wait_until(what: Callable[[], Any], seconds: float = 20, pause: float = 0.05, why: Callable[[], str] = str) -> Any:
    """The first truthy answer of `what`; fails with `why()` when none comes in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = what()
        if answer:
            return answer
        time.sleep(pause)
    raise AssertionError(f"waited {seconds} s in vain. {why()}")


@dataclass
class Live:
    """A web server of the product over real HTTP."""

    url: str
    process: Process

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers in lower case, body; redirects are followed, refusals are answers like others."""
        request = urllib.request.Request(self.url + path, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, {k.lower(): v for k, v in answer.headers.items()}, answer.read()


@contextmanager
def web_server(log_path: Path, *, workers: int = 1, **env: str) -> Iterator[Live]:
    """`luukku serve` on a free port, logged in as luukku_web."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [*LUUKKU, "serve", "--port", str(port), "--workers", str(workers), "--no-static"]
    process = start(command, environment("web", LUUKKU_BASE_URL=url, **env), log_path)
    live = Live(url, process)
    try:
        wait_until(lambda: _answers(live), 90, why=lambda: process.log[-3000:])
        yield live
    finally:
        process.stop()


def _answers(live: Live) -> bool:
    if live.process.popen.poll() is not None:
        raise AssertionError(f"the server ended:\n{live.process.log[-3000:]}")
    try:
        return live.get("/health")[0] in (200, 503)
    except OSError:
        return False


def job_worker(log_path: Path, *options: str, **env: str) -> Process:
    """`luukku worker`, logged in as luukku_house."""
    return start([*LUUKKU, "worker", *options], environment("house", **env), log_path)


@dataclass
class Mailbox:
    """A real mail server on this machine, and what it has taken in. `on_message` runs before it says yes."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    receivers: list[list[str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)  # said instead of yes, in turn
    on_message: Callable[[EmailMessage], None] | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.answers:
            return self.answers.pop(0)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append(message)
        self.receivers.append(list(envelope.rcpt_tos))
        if self.on_message is not None:
            self.on_message(message)
        return "250 taken"

    @property
    def env(self) -> dict[str, str]:
        """What a process needs to send here."""
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return {"LUUKKU_SMTP_HOST": "127.0.0.1", "LUUKKU_SMTP_PORT": str(self.port), "LUUKKU_MAIL_BACKEND": backend}


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox(port=free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@dataclass(frozen=True)
class Installation:
    """A Luukku of its own with an embedded database of its own, for tests that kill the database or restore a backup."""

    var: Path

    def env(self, **more: str) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "DATABASE_URL", "LUUKKU_LOGIN"))}
        ours = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": OWN_CODE, "LUUKKU_TEST_VAR": str(self.var), "LUUKKU_VAR": str(self.var)}
        return inherited | ours | more

    def run(self, *arguments: str, fails: bool = False, **more: str) -> str:
        """Run a `luukku` command to its end; what it printed."""
        done = subprocess.run([*LUUKKU, *arguments], cwd=ROOT, env=self.env(**more), capture_output=True, text=True, timeout=600, check=False)
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    @property
    def server(self) -> Server:
        return embedded(self.var / "postgres")

    def take_over(self, name: str) -> None:
        """Become a copy of the test server's database `name`, roles and walls included, in a second where migrating takes a minute."""
        source, target = f"--dbname=host={database.server().socket_dir} user=postgres dbname={name}", f"--dbname={self._address('luukku')}"
        with self.server.in_use(), tempfile.TemporaryFile() as dump:
            with psycopg.connect(self._address("postgres"), autocommit=True) as own:
                create_roles(own)
                create_database(own, "luukku")
            subprocess.run([self.server.binaries / "pg_dump", "--format=custom", source], stdout=dump, check=True, timeout=60)
            dump.seek(0)
            subprocess.run([self.server.binaries / "pg_restore", "--exit-on-error", target], stdin=dump, check=True, timeout=60)

    def _address(self, name: str) -> str:
        return f"host={self.server.socket_dir} user=postgres dbname={name}"

    @property
    def main_process(self) -> int:
        """The number of the database server's own process."""
        return int((self.server.data / "postmaster.pid").read_text().split("\n", 1)[0])

    def sql(self, query: str, user: str = "postgres") -> list[tuple[Any, ...]]:
        with psycopg.connect(host=str(self.server.socket_dir), user=user, dbname="luukku", autocommit=True) as own:
            found = own.execute(query)
            return found.fetchall() if found.description else []


@contextmanager
def installation() -> Iterator[Installation]:
    """An empty installation in a folder that the database's account can reach, with a space in its path."""
    with tempfile.TemporaryDirectory(prefix="luukku own ", ignore_cleanup_errors=True) as folder:
        own = Installation(Path(folder) / "var")
        own.var.mkdir()
        with own.server.in_use(), psycopg.connect(host=str(own.server.socket_dir), user="postgres", dbname="postgres", autocommit=True) as server:
            server.execute("alter system set fsync = off")  # kill -9 of the server loses nothing by that; only the machine's own fall would
        try:
            yield own
        finally:
            own.server.stop("immediate")
