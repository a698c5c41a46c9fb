"""Whoever proved her address reads the complaints she made without a link to a matter of hers: her own words, and what was answered."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

OF_PERSON = """
create function wall.complaints_of_person() returns table (day date, organisation text, words text, wish text, answer text)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  with own as materialized (
    select c.email_key from customers_contact c join customers_customer u on u.id = c.customer_id
    where c.email_key > '' and u.principal = any(wall.principals())
  )
  select (k.received_at at time zone 'Europe/Helsinki')::date, o.name_fi, k.words, k.wish,
      coalesce((select string_agg(t.body, e'\\n\\n' order by t.created_at, t.id) from complaints_complaintturn t
        where t.complaint_id = k.id and t.kind = 'answer'), '')
    from complaints_complaint k join network_organisation o on o.id = k.organisation_id
    where k.email > '' and lower(k.email) in (select email_key from own) and not k.readers && wall.principals()
  order by k.received_at, k.id
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("complaints", "0008_forgetting"), ("customers", "0001_initial")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(OF_PERSON, "drop function wall.complaints_of_person()")]
