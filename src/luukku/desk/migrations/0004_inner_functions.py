"""What the walls compute with is not for the web to call: it would tell who reads a case, or who is a customer somewhere."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

INNER = (
    "desk_case_readers(desk_case)",
    "desk_staff_readers(desk_case)",
    "desk_contact_readers(bigint)",
    "desk_customer_is_open(bigint, bigint)",
)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0003_windows")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            [f"revoke execute on function wall.{name} from public", f"grant execute on function wall.{name} to luukku_house"],
            [f"grant execute on function wall.{name} to public"],
        )
        for name in INNER
    ]
