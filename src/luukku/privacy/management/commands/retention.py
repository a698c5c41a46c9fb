"""`luukku retention`: take away what has had its time, as each night does; `--dry-run` only counts it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from luukku.core.actor import act_as_house
from luukku.privacy.actions.keeping import keep_to_times


class Command(BaseCommand):
    help = "Make nameless what has been kept as long as it may be"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count what would go")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with act_as_house("take away what has been kept as long as it may be") as house:
            done = keep_to_times(by=house, dry_run=options["dry_run"])
        if options["json"]:
            rows = [{"kind": d.key, "months": d.months, "before": d.before.isoformat(), "due": d.due, "gone": d.gone} for d in done]
            self.stdout.write(json.dumps(rows, indent=2))
            return
        for each in done:
            self.stdout.write(f"{each.key}: kept {each.months} months, {each.due} due, {each.gone} taken away")
