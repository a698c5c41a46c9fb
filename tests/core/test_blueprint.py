"""What a new database begins with is what every migration together makes."""

import re
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from luukku.core.blueprint import drawn_migrations, lay
from tests.harness.processes import installation

NEWER = 80  # migrations after the blueprint; with more, to begin takes too long again: draw it anew
WRITTEN_ANEW = re.compile(r"\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]")
# Numbered as they come, which is another order when what came after the blueprint is added to it.
NUMBERED = re.compile(
    r"INSERT INTO public\.(?:django_migrations|django_content_type|auth_permission) .*?;\n|SELECT pg_catalog\.setval\(.*?;\n", re.DOTALL
)
MOMENT = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^']*'")


def test_blueprint_knows_only_migrations_that_are_there_and_nearly_all() -> None:
    there, drawn = set(MigrationLoader(None).disk_migrations), drawn_migrations()
    assert drawn <= there
    assert len(there - drawn) <= NEWER


@pytest.mark.django_db
def test_lay_leaves_a_database_with_tables_alone() -> None:
    assert not lay()


@pytest.mark.long
def test_blueprint_and_what_came_after_make_what_every_step_makes(tmp_path: Path) -> None:
    drawn = [_drawn(tmp_path / name, *options) for name, options in (("laid", ()), ("by-steps", ("--every-step",)))]
    assert drawn[0] == drawn[1]


def _drawn(path: Path, *options: str) -> list[str]:
    with installation() as own:
        own.run("migrate", "--verbosity", "0", *options)
        own.run("blueprint", str(path))
    words = MOMENT.sub("moment", NUMBERED.sub("", path.read_text()))
    # PostgreSQL writes a list of words differently once it has read back what it wrote.
    as_read = WRITTEN_ANEW.sub(_as_read, words)
    return sorted(as_read.splitlines())


def _as_read(found: re.Match[str]) -> str:
    return "ARRAY[" + re.sub(r"('[^']*'::character varying)", r"(\1)::text", found[1]) + "]"
