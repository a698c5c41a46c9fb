"""Words of an establishment's name join the dictionary of words, which no request writes."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

LEARN = """
create function wall.customers_learn_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into customers_nameword (word) select unnest(new.words) on conflict do nothing;
  return null;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0018_segment_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(LEARN, "drop function wall.customers_learn_words() cascade"),
        migrations.RunSQL(
            "create trigger learn_words after insert or update of name on customers_establishment"
            " for each row execute function wall.customers_learn_words()",
            "drop trigger learn_words on customers_establishment",
        ),
    ]
