"""Full text finds a matter by the customer's first words only for those who may read them: a receiver from whom she kept them searches the rest.

A hit is an answer: who may ask about every word learns them all. So a matter whose words are kept from all that the asker is gets its
text made anew of what he reads, and the column with everything is not asked at all, neither for words nor for their absence.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

WINDOW = "language sql stable security definer set search_path = public, wall, pg_temp"
# Organisations whose first part came by a handover without the words, and to whom no later one brought them.
KEPT_FROM = f"""
create function wall.desk_words_kept_from(own_case bigint) returns bigint[] {WINDOW} as $$
  select coalesce(array_agg(o.principal), '{{}}') from network_organisation o where o.id in (
    select d.organisation_id from desk_leg l join network_desk d on d.id = l.desk_id left join desk_handover h on h.received_leg_id = l.id
    where l.case_id = own_case group by d.organisation_id
    having (array_agg(h.id is not null order by l.id))[1] and not bool_or(
      exists (select 1 from desk_handoverpart p where p.handover_id = h.id and p.kind = 'own-words' and p.included)))
$$
"""
QUERY = """(websearch_to_tsquery('finnish', query) || websearch_to_tsquery('swedish', query)
      || websearch_to_tsquery('english', query) || websearch_to_tsquery('simple', query))"""
SEARCH = f"""
create or replace function wall.desk_search(query text, most integer) returns setof bigint {WINDOW} as $$
  with kept as materialized (
    select c.id, to_tsvector('finnish', c.subject) || to_tsvector('swedish', c.subject) || to_tsvector('english', c.subject)
      || to_tsvector('simple', c.number || ' ' || c.subject) as shown
    from desk_case c
    where c.readers && wall.principals() and c.id in (
      select h.case_id from desk_handover h where h.readers && wall.principals() and h.received_leg_id is not null
        and not exists (select 1 from desk_handoverpart p where p.handover_id = h.id and p.kind = 'own-words' and p.included))
      and not wall.without(c.readers, wall.desk_words_kept_from(c.id)) && wall.principals()
  ), found as materialized (
    select id from desk_case where readers && wall.principals() and search @@ {QUERY}
  )
  select id from (
    select id from found where id not in (select id from kept)
    union all select id from kept where shown @@ {QUERY}
  ) hits order by id desc limit least(most, 200)
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0037_first_part_decides")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(KEPT_FROM, "drop function wall.desk_words_kept_from"),
        migrations.RunSQL(
            ["revoke execute on function wall.desk_words_kept_from(bigint) from public",
             "grant execute on function wall.desk_words_kept_from(bigint) to luukku_house"],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
    ]  # fmt: skip
