"""`luukku train`: train the matcher on this installation's catalogue and confirmed answers."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from luukku.catalogue.actions.training import train_matcher
from luukku.core.actor import act_as_house


class Command(BaseCommand):
    help = "Train the need matcher; a worse one is not taken into use"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["json"]:
            self.stdout.write("Training the matcher, about a minute with the sentence model …")
        with act_as_house("train the matcher on confirmed answers") as house:
            trained = train_matcher(by=house)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(trained)))
            return
        used = "taken into use" if trained.taken_into_use else "kept aside: the present one is better"
        figures = ", ".join(f"{name} {value:.3g}" for name, value in trained.figures.items())
        self.stdout.write(f"{trained.version}: {used} ({figures})")
