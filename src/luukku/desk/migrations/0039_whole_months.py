"""Windows of figures tell nothing of fewer than five, not by short periods, not by the difference of two, not by what an organisation knows itself.

They take whole months that have ended. What stands in a figure is chosen in *atoms* of at least five: the things of one key (organisation,
clock, cause) in a month; where they are fewer, the months of a quarter that were too few are put together, then those of a half-year, then of
a year; what is still fewer than five is left out. A figure is the sum of the atoms that lie wholly within its months, so every difference of
figures is a sum of atoms too. An atom is read by the same organisations throughout: who knows a part of it knows it all.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

LEAF = "create type wall.leaf as (key text, month date, n bigint)"
ENDED = """
create function wall.ended_months(since date, until date) returns date language plpgsql stable as $$
begin
  if since is null or until is null or since >= until or extract(day from since) <> 1 or extract(day from until) <> 1 then
    raise exception 'figures are told of whole months' using errcode = 'invalid_parameter_value';
  end if;
  return least(until, date_trunc('month', now() at time zone 'Europe/Helsinki')::date);
end $$
"""
ENOUGH = """
create function wall.enough(leaves wall.leaf[], since date, until date) returns table (key text, month date) language sql stable as $$
  with leaf as (
    select l.key, l.month, l.n, l.n >= 5 as told, date_trunc('quarter', l.month)::date as q, date_trunc('year', l.month)::date as y,
      (date_trunc('year', l.month) + case when extract(month from l.month) > 6 then interval '6 months' else interval '0' end)::date as h
    from unnest(leaves) l
  ), quarter as (
    select l.key, l.month, l.n, l.h, l.y, l.told or (l.q >= since and l.q + interval '3 months' <= until
      and sum(l.n) filter (where not l.told) over (partition by l.key, l.q) >= 5) as told from leaf l
  ), half as (
    select l.key, l.month, l.n, l.y, l.told or (l.h >= since and l.h + interval '6 months' <= until
      and sum(l.n) filter (where not l.told) over (partition by l.key, l.h) >= 5) as told from quarter l
  ), whole as (
    select l.key, l.month, l.told or (l.y >= since and l.y + interval '1 year' <= until
      and sum(l.n) filter (where not l.told) over (partition by l.key, l.y) >= 5) as told from half l
  )
  select w.key, w.month from whole w where w.told
$$
"""
# A month's first moment by the Finnish clock, and the month of a moment.
MOMENTS = """
create function wall.begins(day date) returns timestamptz language sql stable as $$ select day::timestamp at time zone 'Europe/Helsinki' $$;
create function wall.month_of(moment timestamptz) returns date language sql stable as $$
  select date_trunc('month', moment at time zone 'Europe/Helsinki')::date $$
"""
INNER = (
    "ended_months(date, date)",
    "enough(wall.leaf[], date, date)",
    "begins(date)",
    "month_of(timestamptz)",
)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0038_search_without_kept_words")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(LEAF, "drop type wall.leaf"),
        migrations.RunSQL(ENDED, "drop function wall.ended_months"),
        migrations.RunSQL(ENOUGH, "drop function wall.enough"),
        migrations.RunSQL(MOMENTS, "drop function wall.begins, wall.month_of"),
        *[migrations.RunSQL(f"revoke execute on function wall.{name} from public", migrations.RunSQL.noop) for name in INNER],
    ]
