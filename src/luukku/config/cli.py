"""`luukku`: one command for everything. Runs the embedded database where that is used, then hands over to Django's commands."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

LOGINS = {"serve": "web", "worker": "house"}  # everything else logs in as the database's owner
WITHOUT_DATABASE = {"setup", "messages", "restore"}


def main(argv: list[str] | None = None) -> None:
    """Entry point of the console command."""
    arguments = list(sys.argv if argv is None else argv)
    if arguments[1:2] == ["check-data"]:
        arguments[1:2] = ["check", "data"]
    command = arguments[1] if len(arguments) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luukku.config.settings")
    os.environ.setdefault("LUUKKU_LOGIN", LOGINS.get(command, "owner"))
    if command == "demo":  # refuses a database in which a real network lives
        os.environ.setdefault("LUUKKU_DEMO", "1")
    from django.core.management import execute_from_command_line

    with nullcontext() if command in WITHOUT_DATABASE else database_in_use():
        execute_from_command_line(arguments)


def database_in_use() -> AbstractContextManager[None]:
    """Where no address of a server is given: our own runs, with its roles and database, until the last process leaves."""
    from luukku.core.postgres import uses_embedded

    if not uses_embedded():
        return nullcontext()
    from luukku.core.embedding import embedded_database

    return embedded_database(Path(os.environ.get("LUUKKU_VAR", "var")).resolve() / "postgres")


if __name__ == "__main__":
    main()
