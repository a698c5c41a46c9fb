"""Searches that nothing fitted: seen by the region's coordinator alone, added through a window, changed by no request.

A confirmed answer is added for a person of the network only. Earlier searches go: they were scrubbed less well.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

COORDINATED = """
select s.region_id from network_seat s join network_person p on p.id = s.person_id
where p.deactivated_at is null and s.role = 'coordinator' and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint
  and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date)
"""
WALL = [
    "delete from catalogue_unmetneed",
    "alter table catalogue_unmetneed enable row level security, force row level security",
    f"create policy web_reads on catalogue_unmetneed for select to luukku_web using (region_id in ({COORDINATED}))",
    "create policy house on catalogue_unmetneed to luukku_house using (true) with check (true)",
    "create policy own on catalogue_unmetneed to luukku_owner using (true) with check (true)",
    "revoke insert, update, delete on catalogue_unmetneed from luukku_web",
]
NOTE = """
create function wall.catalogue_note_unmet(words text, lang text, region bigint, on_day date) returns void
language sql security definer set search_path = public, wall, pg_temp as $$
  insert into catalogue_unmetneed (text, language, region_id, day, count)
  select words, lang, r.id, on_day, 1 from network_region r where r.id = region and words !~ '@|[0-9]{5}'
  on conflict (region_id, text, day) do update set count = catalogue_unmetneed.count + 1
$$
"""
ANSWERS = """
drop policy web_adds on catalogue_confirmedanswer;
create policy web_adds on catalogue_confirmedanswer for insert to luukku_web with check (nullif(current_setting('luukku.person', true), '') is not null)
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("catalogue", "0002_walls"), ("network", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(WALL, migrations.RunSQL.noop),
        migrations.RunSQL(NOTE, "drop function wall.catalogue_note_unmet"),
        migrations.RunSQL(ANSWERS, migrations.RunSQL.noop),
    ]
