"""`luukku blueprint`: draw the tables that new databases begin with, for a release."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luukku.core.backup import BackupError
from luukku.core.blueprint import DRAWN, NotNew, draw


class Command(BaseCommand):
    help = "Draws what new databases begin with from this one, which `luukku migrate --every-step` has just made. For those who work on the product."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=DRAWN, help="where to, if not among the product's own files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            draw(options["file"])
        except (NotNew, BackupError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Drawn: {options['file']}")
