"""After a large import the planner's figures are taken anew at once, not when the server's own round comes: searches would read whole tables till then."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


def _analyze(name: str, tables: str) -> str:
    return f"""
create function wall.{name}() returns void language plpgsql volatile security definer set search_path = public, wall, pg_temp as $$
begin
  analyze {tables};
end $$
"""


FUNCTIONS = {
    "customers_analyze": "customers_company, customers_companyname, customers_nameword, customers_importchange",
    "customers_analyze_rows": "customers_importrow",
}


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0027_imports_on_screen")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            [
                statement
                for name, tables in FUNCTIONS.items()
                for statement in (
                    _analyze(name, tables),
                    f"revoke execute on function wall.{name}() from public",
                    f"grant execute on function wall.{name}() to luukku_house",
                )
            ],
            [f"drop function wall.{name}()" for name in FUNCTIONS],
        ),
    ]
