"""`luukku migrate`: Django's own, but a new database begins with the blueprint's tables."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate

from luukku.core.blueprint import lay


class Command(Migrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--every-step", action="store_true", help="make a new database by every migration, some minutes; to draw a blueprint from"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        brings_all_up_to_date = not (options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"])
        if brings_all_up_to_date and not options["every_step"] and lay() and options["verbosity"]:
            self.stdout.write("The tables stand, from the blueprint.")
        super().handle(*args, **options)
