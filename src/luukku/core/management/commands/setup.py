"""`luukku setup`: roles and database on a PostgreSQL server of one's own."""

import secrets
from argparse import ArgumentParser
from typing import Any
from urllib.parse import quote

import psycopg
from django.core.management.base import BaseCommand, CommandError
from psycopg.conninfo import conninfo_to_dict

from luukku.core import roles

VARIABLES = {"luukku_owner": "DATABASE_URL", "luukku_web": "DATABASE_URL_WEB", "luukku_house": "DATABASE_URL_HOUSE"}


class Command(BaseCommand):
    help = "Creates the three logins, the database and their rights; run again, it mends what is missing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--superuser", required=True, help='whom to connect as, e.g. "host=/run/postgresql user=postgres"')
        parser.add_argument("--name", default="luukku", help="name of the database")
        parser.add_argument("--passwords", action="store_true", help="make new passwords and print the lines for the environment file")

    def handle(self, *args: Any, **options: Any) -> None:
        passwords = {role: secrets.token_urlsafe(24) for role in roles.ROLES} if options["passwords"] else {}
        try:
            roles.prepare(options["superuser"], options["name"], passwords)
            with psycopg.connect(options["superuser"]) as connection:
                host, port = connection.info.host, connection.info.port
        except psycopg.Error as error:
            raise CommandError(f"The server said no: {error}. Check --superuser; it needs the rights to create roles and databases.") from error
        host = str(conninfo_to_dict(options["superuser"]).get("host") or host)
        self.stderr.write("Roles and database are there. Next: luukku migrate.")
        for role, variable in VARIABLES.items():
            password = f":{quote(passwords[role])}" if role in passwords else ""
            self.stdout.write(f"{variable}=postgresql://{role}{password}@{quote(host, safe='')}:{port}/{options['name']}")
