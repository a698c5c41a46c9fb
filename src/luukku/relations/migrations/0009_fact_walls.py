"""A lead from a fact is read by the organisation to which it is proposed, and by the one that wrote it down."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
FACT_BEFORE = f"""
create function wall.relations_fact_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if wall.by_web() and (new.company_id, new.region_id, new.kind, new.day, new.words, new.desk_id, new.organisation_id, new.from_organisation_id)
        is distinct from (old.company_id, old.region_id, old.kind, old.day, old.words, old.desk_id, old.organisation_id, old.from_organisation_id) then
      raise exception 'a fact stands as it was told' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and not (
      exists (select 1 from network_organisation where id = new.from_organisation_id and principal = any(wall.principals()))
      and exists (select 1 from network_desk where id = new.desk_id and organisation_id = new.organisation_id)) then
    raise exception 'one writes down facts for one''s own organisation' using errcode = 'insufficient_privilege';
  end if;
  select coalesce(array_agg(distinct o.principal order by o.principal), '{{}}') into new.readers
    from network_organisation o where o.id in (new.organisation_id, new.from_organisation_id);
  return new;
end $$
"""
TRAIL = (
    "drop policy relations_reads on core_event",
    r"""
create policy relations_reads on core_event as restrictive for select to luukku_web using (subject_kind !~ '^relations\.'
  or (subject_kind = 'relations.visit' and exists (select 1 from relations_visit v where v.id = subject_id))
  or (subject_kind = 'relations.accountplan' and exists (select 1 from relations_accountplan p where p.id = subject_id))
  or (subject_kind = 'relations.factlead' and exists (select 1 from relations_factlead f where f.id = subject_id))
  or (subject_kind = 'relations.lead' and exists (select 1 from relations_lead l where l.id = subject_id)))
""",
)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0008_facts")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(FACT_BEFORE, "drop function wall.relations_fact_before cascade"),
        *confidential("relations_factlead"),
        migrations.RunSQL("revoke delete on relations_factlead from luukku_web", migrations.RunSQL.noop),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on relations_factlead for each row execute function wall.relations_fact_before()",
            "drop trigger wall_before on relations_factlead",
        ),
        migrations.RunSQL(list(TRAIL), migrations.RunSQL.noop),
    ]
