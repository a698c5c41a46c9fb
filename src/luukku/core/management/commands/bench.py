"""`luukku bench NAME`: run one of the benchmarks of a source checkout (folder bench/)."""

import importlib
import sys
from argparse import REMAINDER, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

NAMES = ("booking", "cpu", "figures", "mail", "match", "sweep", "web", "worktime")
FOLDER = Path(__file__).resolve().parents[5] / "bench"


class Command(BaseCommand):
    help = "Run a benchmark; `luukku bench` alone lists them"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?")
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        names = [name for name in NAMES if (FOLDER / f"{name}.py").exists()]
        name = options["name"]
        if name is None:
            self.stdout.write("\n".join(names))
            return
        if name not in names:
            raise CommandError(f"There is no benchmark {name}. There are: {', '.join(names)}.")
        sys.path.insert(0, str(FOLDER.parent))
        module = importlib.import_module(f"bench.{name}")
        module.main(options["rest"])
