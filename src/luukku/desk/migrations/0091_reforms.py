"""When organisations merge or split, the house moves what no request may: whose a handover, a tablet and a listed matter are. Figures stay."""

import django.db.models.deletion
from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

TO_ORGANISATION = {"blank": True, "null": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "network.organisation"}
HELP = "whose figure it stays, when the desk was another organisation's then"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0090_spoken_feedback"), ("network", "0020_reform_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField("handover", "counted_from", models.ForeignKey(help_text=HELP, **TO_ORGANISATION)),
        migrations.AddField("handover", "counted_to", models.ForeignKey(help_text=HELP, **TO_ORGANISATION)),
        amended(
            "wall.desk_handover_before()",
            "new.from_desk_id := old.from_desk_id;\n    new.to_desk_id := old.to_desk_id;",
            "if wall.by_web() then new.from_desk_id := old.from_desk_id; new.to_desk_id := old.to_desk_id; end if;",
        ),
        amended("wall.desk_kiosk_before()", "new.desk_id := old.desk_id;", "if wall.by_web() then new.desk_id := old.desk_id; end if;"),
        amended(
            "wall.desk_meetingitem_before()",
            "new.organisation_id := old.organisation_id;",
            "if wall.by_web() then new.organisation_id := old.organisation_id; end if;",
        ),
        amended(
            "wall.desk_count_handover(desk_handover, integer)",
            "(select organisation_id from network_desk where id = h.from_desk_id), (select organisation_id from network_desk where id = h.to_desk_id),",
            "coalesce(h.counted_from_id, (select organisation_id from network_desk where id = h.from_desk_id)),"
            " coalesce(h.counted_to_id, (select organisation_id from network_desk where id = h.to_desk_id)),",
        ),
    ]
