"""A rare word is looked up alone: to lay the hundreds of cases that have it over the tens of thousands that a large organisation reads costs ten times more."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

WINDOW = "language sql stable security definer set search_path = public, wall, pg_temp"
QUERY = """(websearch_to_tsquery('finnish', query) || websearch_to_tsquery('swedish', query)
      || websearch_to_tsquery('english', query) || websearch_to_tsquery('simple', query))"""
FEW = 500  # cases with a word that are looked at one by one
KEPT = """
  with kept as materialized (
    select c.id, to_tsvector('finnish', c.subject) || to_tsvector('swedish', c.subject) || to_tsvector('english', c.subject)
      || to_tsvector('simple', c.number || ' ' || c.subject) as shown
    from desk_case c
    where c.readers && wall.principals() and c.id in (
      select h.case_id from desk_handover h where h.readers && wall.principals() and h.received_leg_id is not null
        and not exists (select 1 from desk_handoverpart p where p.handover_id = h.id and p.kind = 'own-words' and p.included)
      union all select unnest(array[l.case_id, l.origin_id]) from desk_leg l where l.origin_id is not null and l.readers && wall.principals())
      and not wall.without(c.readers, wall.desk_words_kept_from(c.id)) && wall.principals()
  )"""
HITS = f"""
  select id from (
    select id from found where id not in (select id from kept)
    union all select id from kept where shown @@ {QUERY}
  ) hits order by id desc limit least(most, 200)
"""
BOTH = f"select id from desk_case where readers && wall.principals() and search @@ {QUERY}"
BEFORE = f"""
create or replace function wall.desk_search(query text, most integer) returns setof bigint {WINDOW} as $$
{KEPT}, found as materialized ({BOTH}){HITS}$$
"""
NOW = f"""
create or replace function wall.desk_search(query text, most integer) returns setof bigint {WINDOW} as $$
{KEPT}, few as materialized (
    select id, readers from desk_case where search @@ {QUERY} limit {FEW} + 1
  ), found as materialized (
    select id from few where readers && wall.principals() and (select count(*) from few) <= {FEW}
    union all {BOTH} and (select count(*) from few) > {FEW}
  ){HITS}$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0107_not_contacted_index")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(NOW, BEFORE)]
