"""How it went, as customers said and visitors touched, is read from counts of whole months, made anew each hour as those of the promise.

Months that are not among the counts are counted as before, so that nothing waits for the first count and a month that has ended is told at once.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import house_only

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
MONTHS = "(region bigint, since date, until date)"
# Single answers, as they are counted: the organisations that had a part when it was given, or the one whose tablet it is.
ROWS = f"""
create function wall.desk_face_rows(since date, until date)
returns table (source text, region_id bigint, key text, month date, face smallint) {SQL} as $$
  select 'case', c.region_id, array(
      select d.organisation_id from desk_leg l join network_desk d on d.id = l.desk_id where l.case_id = f.case_id and l.received_at <= f.created_at
      union select c.logged_by_id where c.logged_by_id is not null order by 1)::text, wall.month_of(f.created_at), f.face
    from desk_feedback f join desk_case c on c.id = f.case_id where f.created_at >= wall.begins(since) and f.created_at < wall.begins(until)
  union all
  select 'kiosk', d.region_id, d.organisation_id::text, wall.month_of(a.given_at), a.face
    from desk_kioskanswer a join desk_kiosk k on k.id = a.kiosk_id join network_desk d on d.id = k.desk_id
    where a.given_at >= wall.begins(since) and a.given_at < wall.begins(until)
$$
"""
LEAVES = f"""
create function wall.desk_face_leaves(which text, region bigint, since date, until date)
returns table (key text, month date, face smallint, n bigint) {SQL} as $$
  with counted as (select min(f.month) as first, (max(f.month) + interval '1 month')::date as last from desk_facecount f)
  select f.key, f.month, f.face, f.n::bigint from desk_facecount f
    where f.source = which and f.region_id = region and f.month >= since and f.month < until
  union all
  select r.key, r.month, r.face, count(*) from counted c cross join lateral (values
      (since, case when c.first is null then until else least(until, greatest(since, c.first)) end),
      (case when c.last is null then until else greatest(since, c.last) end, until)
    ) x(since, until), lateral wall.desk_face_rows(x.since, x.until) r
    where x.since < x.until and r.source = which and r.region_id = region group by 1, 2, 3
$$
"""


def _told(name: str, source: str) -> str:
    return f"""
create or replace function wall.{name}{MONTHS} returns table (answers bigint, total bigint) {SQL} as $$
  with rows as materialized (select * from wall.desk_face_leaves('{source}', region, since, wall.ended_months(since, until))),
  told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, sum(r.n)::bigint)::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
  select coalesce(sum(n), 0)::bigint, coalesce(sum(n * face), 0)::bigint from told
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0108_search_rare_words")]
    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="FaceCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(help_text="case, or kiosk", max_length=5)),
                ("key", models.TextField(help_text="organisations that read such an answer")),
                ("month", models.DateField(help_text="in which they were given, by the Finnish clock")),
                ("face", models.PositiveSmallIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("region", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.region")),
            ],
            options={
                "ordering": ("month", "id"),
                "indexes": [models.Index(fields=["month"], name="face_count_month")],
                "constraints": [models.UniqueConstraint(fields=("region", "source", "key", "month", "face"), name="face_count_cell")],
            },
        ),
        *house_only("desk_facecount"),
        migrations.RunSQL("revoke all on desk_facecount from luukku_web", migrations.RunSQL.noop),
        migrations.RunSQL(ROWS, "drop function wall.desk_face_rows"),
        migrations.RunSQL(LEAVES, "drop function wall.desk_face_leaves"),
        *[
            migrations.RunSQL(f"revoke execute on function wall.{name} from public", migrations.RunSQL.noop)
            for name in ("desk_face_rows(date, date)", "desk_face_leaves(text, bigint, date, date)")
        ],
        migrations.RunSQL("grant execute on function wall.desk_face_rows(date, date) to luukku_house", migrations.RunSQL.noop),  # which counts
        *[migrations.RunSQL(_told(name, source), migrations.RunSQL.noop) for name, source in (("desk_faces", "case"), ("desk_kiosk_faces", "kiosk"))],
    ]
