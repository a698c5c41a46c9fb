"""Warnings before and after an answer is late: owner, desk lead and coordinator in turn, once each, in their working hours.

When is set by the region's warning times, as for the promise. The database refuses a second warning of the same limit to the same person.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from luukku.core import mail
from luukku.desk.queries.horizons import horizons
from luukku.network.enums import Role
from luukku.network.models import Person

# Nobody is warned of a complaint about herself. One without an owner is the leads' and the coordinator's at once.
_WARN = """
with horizon as (select * from unnest(%(desks)s::bigint[], %(owner)s::timestamptz[], %(lead)s::timestamptz[], %(coordinator)s::timestamptz[])
    as h(desk_id, owner, lead, coordinator)),
seat as (
  select s.person_id, s.role, s.organisation_id, s.region_id from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and (s.valid_from is null or s.valid_from <= %(today)s) and (s.valid_until is null or s.valid_until >= %(today)s)),
running as (
  select c.id, c.due_at, c.owner_id, c.about_person_id, c.region_id, c.organisation_id, h.owner, h.lead, h.coordinator
  from complaints_complaint c join horizon h on h.desk_id = c.desk_id where c.answered_at is null),
wanted as (
  select r.id, 'owner' as step, r.due_at, r.owner_id as person_id, r.about_person_id from running r
    where r.due_at <= r.owner and exists (select 1 from seat s where s.person_id = r.owner_id)
  union
  select r.id, 'lead', r.due_at, s.person_id, r.about_person_id
    from running r join seat s on s.organisation_id = r.organisation_id and s.role = %(lead_role)s
      and (s.region_id is null or s.region_id = r.region_id)
    where r.due_at <= case when r.owner_id is null then r.owner else r.lead end
  union
  select r.id, 'coordinator', r.due_at, s.person_id, r.about_person_id
    from running r join seat s on s.region_id = r.region_id and s.role = %(coordinator_role)s
    where r.due_at <= case when r.owner_id is null then r.owner else r.coordinator end),
told as (
  insert into complaints_complaintwarning (complaint_id, step, due_at, person_id, at)
  select id, step, due_at, person_id, %(now)s from wanted where person_id is distinct from about_person_id
  on conflict do nothing returning person_id)
select person_id, count(*) from told group by person_id
"""


def sweep(*, now: datetime | None = None) -> int:
    """Warn whom it concerns. Runs as the house, in the caller's transaction. Returns how many people were mailed."""
    moment = now or timezone.now()
    known = horizons(moment)
    values: dict[str, Any] = {
        "desks": [each.desk_id for each in known], "owner": [each.handler for each in known], "lead": [each.lead for each in known],
        "coordinator": [each.coordinator for each in known], "now": moment, "today": timezone.localdate(moment),
        "lead_role": Role.DESK_LEAD.value, "coordinator_role": Role.COORDINATOR.value,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_WARN, values)
        told = [int(person) for person, _count in cursor.fetchall()]
    mail.queue_for_each("complaints.warning", Person, told, at=moment.isoformat())
    return len(told)
