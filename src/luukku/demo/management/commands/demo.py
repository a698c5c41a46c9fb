"""`luukku demo`: build the sample network in this database, once."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from luukku.accounts.models import User
from luukku.core.postgres import uses_embedded
from luukku.demo.build import build_demo, half_built, is_built
from luukku.demo.stories import CASES
from luukku.network.models import Organisation


class Command(BaseCommand):
    help = "Build the sample network (demo mode only)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the day on which the sample year ends")
        parser.add_argument("--cases", type=int, default=CASES)
        parser.add_argument("--scale", choices=["regions", "country"], default="regions", help="country: bulk load data for benchmarks")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LUUKKU_DEMO:
            raise CommandError("Set LUUKKU_DEMO=1: the sample network is for demo mode only, its sign-ins have a known password.")
        self.stdout.write("The database and its tables …")
        self.stdout.flush()
        call_command("migrate", verbosity=0)
        if is_built():
            self.stdout.write("The sample network is there already.")
        elif begun := half_built():
            raise CommandError(
                f"The sample network in this database is not whole: its building began at {timezone.localtime(begun):%H:%M on %d.%m.%Y} and either"
                " goes on in another process or was cut short. It cannot be gone on with."
                f" To build it anew, {self._emptied()} and give the command again."
            )
        elif Organisation.objects.exists() or User.objects.exists():
            raise CommandError("A network lives in this database already: the sample network needs an empty one. Set LUUKKU_VAR to another folder.")
        else:
            with translation.override("fi"):
                count = build_demo(options["today"] or timezone.localdate(), self.stdout.write, options["cases"])
            self.stdout.write(self.style.SUCCESS(f"The sample network stands: {count} cases in two regions."))
        if options["scale"] == "country":
            from luukku.demo.country import load_country
            from luukku.demo.register import load_companies

            load_country(self.stdout.write)
            load_companies(self.stdout.write)
            self.stdout.write("looking whether all of it is as the actions would have made it …")
            call_command("check", "data")

    @staticmethod
    def _emptied() -> str:
        """How the database in use is made empty."""
        if uses_embedded():
            return f"stop Luukku, delete the folder {settings.LUUKKU_VAR} (or set LUUKKU_VAR to another)"
        return "give DATABASE_URL a new, empty database"
