"""`luukku import NAME`: bring reference data in. Safe to run again: what is there is left or brought up to date."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luukku.core.actor import act_as_house
from luukku.core.registries import importers


class Command(BaseCommand):
    help = "Bring reference data into this installation"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=[name for name, _ in importers.items()])

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["name"]
        try:
            importer = importers[name]
        except KeyError:
            raise CommandError(f"There is nothing called {name} to import.") from None
        with act_as_house(f"import {name}") as house:
            self.stdout.write(f"{importer.label}: {importer.run(house)}")
