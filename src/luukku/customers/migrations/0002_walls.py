"""Contacts and their history are confidential."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0001_initial"), ("core", "0003_guards")]
    operations: ClassVar[list[Operation]] = [
        *confidential("customers_contact"),
        *confidential("customers_contactevent", index=False),
        migrations.RunSQL(
            "create trigger guard_readers before insert or update on customers_contact for each row execute function wall.guard_readers()",
            "drop trigger guard_readers on customers_contact",
        ),
    ]
