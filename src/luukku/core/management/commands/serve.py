"""`luukku serve`: the web server, and with --worker the job worker beside it."""

import errno
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from luukku.core.postgres import Server, embedded, uses_embedded
from luukku.core.running import Child, Keeper

log = structlog.get_logger("luukku.serve")


class Command(BaseCommand):
    help = "Serves the product over HTTP; stops cleanly on SIGTERM or Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=3, help="web processes")
        parser.add_argument("--threads", type=int, default=2, help="requests that one process answers at a time")
        parser.add_argument("--worker", action="store_true", help="run the job worker too")
        parser.add_argument("--no-static", action="store_true", help="do not collect style sheets and scripts first")

    def handle(self, *args: Any, **options: Any) -> None:
        require_free(options["host"], options["port"])
        if not options["no_static"]:
            call_command("collectstatic", interactive=False, verbosity=0)
        children = [web(options["host"], options["port"], options["workers"], options["threads"])]
        if options["worker"]:
            children.append(job_worker())
        self.stdout.write(f"Luukku answers on http://{options['host']}:{options['port']} (stop with Ctrl-C)")
        self.stdout.flush()
        Keeper(children, keeper_of(embedded(settings.LUUKKU_VAR / "postgres")) if uses_embedded() else None).run()


def require_free(host: str, port: int) -> None:
    """Raises CommandError when somebody listens there: two servers would otherwise share the port, and visitors, without a word."""
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what the last server left behind is no hindrance
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"The address {host}:{port} cannot be listened on: {error.strerror}.") from error
            raise CommandError(
                f"Another program already answers on {host}:{port}, perhaps Luukku itself. Stop it, or choose another port: "
                f"`luukku serve --port {port + 1}`, `make demo PORT={port + 1}`."
            ) from error


def keeper_of(server: Server) -> Callable[[], None]:
    """Starts the embedded database again when it has been killed; web and worker wait for it meanwhile."""

    def watch() -> None:
        if server.is_running():
            return
        log.warning("database died, starting it again")
        try:
            server.start()
        except (subprocess.SubprocessError, OSError) as error:  # its last children are still going; next turn
            log.warning("database not started", error=type(error).__name__)

    return watch


def web(host: str, port: int, workers: int, threads: int) -> Child:
    """Granian with our application (`luukku.config.web`), logged in as luukku_web."""
    command = [
        sys.executable, "-m", "luukku.config.web", "--interface", "wsgi", "--http", "1", "--no-ws", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers", "--respawn-interval", "0.5",
        "--workers-kill-timeout", "10s", "--log-level", "warning" if not settings.DEBUG else "info",
    ]  # fmt: skip
    return Child("web", command, {"LUUKKU_LOGIN": "web"})


def job_worker() -> Child:
    """The worker, logged in as luukku_house."""
    return Child("worker", [sys.executable, "-m", "luukku.config.cli", "worker"], {"LUUKKU_LOGIN": "house"})
