"""The company register at the country's size: `luukku bench register`. How fast a file comes in, in how much memory, and how fast a company is found.

On the 600,000 invented companies of the load data. What is brought in for the measure is undone. The floor of the import is reading the same file
and parsing its JSON; that of finding is one company by its key. `--import-only` needs no load data.
"""

import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from luukku.core.actor import HOUSE
from luukku.customers.actions.register.applying import apply_run
from luukku.customers.actions.register.importing import look_through
from luukku.customers.models import Company
from luukku.customers.queries.finding import find_companies
from luukku.demo.companies import answers
from luukku.demo.register import COUNTRY, load_companies, places

ROWS, FIRST = 60_000, 9_800_000
PER_SECOND, FLAT_MB, P95_MS = 5000, 64, 30.0
ASKED = 200


def main(argv: Sequence[str] = ()) -> list[str]:
    """Prints figures with the load of the machine; returns the aims that were missed."""
    if not settings.LUUKKU_DEMO:
        raise SystemExit("set LUUKKU_DEMO=1: benchmarks run on load data, never on a real network")
    if Company.objects.count() < COUNTRY and "--import-only" not in argv:
        load_companies(print)
    print(f"{Company.objects.count():,} companies; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    missed = import_file()
    return missed if "--import-only" in argv else missed + finding()


def import_file() -> list[str]:
    """A file of new companies, then the same with every tenth changed."""
    missed = []
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        for title, change in (("new", 0), ("a tenth changed", 10)):
            path = Path(folder) / "companies.jsonl"
            write(path, change)
            floor = timed(lambda path=path: [None for line in path.open("rb") if json.loads(line) is None])  # type: ignore[misc]
            before, began = peak(), (time.perf_counter(), cpu())
            run = look_through(by=HOUSE, path=path)
            seen = time.perf_counter() - began[0]
            apply_run(by=HOUSE, run=run)
            seconds, own = time.perf_counter() - began[0], cpu() - began[1]
            rate = ROWS / seconds
            print(f"{title:<18}{ROWS:,} rows in {seconds:6.1f} s ({seen:.1f} s looked through; own CPU {own:.1f} s): {rate:8,.0f}/s,", end=" ")
            print(f"{seconds / floor:5.1f} x floor; memory grew by {peak() - before} MB")
            if rate < PER_SECOND:
                missed.append(f"import of {title}: {rate:,.0f} companies/s, aim {PER_SECOND:,}")
            if change and peak() - before > FLAT_MB:
                missed.append(f"memory grew by {peak() - before} MB, aim {FLAT_MB}")
        transaction.set_rollback(True)
    return missed


def write(path: Path, change: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for n, each in enumerate(answers(ROWS, places(), seed=5, first=FIRST)):
            changed = {"website": {"url": f"www.{n}.example"}, "lastModified": "2026-11-01T08:00:00"} if change and n % change == 0 else {}
            file.write(json.dumps({**each, **changed}, ensure_ascii=False) + "\n")


def finding() -> list[str]:
    """Each way of asking, p50 and p95 in milliseconds by the clock."""
    draw = random.Random(3)
    with connection.cursor() as cursor:
        cursor.execute(
            "select n.name, c.business_id from customers_companyname n join customers_company c on c.id = n.company_id"
            " where n.id % 4001 = 7 order by n.id"
        )
        rows = list(islice(cursor.fetchall(), ASKED))
    base = statistics_of([timed(lambda n=name: Company.objects.filter(business_id=n).first()) for _, name in rows])  # type: ignore[misc]
    print(f"{'floor':<22}p50 {base[0]:6.1f} ms  p95 {base[1]:6.1f} ms")
    missed = []
    for title, ask in ways(draw).items():
        asked = [(ask(name, business_id), business_id) for name, business_id in rows]
        hits, times = 0, []
        with transaction.atomic():
            for text, business_id in asked:
                began = time.perf_counter()
                found = find_companies(HOUSE, text)
                times.append(time.perf_counter() - began)
                hits += business_id in {each.business_id for each in found}
        p50, p95 = statistics_of(times)
        print(f"{title:<22}p50 {p50:6.1f} ms  p95 {p95:6.1f} ms{p95 / base[1]:8.1f} x floor   found {hits} of {len(asked)}")
        if p95 > P95_MS:
            missed.append(f"{title}: p95 {p95:.0f} ms, aim {P95_MS:.0f}")
    return missed


def ways(draw: random.Random) -> dict[str, Callable[[str, str], str]]:
    """How people write, from a name and a business ID."""
    return {
        "business ID": lambda _, business_id: business_id.replace("-", ""),
        "beginning of a name": lambda name, _: name[: draw.randint(3, 8)],
        "whole name": lambda name, _: name,
        "words turned round": lambda name, _: " ".join(reversed(name.split())),
        "misspelt": lambda name, _: misspelt(name, draw),
        "nobody's": lambda name, _: f"xq{name[:3][::-1]}zw",
    }


def misspelt(name: str, draw: random.Random) -> str:
    """One letter left out, changed, or two in the wrong order."""
    at = draw.randrange(1, max(2, len(name) - 2))
    kind = draw.randrange(3)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + draw.choice("aeiklnst") + name[at + 1 :]
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def statistics_of(seconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.95)] * 1000


def cpu() -> float:
    return time.process_time()


def peak() -> int:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
