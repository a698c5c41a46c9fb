"""When organisations merge or split, the house moves open complaints to who answers now; no request does."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("complaints", "0005_owners_by_kind"), ("network", "0020_reform_walls")]
    operations: ClassVar[list[Operation]] = [
        amended(
            "wall.complaints_complaint_before()",
            "if (new.door_principal, new.link_digest, new.region_id,",
            "if wall.by_web() and (new.door_principal, new.link_digest, new.region_id,",
        ),
    ]
