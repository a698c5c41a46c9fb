"""`luukku permissions`: the role table as docs/permissions.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from luukku.core.walls import windows
from luukku.network.enums import ROLES, Right, Role

HEAD = """# Who may do what

Made by `luukku permissions` from the role table (`network/enums.py`) and the listed windows of the wall; a test holds it true.

A seat gives a person a role at a level. What the role names holds there and nowhere else: an adviser's rights reach her organisation, a coordinator's her region.
Who *reads* a case is decided by its parts: the organisations whose desks have one, the organisation that logged it, the customer, and whoever holds her status link. Internal notes and the
matcher's proposals are never read by the customer. The database enforces the same (docs/adr/0003-two-walls.md).
"""


def page() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        return "\n".join([HEAD, *_roles(), *_rights(), *_windows()]) + "\n"


def _roles() -> list[str]:
    rows = [f"| {Role(role).label} | {row.level.label} | {row.purpose} |" for role, row in ROLES.items()]
    return ["## Roles", "", "| role | level | what for |", "|---|---|---|", *rows, ""]


def _rights() -> list[str]:
    head = "| may | " + " | ".join(str(Role(role).label) for role in ROLES) + " |"
    rows = [f"| {right.label} | " + " | ".join("✓" if right in row.rights else "" for row in ROLES.values()) + " |" for right in Right]
    return ["## Rights", "", head, "|---" * (len(ROLES) + 1) + "|", *rows, ""]


def _windows() -> list[str]:
    rows = [f"| `{window.function}` | {window.reason} |" for window in windows()]
    return ["## Windows: what sees past the wall, and why", "", "| function | reason |", "|---|---|", *rows]


class Command(BaseCommand):
    help = "Write docs/permissions.md from the role table"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", type=Path, help="file to write; without it the page is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            options["write"].write_text(page(), encoding="utf-8")
        else:
            self.stdout.write(page())
