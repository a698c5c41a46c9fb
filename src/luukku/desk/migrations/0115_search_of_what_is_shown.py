"""Which of the matters found keep their first words from the reader is asked of those that are shown, newest first, and no longer of all that came by a handover.

What is read without those words is part of the searched text, so such a matter is always among the found; only a word that must *not* occur can
make it fit without them, and then all are asked as before. A word that some three thousand cases have is looked up alone.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

WINDOW = "language sql stable security definer set search_path = public, wall, pg_temp"
QUERY = """(websearch_to_tsquery('finnish', query) || websearch_to_tsquery('swedish', query)
      || websearch_to_tsquery('english', query) || websearch_to_tsquery('simple', query))"""
FEW = 3000  # cases with a word that are looked at one by one
WITHOUT_WORDS = """h.readers && (select wall.principals()) and h.received_leg_id is not null
      and not exists (select 1 from desk_handoverpart p where p.handover_id = h.id and p.kind = 'own-words' and p.included)"""
JOINED = "l.origin_id is not null and l.readers && (select wall.principals())"
NOW = f"""
create or replace function wall.desk_search(query text, most integer) returns setof bigint {WINDOW} as $$
  with few as materialized (
    select id, readers from desk_case where search @@ {QUERY} limit {FEW} + 1
  ), found as materialized (
    select id, true as fits from few where readers && (select wall.principals()) and (select count(*) from few) <= {FEW}
    union all select id, true from desk_case where readers && wall.principals() and search @@ {QUERY} and (select count(*) from few) > {FEW}
    union all select s.id, false from (
      select h.case_id as id from desk_handover h where {WITHOUT_WORDS}
      union select unnest(array[l.case_id, l.origin_id]) from desk_leg l where {JOINED}
    ) s where (select strpos({QUERY}::text, '!') > 0)
  )
  select f.id from (select id, bool_or(fits) as fits from found group by id order by id desc offset 0) f
  where case when exists (select 1 from desk_handover h where h.case_id = f.id and {WITHOUT_WORDS})
      or exists (select 1 from desk_leg l where l.case_id = f.id and {JOINED})
      or exists (select 1 from desk_leg l where l.origin_id = f.id and {JOINED})
    then (
      select c.readers && wall.principals() and case
        when wall.without(c.readers, wall.desk_words_kept_from(c.id)) && wall.principals() then f.fits
        else (to_tsvector('finnish', c.subject) || to_tsvector('swedish', c.subject) || to_tsvector('english', c.subject)
          || to_tsvector('simple', c.number || ' ' || c.subject)) @@ {QUERY} end
      from desk_case c where c.id = f.id)
    else f.fits end
  limit least(most, 200)
$$
"""
BEFORE = f"""
create or replace function wall.desk_search(query text, most integer) returns setof bigint {WINDOW} as $$
  with kept as materialized (
    select c.id, to_tsvector('finnish', c.subject) || to_tsvector('swedish', c.subject) || to_tsvector('english', c.subject)
      || to_tsvector('simple', c.number || ' ' || c.subject) as shown
    from desk_case c
    where c.readers && wall.principals() and c.id in (
      select h.case_id from desk_handover h where h.readers && wall.principals() and h.received_leg_id is not null
        and not exists (select 1 from desk_handoverpart p where p.handover_id = h.id and p.kind = 'own-words' and p.included)
      union all select unnest(array[l.case_id, l.origin_id]) from desk_leg l where l.origin_id is not null and l.readers && wall.principals())
      and not wall.without(c.readers, wall.desk_words_kept_from(c.id)) && wall.principals()
  ), few as materialized (
    select id, readers from desk_case where search @@ {QUERY} limit 1500 + 1
  ), found as materialized (
    select id from few where readers && (select wall.principals()) and (select count(*) from few) <= 1500
    union all select id from desk_case where readers && wall.principals() and search @@ {QUERY} and (select count(*) from few) > 1500
  )
  select id from (
    select id from found where id not in (select id from kept)
    union all select id from kept where shown @@ {QUERY}
  ) hits order by id desc limit least(most, 200)
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0114_e_service_outside")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(NOW, BEFORE)]
