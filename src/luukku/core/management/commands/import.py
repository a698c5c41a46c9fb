"""`luukku import NAME`: bring reference data in, or a file. Reference data are safe to bring in again."""

import sys
from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luukku.core.actor import act_as_house
from luukku.core.errors import RuleBroken
from luukku.core.registries import file_importers, importers


class Command(BaseCommand):
    help = "Bring reference data, or a file such as the company register's, into this installation; `luukku import NAME --help` says more"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(name for name, _ in [*importers.items(), *file_importers.items()]))
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["name"]
        if name in dict(file_importers.items()):
            self._file(name, options["rest"])
            return
        try:
            importer = importers[name]
        except KeyError:
            raise CommandError(f"There is nothing called {name} to import.") from None
        with act_as_house(f"import {name}") as house:
            self.stdout.write(f"{importer.label}: {importer.run(house)}")

    def _file(self, name: str, rest: list[str]) -> None:
        importer = file_importers[name]
        parser = ArgumentParser(prog=f"luukku import {name}", description=importer.label)
        importer.arguments(parser)
        try:
            importer.run(parser.parse_args(rest), self._progress, self.stdout.write)
        except RuleBroken as broken:
            raise CommandError(str(broken.message)) from None

    def _progress(self, words: str) -> None:
        self.stderr.write(words, style_func=str)
        sys.stderr.flush()
