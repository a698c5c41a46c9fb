"""The words of names are sorted in at once, nearly (core 0009 says why): what the models say of their indexes."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.migrations.operations.base import Operation

INDEXES = (
    ("companyname", "companyname_words", ["words"], ()),
    ("establishment", "establishment_words", ["words"], ()),
    ("nameword", "nameword_trigrams", ["word"], ["gin_trgm_ops"]),
)
SQL = [f"alter index {name} set (gin_pending_list_limit = 64)" for _, name, _, _ in INDEXES]


def _index(name: str, fields: list[str], opclasses: list[str] | tuple[()]) -> GinIndex:
    return GinIndex(fields=fields, name=name, opclasses=opclasses, gin_pending_list_limit=64)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0038_tags"), ("core", "0009_short_pending_lists")]
    operations: ClassVar[list[Operation]] = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SQL, migrations.RunSQL.noop)],
            state_operations=[
                step
                for model, name, fields, opclasses in INDEXES
                for step in (migrations.RemoveIndex(model, name), migrations.AddIndex(model, _index(name, fields, opclasses)))
            ],
        )
    ]
