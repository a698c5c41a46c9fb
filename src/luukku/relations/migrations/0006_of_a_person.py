"""Somebody who has signed in by her e-mail address sees where she was written down as whom was met or whom to ask: who, where and how to reach her,
never what was said.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

OF_PERSON = """
create function wall.relations_of_person()
returns table (kind text, day date, organisation text, company text, name text, role text, phone text, email text)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  with own as materialized (
    select c.email_key from customers_contact c join customers_customer u on u.id = c.customer_id
    where c.email_key > '' and u.principal = any(wall.principals())
  )
  select 'visit', v.day, o.name_fi, k.name, r.met_name, r.met_role, r.met_phone, r.met_email
    from relations_visitreport r join relations_visit v on v.id = r.visit_id
    join network_organisation o on o.id = r.organisation_id join customers_company k on k.id = v.company_id
    where lower(r.met_email) in (select email_key from own)
  union all
  select 'lead', (l.given_at at time zone 'Europe/Helsinki')::date, o.name_fi, k.name, l.contact_name, '', l.contact_phone, l.contact_email
    from relations_lead l join network_organisation o on o.id = l.to_organisation_id join customers_company k on k.id = l.company_id
    where lower(l.contact_email) in (select email_key from own)
  order by 2, 3
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0005_plan_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(OF_PERSON, "drop function wall.relations_of_person"),
        migrations.RunSQL(
            [
                "create index relations_met on relations_visitreport (lower(met_email)) where met_email > ''",
                "create index relations_named on relations_lead (lower(contact_email)) where contact_email > ''",
            ],
            ["drop index relations_met", "drop index relations_named"],
        ),
    ]
