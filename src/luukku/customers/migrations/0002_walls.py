"""Contacts and their history are confidential. The customer herself always reads her own."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

# Who makes a contact reads it, and so does its customer; afterwards the web changes no readers (the desk's definer triggers do).
CONTACT_BEFORE = """
create function wall.customers_contact_before() returns trigger language plpgsql as $$
declare own bigint;
begin
  if tg_op = 'INSERT' then
    select principal into own from customers_customer where id = new.customer_id;
    new.readers := array(select distinct p from unnest(wall.principals() || own) as p where p is not null order by p);
  elsif current_user = 'luukku_web' then
    new.readers := old.readers;
  end if;
  return new;
end $$
"""
CONTACT_TRIGGER = """
create trigger wall_before before insert or update on customers_contact for each row execute function wall.customers_contact_before()
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0001_initial"), ("core", "0003_guards")]
    operations: ClassVar[list[Operation]] = [
        *confidential("customers_contact"),
        *confidential("customers_contactevent", index=False),
        migrations.RunSQL(
            [
                CONTACT_BEFORE,
                CONTACT_TRIGGER,
            ],
            ["drop trigger wall_before on customers_contact", "drop function wall.customers_contact_before()"],
        ),
    ]
