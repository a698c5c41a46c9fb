"""Indexes of lists and words keep little to be sorted in later: 64 kB of it, PostgreSQL's least, and not 4 MB.

What waits is read from end to end at each question: after a file of the register had come in, finding a company took 30 to 100 ms, and takes 3 to 14.
Bringing the file in takes as long as before. Indexes that let nothing wait (`fastupdate`) stay as they are.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

EACH = """
do $each$
declare name regclass;
begin
  for name in
    select c.oid::regclass from pg_class c join pg_am a on a.oid = c.relam join pg_namespace n on n.oid = c.relnamespace
    where a.amname = 'gin' and c.relkind = 'i' and n.nspname = 'public' and not coalesce(c.reloptions, '{}') @> '{fastupdate=off}'
  loop
    execute format('alter index %%s %s', name);
    perform gin_clean_pending_list(name);
  end loop;
end $each$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("core", "0008_today")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(EACH % "set (gin_pending_list_limit = 64)", EACH % "reset (gin_pending_list_limit)"),
    ]
