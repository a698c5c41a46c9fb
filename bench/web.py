"""Pages against the floor on 100,000 cases: `luukku bench web [--port 8077] [--rounds 3] [--n 60]`.

Three interleaved rounds; in each, every page is asked n times one after another (p50, p95) and some also by 8 visitors at once for some seconds.
Figures are the medians of the rounds, and each is given as a ratio to the floor of the same run. The server is `luukku serve` with three workers,
fsync on.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench.client import Call, Latency, Visitor, latency, throughput

ROOT = Path(__file__).resolve().parents[1]
QUEUE = "/jono/?scope=all"
FIRST = "queue, 50 rows"


@dataclass(frozen=True)
class Page:
    """What is measured: by whom, how, and the aim as a ratio to the p95 of the floor (or of the page named in `beside`) plus milliseconds."""

    name: str
    call: Call
    who: str = "big"
    ratio: float = 2.0
    extra_ms: float = 0.0
    beside: str = "floor"
    load: bool = False
    least_rate: float = 0.0  # requests a second at 8 visitors, as a share of the floor's
    matches: bool = False  # so that a process that answers it holds the matcher from then on


@dataclass
class Measured:
    rounds: list[Latency] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return statistics.median(r.p50 for r in self.rounds)

    @property
    def p95(self) -> float:
        return statistics.median(r.p95 for r in self.rounds)

    @property
    def rate(self) -> float | None:
        return statistics.median(self.rates) if self.rates else None


MEMORY_MB = 400  # of the web processes, by words alone


def main(argv: Sequence[str] = ()) -> list[str]:
    """Start the server on the country's load data, measure, print a table and, with --json, write the figures; returns the aims that were missed."""
    parser = argparse.ArgumentParser(prog="luukku bench web")
    parser.add_argument("--port", type=int, default=8077)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--n", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(list(argv))
    from bench.subjects import prepare, sessions

    facts = prepare()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings", "LUUKKU_RATE_FACTOR": "0", "LUUKKU_LOG_LEVEL": "WARNING",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "LUUKKU_MATCH_MEANING": os.environ.get("BENCH_MEANING", "0"),
    }  # fmt: skip
    server = subprocess.Popen([sys.executable, "-m", "luukku.config.cli", "serve", "--port", str(options.port)], env=environment, cwd=ROOT)
    try:
        wait_for(options.port)
        visitors = visitors_for(options.port, sessions())
        pages = pages_for(facts, visitors["big"]())
        for page in pages:
            if not page.matches:
                latency(visitors[page.who](), page.call, 10)
        plain = memory(server.pid)
        figures = measure(pages, visitors, options)
        return report(pages, figures, (plain, memory(server.pid)), options.json)
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port: int) -> None:
    for _ in range(120):
        try:
            Visitor(port).ask(Call("/health"))
        except (OSError, AssertionError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not start")


def visitors_for(port: int, keys: dict[str, str]) -> dict[str, Callable[[], Visitor]]:
    """A way to make visitors of each kind: signed in by a session that was made beforehand, with a form key."""

    def maker(cookies: dict[str, str]) -> Callable[[], Visitor]:
        def make() -> Visitor:
            visitor = Visitor(port, dict(cookies))
            visitor.ask(Call("/suupohja/"))
            visitor.cookies.setdefault("csrftoken", "a" * 32)
            return visitor

        return make

    made = {who: maker({"sessionid": key}) for who, key in keys.items()}
    return made | {"nobody": maker({})}


def pages_for(facts: dict[str, Any], visitor: Visitor) -> list[Page]:
    """All that item by item is promised in docs/benchmarks.md."""
    last = Page("queue, last page", Call(last_page(visitor, QUEUE)), beside=FIRST)
    intake = Page("intake", Call(facts["send"], body=lambda: need_form(facts), wanted=(302, 303)), who="nobody", ratio=5, load=True, least_rate=0.25,
                  matches=True)  # fmt: skip
    return [*pages_to_read(facts), last, intake]


def pages_to_read(facts: dict[str, Any]) -> list[Page]:
    """Those whose address is known beforehand."""
    return [
        Page("floor", Call("/bench/floor"), ratio=1.0, load=True),
        Page(FIRST, Call(QUEUE), ratio=1.5, extra_ms=10, load=True),
        Page("queue by arrival", Call(f"{QUEUE}&sort=received"), ratio=3, beside=FIRST),
        Page("queue by customer", Call(f"{QUEUE}&sort=customer"), ratio=3, beside=FIRST),
        Page("queue, small organisation", Call(QUEUE), who="small", ratio=1.5, extra_ms=10),
        Page("case page", Call(f"/asia/{facts['number']}/"), ratio=4, load=True),
        Page("search by name", Call("/haku?q=%C3%A4ij%C3%A4l%C3%A4"), ratio=2),
        Page("search by number", Call(f"/haku?q={facts['number'][:9]}"), ratio=2),
        Page("full text, rare word", Call(f"/haku?q={facts['rare']}"), ratio=2),
        Page("full text, usual word", Call(f"/haku?q={facts['usual']}"), ratio=2),
        Page("full text, frequent word", Call(f"/haku?q={facts['frequent']}"), ratio=2, extra_ms=150),
        Page("the desk lead's page", Call("/tiskini/"), who="lead", ratio=2, extra_ms=100),
        Page("late matters", Call("/myohassa/"), who="coordinator", ratio=2, extra_ms=100),
        Page("figures of the promise", Call("/luvut/"), who="coordinator", ratio=2, extra_ms=300),
        Page("public need search", Call("/suupohja/tarve/?need=haluan+avata+kahvilan"), who="nobody", ratio=2, extra_ms=10, matches=True),
        Page("region's front page", Call("/suupohja/"), who="nobody", ratio=2),
    ]


def need_form(facts: dict[str, Any]) -> dict[str, str]:
    key = uuid.uuid4()
    return {"words": f"Tarvitsen neuvoa leipomon laajentamiseen {key.hex[:6]}", "name": "Kuorma Testaaja", "email": f"{key.hex[:10]}@sample.example",
            "municipality": str(facts["municipality"]), "language": "fi", "submit_key": str(key)}  # fmt: skip


def last_page(visitor: Visitor, path: str) -> str:
    """The last page as its next-links lead there; every tenth page is enough to find it by its own cursor."""
    _, content, _ = visitor.ask(Call(path))
    link = re.search(rb'rel="last"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="last"', content)
    if link:
        return "/jono/" + (link.group(1) or link.group(2)).decode().replace("&amp;", "&").removeprefix("/jono/")
    seen = path
    while True:
        found = re.search(rb'href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"', content)
        if not found:
            return seen
        seen = "/jono/" + (found.group(1) or found.group(2)).decode().replace("&amp;", "&").removeprefix("/jono/")
        _, content, _ = visitor.ask(Call(seen))


def measure(pages: list[Page], visitors: dict[str, Callable[[], Visitor]], options: argparse.Namespace) -> dict[str, Measured]:
    """Rounds are interleaved, so that a slow minute of the machine hits all pages alike."""
    figures = {page.name: Measured() for page in pages}
    ready = {who: make() for who, make in visitors.items()}
    for page in pages:
        latency(ready[page.who], page.call, 5)
    for number in range(options.rounds):
        for page in pages:
            figures[page.name].rounds.append(latency(ready[page.who], page.call, options.n))
            if page.load:
                figures[page.name].rates.append(throughput(visitors[page.who], page.call, threads=8, seconds=options.seconds))
        print(f"round {number + 1} of {options.rounds}", flush=True)
    return figures


def memory(pid: int) -> float:
    """Proportional set size of the web processes in MB."""
    processes = [p for p in psutil.Process(pid).children(recursive=True) if "luukku.config.web" in p.cmdline()]
    return float(sum(p.memory_full_info().pss for p in processes)) / 1e6


def report(pages: list[Page], figures: dict[str, Measured], pss: tuple[float, float], path: Path | None) -> list[str]:
    floor = figures["floor"]
    print(f"\n{'page':28} {'p50 ms':>8} {'p95 ms':>8} {'× floor':>8} {'aim ms':>8}  {'req/s at 8':>10} {'× floor':>8}")
    rows, missed = [], [f"{MEMORY_MB} MB"] if pss[0] > MEMORY_MB else []
    for page in pages:
        m = figures[page.name]
        aim = figures[page.beside].p95 * page.ratio + page.extra_ms
        mark = " " if m.p95 <= aim else "!"
        if m.p95 > aim:
            missed.append(f"{page.name} in {aim:.1f} ms")
        if page.least_rate and (m.rate or 0) < page.least_rate * (floor.rate or 0):
            missed.append(f"{page.name} at {page.least_rate} × the floor's requests a second")
        rate = f"{m.rate:10.0f} {m.rate / (floor.rate or 1):8.2f}" if m.rate else ""
        print(f"{page.name:28} {m.p50:8.1f} {m.p95:8.1f} {m.p95 / floor.p95:8.2f} {aim:8.1f}{mark} {rate}")
        rows.append({"page": page.name, "p50_ms": m.p50, "p95_ms": m.p95, "ratio": m.p95 / floor.p95, "aim_ms": aim, "rate": m.rate})
    print(f"memory of the web processes (PSS): {pss[0]:.0f} MB, with the matcher loaded {pss[1]:.0f} MB")
    if path:
        path.write_text(json.dumps({"pages": rows, "pss_mb": pss[0], "pss_with_matcher_mb": pss[1], "load": os.getloadavg()}, indent=1))
    return missed
