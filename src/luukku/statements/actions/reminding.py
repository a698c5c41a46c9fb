"""Whoever is asked for a statement is reminded: once before the day, once after it. The asker's own people are warned by the clock of her part.

The database refuses a second reminder of the same day to the same person, so a sweep that was killed, or runs twice at once, repeats nothing.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from luukku.core import mail
from luukku.desk.queries.horizons import horizons
from luukku.network.enums import Right, roles_with
from luukku.network.models import Person

# Who has accepted it, else who was asked by name, if she is at work; else the desk's leads, else all who handle its matters.
_REMIND = """
with horizon as (select * from unnest(%(desks)s::bigint[], %(until)s::timestamptz[]) as h(desk_id, until)),
seat as (
  select s.person_id, s.role, s.organisation_id, s.region_id from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and (s.valid_from is null or s.valid_from <= %(today)s) and (s.valid_until is null or s.valid_until >= %(today)s)
    and not exists (select 1 from network_absence a where a.person_id = s.person_id and a.first_day <= %(today)s and a.last_day >= %(today)s)),
staff as (
  select d.id as desk_id, s.person_id, bool_or(s.role = any(%(leads)s)) as leads
  from network_desk d join seat s on s.organisation_id = d.organisation_id and (s.region_id is null or s.region_id = d.region_id)
  where s.role = any(%(handlers)s) group by d.id, s.person_id),
waiting as (
  select t.id, t.due_at, t.to_desk_id, case when t.due_at < %(now)s then 'late' else 'soon' end as of, (
      select f.person_id from staff f where f.desk_id = t.to_desk_id and f.person_id = coalesce(t.accepted_by_id, t.to_person_id)) as holder
  from statements_statement t join horizon h on h.desk_id = t.to_desk_id
  where t.state in ('sent', 'accepted') and t.due_at <= h.until),
wanted as (
  select w.id, w.due_at, w.of, f.person_id from waiting w join staff f on f.desk_id = w.to_desk_id
  where f.person_id = w.holder or (w.holder is null
    and (f.leads or not exists (select 1 from staff o where o.desk_id = w.to_desk_id and o.leads)))),
told as (
  insert into statements_reminder (statement_id, of, due_at, person_id, at)
  select id, of, due_at, person_id, %(now)s from wanted on conflict do nothing returning person_id)
select person_id, count(*) from told group by person_id
"""


def remind(*, now: datetime | None = None) -> int:
    """Remind whom it concerns, in their desk's working hours. Runs as the house, in the caller's transaction. Returns how many people."""
    moment = now or timezone.now()
    known = [each for each in horizons(moment) if each.handler is not None]
    values: dict[str, Any] = {
        "desks": [each.desk_id for each in known], "until": [each.handler for each in known], "now": moment, "today": timezone.localdate(moment),
        "leads": [role.value for role in roles_with(Right.LEAD_DESK)], "handlers": [role.value for role in roles_with(Right.HANDLE_CASES)],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_REMIND, values)
        told = [int(person) for person, _count in cursor.fetchall()]
    mail.queue_for_each("statements.reminder", Person, told, at=moment.isoformat())
    return len(told)
