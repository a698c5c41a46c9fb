"""The lead of an account plan is passed by whoever leads, to one of its team; by the team when the lead sits there no more. At the wall, too."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

BEFORE = "new.region_id := old.region_id;"
NOW = BEFORE + """
    if wall.by_web() and pg_trigger_depth() = 1 and new.lead_id is distinct from old.lead_id and (
      (old.lead_id is distinct from nullif(current_setting('luukku.person', true), '')::bigint and exists (
        select 1 from network_person p join network_seat s on s.person_id = p.id
        where p.id = old.lead_id and p.deactivated_at is null and s.organisation_id = old.organisation_id
          and (s.valid_from is null or s.valid_from <= wall.today()) and (s.valid_until is null or s.valid_until >= wall.today())))
      or not exists (
        select 1 from relations_accountmember m
        where m.plan_id = new.id and m.person_id = new.lead_id and m.organisation_id = new.organisation_id)) then
      raise exception 'who leads passes the lead, to one of the team' using errcode = 'insufficient_privilege';
    end if;"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0020_unmet_told")]
    operations: ClassVar[list[Operation]] = [amended("wall.relations_plan_before()", BEFORE, NOW)]
