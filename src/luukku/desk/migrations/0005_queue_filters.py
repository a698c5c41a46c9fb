"""A leg carries its case's language and municipality, so that the queue filters without a join; full text looks up before it sorts."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

LEG_BEFORE = f"""
create or replace function wall.desk_leg_before() returns trigger {DEFINER} as $$
declare own bigint; parent bigint[];
begin
  select readers, language, municipality_id into parent, new.language, new.municipality_id from desk_case where id = new.case_id;
  if wall.by_web() and (tg_op = 'INSERT' or new.case_id is distinct from old.case_id) and not parent && wall.principals() then
    raise exception 'a leg is added to a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  select o.principal into own from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = new.desk_id;
  new.readers := ({SORTED}(parent || own) as p);
  return new;
end $$
"""
# When the case moves to another customer, the former one's contact data close; a touched leg copies what it carries (trigger above).
CASE_AFTER = f"""
create or replace function wall.desk_case_after() returns trigger {DEFINER} as $$
declare staff bigint[];
begin
  if tg_op = 'INSERT' or new.readers is distinct from old.readers or new.customer_id is distinct from old.customer_id then
    if new.customer_id is not null then
      update customers_contact k set readers = wall.desk_contact_readers(k.customer_id)
        where k.customer_id = new.customer_id and k.readers is distinct from wall.desk_contact_readers(k.customer_id);
    end if;
    if tg_op = 'UPDATE' and old.customer_id is not null and old.customer_id is distinct from new.customer_id then
      update customers_contact k set readers = wall.desk_contact_readers(k.customer_id) where k.customer_id = old.customer_id;
    end if;
  end if;
  if tg_op = 'UPDATE' and (new.language, new.municipality_id) is distinct from (old.language, old.municipality_id) then
    update desk_leg set language = new.language where case_id = new.id;
  end if;
  if tg_op = 'UPDATE' and new.readers is distinct from old.readers then
    staff := wall.desk_staff_readers(new);
    update desk_leg set readers = new.readers where case_id = new.id and readers is distinct from new.readers;
    update desk_clock set readers = new.readers
      where leg_id in (select id from desk_leg where case_id = new.id) and readers is distinct from new.readers;
    update desk_statuslink set readers = new.readers where case_id = new.id;
    update desk_message set readers = new.readers where case_id = new.id;
    update desk_note set readers = staff where case_id = new.id;
    update desk_proposal set readers = staff where case_id = new.id;
    update desk_outcome set readers = new.readers where case_id = new.id;
    update desk_feedback set readers = new.readers where case_id = new.id;
    update desk_attachment set readers = case when note_id is null then new.readers else staff end where case_id = new.id;
  end if;
  return null;
end $$
"""
# Found first and sorted then: walking the newest cases until a rare word turns up would read them all.
SEARCH = """
create or replace function wall.desk_search(query text, most integer) returns setof bigint
language sql stable security definer set search_path = public, wall, pg_temp as $$
  with found as materialized (
    select id from desk_case
    where readers && wall.principals() and search @@ (
      websearch_to_tsquery('finnish', query) || websearch_to_tsquery('swedish', query)
      || websearch_to_tsquery('english', query) || websearch_to_tsquery('simple', query))
  )
  select id from found order by id desc limit least(most, 200)
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0004_inner_functions"), ("network", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "leg",
            "language",
            models.CharField(
                blank=True, editable=False, help_text="the case's, copied by the database for the queue's filter", max_length=2, default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "leg",
            "municipality",
            models.ForeignKey(
                editable=False,
                help_text="copied like language",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.municipality",
            ),
        ),
        migrations.RunSQL(LEG_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(CASE_AFTER, migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
        migrations.RunSQL("update desk_leg set language = language", migrations.RunSQL.noop),
    ]
