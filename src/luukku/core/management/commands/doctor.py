"""`luukku doctor`: is this installation well?"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luukku.core.doctor import examine

SIGNS = {"well": "✓", "note": "·", "wrong": "✗"}


class Command(BaseCommand):
    help = "Examines the installation and says how to mend what is wrong; fails when something is."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = examine()
        wrong = [each for each in findings if each.state == "wrong"]
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not wrong, "findings": [asdict(each) for each in findings]}, ensure_ascii=False, indent=2))
        else:
            for each in findings:
                self.stdout.write(f"{SIGNS[each.state]} {each.name}: {each.text}" + (f"\n    mend: {each.mend}" if each.mend else ""))
        if wrong:
            raise CommandError(f"{len(wrong)} to mend")
