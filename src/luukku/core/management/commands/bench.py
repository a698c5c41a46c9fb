"""`luukku bench NAME`: run one of the benchmarks of a source checkout (folder bench/), or all of them and say which aims were missed."""

import importlib
import sys
from argparse import REMAINDER, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

NAMES = ("worktime", "match", "cpu", "web", "sweep", "figures", "booking", "handover", "mail", "register", "companies", "plans", "year")
FOLDER = Path(__file__).resolve().parents[5] / "bench"


class Command(BaseCommand):
    help = "Run a benchmark, or `all`; `luukku bench` alone lists them. Fails when an aim is missed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?")
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        names = [name for name in NAMES if (FOLDER / f"{name}.py").exists()]
        name = options["name"]
        if name is None:
            self.stdout.write("\n".join(names))
            return
        if name not in (*names, "all"):
            raise CommandError(f"There is no benchmark {name}. There are: {', '.join(names)}; all.")
        sys.path.insert(0, str(FOLDER.parent))
        missed = [words for each in (names if name == "all" else [name]) for words in self.run(each, options["rest"])]
        if missed:
            raise CommandError("Missed: " + "; ".join(missed))
        self.stdout.write("Every aim is met.")

    def run(self, name: str, rest: list[str]) -> list[str]:
        """Prints what was measured; returns which aims were missed, in words."""
        self.stdout.write(f"\n{name}")
        self.stdout.flush()
        return [f"{name}: {words}" for words in importlib.import_module(f"bench.{name}").main(rest) or ()]
