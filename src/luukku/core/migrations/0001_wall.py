"""The ground of the second wall: schema, the one sequence of principals, who is reading, Finnish order."""

from typing import ClassVar

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.migrations.operations.base import Operation

FINNISH_KEY = """
create or replace function wall.finnish_key(t text) returns text language sql immutable parallel safe
as $$ select translate(lower(t), 'åäöæøüéèêáàâãóòôõíìîúùûñçšžðþß', '{|}|}yeeeaaaaooooiiiuuuncszdts') $$
"""

PRINCIPALS = """
create or replace function wall.principals() returns bigint[] language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('luukku.principals', true), ''), '{}')::bigint[] $$
"""

# A table whose readers others compute: the web may neither choose nor change them.
GUARD = """
create or replace function wall.guard_readers() returns trigger language plpgsql as $$
begin
  if current_user = 'luukku_web' then
    if tg_op = 'INSERT' then new.readers := wall.principals(); else new.readers := old.readers; end if;
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL("create schema if not exists wall", "drop schema wall cascade"),
        migrations.RunSQL("grant usage on schema wall to luukku_web, luukku_house"),
        migrations.RunSQL("create sequence wall.principal start 1000"),
        migrations.RunSQL("grant usage, select on sequence wall.principal to luukku_web, luukku_house"),
        migrations.RunSQL(PRINCIPALS),
        migrations.RunSQL(FINNISH_KEY),
        migrations.RunSQL(GUARD),
        TrigramExtension(),
    ]
