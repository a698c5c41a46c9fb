"""Who may know a listed matter sees by when each of its parts owes the customer something."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language sql stable security definer set search_path = public, wall, pg_temp"
LISTED = f"""
create or replace function wall.desk_listed_cases(wanted bigint[]) returns table (
  item_id bigint, number text, subject text, own_words text, language text, company text, customer text, state text, contacted_at timestamptz,
  municipality_id bigint, parts jsonb) {DEFINER} as $$
  select l.item_id, c.number, c.subject, case when wall.desk_item_agreed(l.item_id) && wall.principals() then c.own_words else '' end, c.language, coalesce(m.name, nullif(c.company_name, ''), c.business_id), coalesce(k.name, ''),
    c.state, c.contacted_at, c.municipality_id,
    (select coalesce(jsonb_agg(jsonb_build_object('organisation', d.organisation_id, 'service', g.service_id, 'handler', p.name, 'state', g.state,
        'next_step', g.next_step, 'next_step_at', g.next_step_at, 'due_at', g.due_at, 'due_kind', g.due_kind) order by g.position), '[]')
      from desk_leg g join network_desk d on d.id = g.desk_id left join network_person p on p.id = g.handler_id where g.case_id = c.id)
  from desk_itemcase l join desk_case c on c.id = l.case_id
    left join customers_company m on m.id = c.company_id left join customers_contact k on k.customer_id = c.customer_id
  where l.item_id = any(wanted) and l.readers && wall.principals() and (
    c.readers && wall.principals()
    or wall.desk_item_agreed(l.item_id) && wall.principals())
$$
"""
BEFORE = LISTED.replace(", 'due_at', g.due_at, 'due_kind', g.due_kind", "")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0076_handover_results")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(LISTED, BEFORE)]
