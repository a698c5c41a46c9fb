"""CPU time of pages beside the floor's: `luukku bench cpu [--rounds 6] [--n 8]`.

Says on a busy machine what `luukku bench web` says on a quiet one about Python's part: one process answers every page in turn, through all of the
middleware but no network. The database's own time is not in it.
"""

import argparse
import ast
import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

ROOT = Path(__file__).resolve().parents[1]


def main(argv: Sequence[str] = ()) -> None:
    """Prepare as the database's owner, then measure in a process that has logged in as the web."""
    from django.core.management import call_command

    from bench.subjects import prepare, sessions

    facts, keys = prepare(), sessions()
    call_command("collectstatic", interactive=False, verbosity=0)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings", "LUUKKU_LOGIN": "web", "LUUKKU_RATE_FACTOR": "0", "LUUKKU_LOG_LEVEL": "WARNING",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "LUUKKU_MATCH_MEANING": os.environ.get("BENCH_MEANING", "0"),
    }  # fmt: skip
    given = [repr(facts), repr(keys), *argv]
    subprocess.run([sys.executable, "-c", "from bench.cpu import measure; measure()", *given], env=environment, cwd=ROOT, check=True)


def measure() -> None:
    """In the web's process: `sys.argv` holds what was prepared, then the options."""
    parser = argparse.ArgumentParser(prog="luukku bench cpu")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--n", type=int, default=8)
    options = parser.parse_args(sys.argv[3:])
    from bench.web import pages_to_read
    from luukku.config.wsgi import application

    keys = ast.literal_eval(sys.argv[2])
    pages = [page for page in pages_to_read(ast.literal_eval(sys.argv[1])) if page.call.body is None]
    times: dict[str, list[float]] = {page.name: [] for page in pages}
    for number in range(options.rounds + 1):
        for page in pages:
            taken = [cpu_seconds(application, page.call.path, keys.get(page.who, "")) for _ in range(options.n)]
            times[page.name] += taken if number else []  # the first round warms up
    floor = statistics.median(times["floor"])
    print(f"{'page':28} {'CPU ms':>8} {'× floor':>8}")
    for name, found in times.items():
        print(f"{name:28} {statistics.median(found) * 1000:8.1f} {statistics.median(found) / floor:8.2f}")


def cpu_seconds(application: Any, path: str, session: str) -> float:
    """One answer's CPU time. Raises AssertionError for anything but a page."""
    place, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": unquote_to_bytes(place).decode("latin-1"), "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_LANGUAGE": "fi",
        "HTTP_COOKIE": f"sessionid={session}" if session else "",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    states: list[str] = []
    start = time.process_time()
    answer = application(environ, lambda state, *_given: states.append(state))
    for _part in answer:
        pass
    answer.close()
    taken = time.process_time() - start
    assert states[0].startswith("200"), f"{path}: {states[0]}"
    return taken
