"""Who came after whom in law opens what the one before was allowed to read, so the house alone writes it, when it carries out a reform."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("network", "0020_reform_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            "revoke insert, update, delete on network_succession from luukku_web",
            "grant insert, update, delete on network_succession to luukku_web",
        )
    ]
