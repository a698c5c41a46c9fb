"""Imports of the register are written by the house; rows that wait are not logged, for they can be read again."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0010_imports")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            [
                "alter table customers_importrow set unlogged",
                "revoke insert, update, delete on customers_importrow, customers_importchange from luukku_web",
                "revoke delete on customers_importrun from luukku_web",
            ],
            migrations.RunSQL.noop,
        ),
    ]
