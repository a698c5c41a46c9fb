"""A legal successor reads what customers allowed the organisation it came after; and the house moves who keeps customers to it."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0031_stand_ins_of_shepherds"), ("network", "0020_reform_walls")]
    operations: ClassVar[list[Operation]] = [
        amended(
            "wall.customers_circles(bigint, date)",
            "(c.organisation_id is null or c.organisation_id = o.id)",
            "(c.organisation_id is null or c.organisation_id = o.id or c.organisation_id in ("
            "select n.predecessor_id from network_succession n where n.successor_id = o.id and n.is_legal))",
        ),
        amended(
            "wall.customers_shepherd_before()",
            "new.seat_id := old.seat_id;\n    new.organisation_id := old.organisation_id; new.contract_id",
            "if wall.is_web() then new.seat_id := old.seat_id; new.organisation_id := old.organisation_id; end if;\n    new.contract_id",
        ),
    ]
