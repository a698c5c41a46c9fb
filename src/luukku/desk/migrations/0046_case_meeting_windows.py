"""Windows of case meetings: an opened matter as it stands, the way from a listed matter to its case, and numbers for the agenda."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language sql stable security definer set search_path = public, wall, pg_temp"

# What the consent's text names and nothing more: no contact details, messages, notes or files. Asked each time: it ends with the consent.
# Whoever reads the case itself reads her first words there, as far as they were passed to him.
LISTED = f"""
create function wall.desk_listed_cases(wanted bigint[]) returns table (
  item_id bigint, number text, subject text, own_words text, language text, company text, customer text, state text, contacted_at timestamptz,
  municipality_id bigint, parts jsonb) {DEFINER} as $$
  select l.item_id, c.number, c.subject, case when wall.desk_item_agreed(l.item_id) && wall.principals() then c.own_words else '' end, c.language, coalesce(m.name, nullif(c.company_name, ''), c.business_id), coalesce(k.name, ''),
    c.state, c.contacted_at, c.municipality_id,
    (select coalesce(jsonb_agg(jsonb_build_object('organisation', d.organisation_id, 'service', g.service_id, 'handler', p.name, 'state', g.state,
        'next_step', g.next_step, 'next_step_at', g.next_step_at) order by g.position), '[]')
      from desk_leg g join network_desk d on d.id = g.desk_id left join network_person p on p.id = g.handler_id where g.case_id = c.id)
  from desk_itemcase l join desk_case c on c.id = l.case_id
    left join customers_company m on m.id = c.company_id left join customers_contact k on k.customer_id = c.customer_id
  where l.item_id = any(wanted) and l.readers && wall.principals() and (
    c.readers && wall.principals()
    or wall.desk_item_agreed(l.item_id) && wall.principals())
$$
"""
# Whoever takes part in a meeting writes what was agreed onto the case, which she may not read: the action acts as the case's readers for the
# length of one writing, and only while the meeting goes on.
DOOR = f"""
create function wall.desk_meeting_door(wanted bigint) returns table (case_id bigint, leg_id bigint, principals bigint[]) {DEFINER} as $$
  select c.id, l.leg_id, c.readers
  from desk_itemcase l join desk_case c on c.id = l.case_id join desk_meetingitem i on i.id = l.item_id
    join desk_casemeeting t on t.id = i.meeting_id join desk_itemminutes w on w.item_id = i.id
  where i.id = wanted and t.state = 'running' and i.state in ('listed', 'handled') and w.readers && wall.principals()
$$
"""
# Figures as everywhere: whole months that have ended, and nothing of fewer than five whom the same organisations read (migration `whole_months`).
TOLD = """
  with rows as materialized (
    {rows}
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
"""
WITHIN = "{moment} >= wall.begins(since) and {moment} < wall.begins(wall.ended_months(since, until))"
READ_BY = """array(
      select d.organisation_id from desk_leg g join network_desk d on d.id = g.desk_id where g.case_id = c.id
      union select c.logged_by_id where c.logged_by_id is not null order by 1)::text"""


def _rows(columns: str, tables: str, moment: str) -> str:
    within = WITHIN.format(moment=moment)
    return TOLD.format(rows=f"select {columns}, wall.month_of({moment}) as month from {tables} and {within}")


REGION = f"""
create function wall.desk_matters(region bigint, since date, until date, ended boolean) returns bigint {DEFINER} as $$
  select case when ended then (
    {_rows(f"{READ_BY} as key", "desk_case c where c.region_id = region and c.state = 'settled'", "c.settled_at")} select count(*) from told
  ) else (
    {_rows(f"{READ_BY} as key", "desk_case c where c.region_id = region", "c.contacted_at")} select count(*) from told
  ) end
$$
"""
_SERVICE = f"l.service_id, l.service_id || ' ' || {READ_BY} as key"
_PARTS = "desk_leg l join desk_case c on c.id = l.case_id where c.region_id = region and l.service_id is not null"
SERVICES = f"""
create function wall.desk_matters_by_service(region bigint, since date, until date) returns table (service_id bigint, came bigint) {DEFINER} as $$
  {_rows(_SERVICE, _PARTS, "l.received_at")}
  select service_id, count(*) from told group by 1 order by 2 desc, 1
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0045_case_meeting_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(LISTED, "drop function wall.desk_listed_cases"),
        migrations.RunSQL(DOOR, "drop function wall.desk_meeting_door"),
        migrations.RunSQL(REGION, "drop function wall.desk_matters"),
        migrations.RunSQL(SERVICES, "drop function wall.desk_matters_by_service"),
    ]
