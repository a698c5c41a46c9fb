"""`luukku messages`: collects, checks and compiles translations."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import luukku
from luukku.core import messages

PACKAGE = Path(luukku.__path__[0])


class Command(BaseCommand):
    help = "Brings each module's locale files up to date; --check fails on a missing or stale one; --compile writes the .mo files."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("module", nargs="*", help="only these modules")
        parser.add_argument("--check", action="store_true", help="change nothing, fail when something is missing")
        parser.add_argument("--compile", action="store_true", help="write the .mo files only")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = [module for module in messages.modules(PACKAGE) if not options["module"] or module.name in options["module"]]
        if options["compile"]:
            self.stdout.write(f"{messages.compile_all(PACKAGE)} files compiled")
        elif options["check"]:
            self._check(chosen)
        else:
            for module in chosen:
                for language in messages.LANGUAGES:
                    number, missing = messages.update(module, language)
                    if number:
                        self.stdout.write(f"{module.name} {language}: {number} messages, {missing} without translation")
            messages.compile_all(PACKAGE)

    def _check(self, chosen: list[Path]) -> None:
        told = [sentence for module in chosen for language in messages.LANGUAGES for sentence in messages.problems(module, language)]
        for sentence in told:
            self.stdout.write(sentence)
        if told:
            raise CommandError(f"{len(told)} problems with translations")
