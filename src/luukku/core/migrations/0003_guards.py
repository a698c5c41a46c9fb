"""The trail is for ever; files are confidential; the web does not rewrite the list of migrations."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

IMMUTABLE = """
create or replace function wall.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'the trail is not changed'; end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("core", "0002_initial")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(IMMUTABLE),
        migrations.RunSQL(
            "create trigger refuse_change before update or delete on core_event for each row execute function wall.refuse_change()",
            "drop trigger refuse_change on core_event",
        ),
        migrations.RunSQL("revoke update, delete on core_event from luukku_web, luukku_house"),
        migrations.RunSQL("revoke insert, update, delete on django_migrations from luukku_web, luukku_house"),
        *confidential("core_storedfile"),
        migrations.RunSQL(
            "create trigger guard_readers before insert or update on core_storedfile for each row execute function wall.guard_readers()",
            "drop trigger guard_readers on core_storedfile",
        ),
    ]
