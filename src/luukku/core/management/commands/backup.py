"""`luukku backup FOLDER`: database and files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from luukku.core.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Writes database and files into a folder, while the product runs. Run again on the same folder, it brings it up to date."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = back_up(options["folder"].resolve())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Backup in {options['folder']}: database and {manifest['files']} files.")
        where = settings.LUUKKU_VAR / "secret-key"
        self.stderr.write(
            f"The secret key is not in it. Keep {where if where.exists() else 'LUUKKU_SECRET_KEY'} elsewhere: without it, status links end."
        )
