"""What a company was called on a case before goes with the case's words."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

FORGET = """
create function wall.desk_forget_history(keys bigint[]) returns void
language plpgsql volatile security definer set search_path = public, wall, pg_temp as $$
begin
  perform set_config('pgtrigger.ignore', '{pgtrigger_append_only_f2fa7}', true);
  delete from desk_casecompanyevent where pgh_obj_id = any(keys);
  perform set_config('pgtrigger.ignore', '{}', true);
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0073_forgotten_cases")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(FORGET, "drop function wall.desk_forget_history(bigint[])"),
        migrations.RunSQL(
            [
                "revoke execute on function wall.desk_forget_history(bigint[]) from public",
                "grant execute on function wall.desk_forget_history(bigint[]) to luukku_house",
            ],
            migrations.RunSQL.noop,
        ),
    ]
