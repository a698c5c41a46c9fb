"""`luukku`: one command for everything. Starts the embedded database where that is used, then hands over to Django's commands."""

import os
import sys


def main(argv: list[str] | None = None) -> None:
    """Entry point of the console command. Everything but `serve` and `worker` logs in as the database's owner."""
    arguments = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luukku.config.settings")
    os.environ.setdefault("LUUKKU_LOGIN", "owner")
    if not os.environ.get("DATABASE_URL") and not os.environ.get("DATABASE_URL_WEB"):
        ensure_embedded()
    from django.core.management import execute_from_command_line

    execute_from_command_line(arguments)


def ensure_embedded() -> None:
    """Start the embedded server and make its roles and database, if they are not there yet."""
    from pathlib import Path

    from luukku.core.postgres import embedded
    from luukku.core.roles import prepare

    server = embedded(Path(os.environ.get("LUUKKU_VAR", "var")).resolve() / "postgres")
    if not server.is_running():
        server.start()
    prepare(f"host={server.socket_dir} user=postgres dbname=postgres")
