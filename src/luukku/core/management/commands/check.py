"""`luukku check`: Django's checks of the code and our checks of the data."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.check import Command as SystemChecks

from luukku.core.checking import check_data
from luukku.core.registries import checks


class Command(SystemChecks):
    help = "Checks the code's settings and the data. `check data`: only the data; `check NAME …`: only these checks of the data."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="print what the checks of the data found as JSON")

    def handle(self, *labels: Any, **options: Any) -> None:
        known = {key for key, _ in checks.items()}
        ours = set(labels) & (known | {"data"})
        others = [label for label in labels if label not in ours]
        if others or not labels:
            super().handle(*others, **options)
        if ours or not labels:
            self._data(None if not ours or "data" in ours else ours, as_json=options["json"])

    def _data(self, names: set[str] | None, *, as_json: bool) -> None:
        found = check_data(names)
        if as_json:
            self.stdout.write(json.dumps({"ok": not any(found.values()), "checks": found}, ensure_ascii=False, indent=2))
        else:
            for name, sentences in found.items():
                self.stdout.write(f"{name}: {'well' if not sentences else f'{len(sentences)} wrong'}")
                for sentence in sentences[:50]:
                    self.stdout.write(f"  - {sentence}")
        if any(found.values()):
            raise CommandError("the data is not as it should be")
