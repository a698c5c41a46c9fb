"""What undoing a reform needs is the house's alone: it holds keys of matters. And who is in a house is read anew when its keeper changes."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import house_only

PREMISES = """
create trigger wall_after after update of organisation_id on network_premises for each statement execute function wall.network_house_after()
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("network", "0019_reforms")]
    operations: ClassVar[list[Operation]] = [
        *house_only("network_reformstep"),
        migrations.RunSQL("revoke all on network_reformstep from luukku_web", migrations.RunSQL.noop),
        migrations.RunSQL(PREMISES, "drop trigger wall_after on network_premises"),
    ]
