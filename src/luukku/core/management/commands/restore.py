"""`luukku restore FOLDER`: roles, database and files from a backup."""

from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from luukku.core.backup import BackupError, restore
from luukku.core.checking import check_data
from luukku.core.postgres import embedded, uses_embedded


class Command(BaseCommand):
    help = "Makes roles, database and files of a backup anew and checks them. Stop the web and the worker first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--superuser", help="whom to connect as to create roles and database on a server of one's own")
        parser.add_argument("--replace", action="store_true", help="end what the database holds now")

    def handle(self, *args: Any, **options: Any) -> None:
        superuser = options["superuser"]
        with ExitStack() as stack:
            if uses_embedded():
                server = embedded(settings.LUUKKU_VAR / "postgres")
                stack.enter_context(server.in_use())
                superuser = superuser or f"host={server.socket_dir} user=postgres dbname=postgres"
            try:
                manifest = restore(options["folder"].resolve(), superuser, replace=options["replace"])
            except BackupError as error:
                raise CommandError(str(error)) from error
            wrong = {name: sentences for name, sentences in check_data().items() if sentences}
        self.stdout.write(f"Restored the backup of {manifest['made_at']}: database and {manifest['files']} files.")
        self.stdout.write("Set the secret key of that installation, or status links that are out will not open. Then: luukku migrate, luukku doctor.")
        if wrong:
            raise CommandError(f"The data is restored, but not as it should be: {wrong}")
