"""docs/permissions.md says what the role table says."""

from pathlib import Path

from luukku.network.management.commands.permissions import page

FILE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def test_page_equals_role_table() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "run: luukku permissions --write docs/permissions.md"
