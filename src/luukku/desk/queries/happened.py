"""What has happened on a case, and on those that were joined to it, by the trail."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from luukku.desk.models import Case

_HAPPENED = """
select e.action, e.at, e.actor_kind, coalesce(p.name, ''), e.facts, coalesce(t.name, ''), nullif(e.subject_id, %(case)s)
from core_event e left join network_person p on p.id = e.person_id
left join network_person t
  on t.id = case when e.action in ('case.assigned', 'case.shepherd_given', 'case.shepherd_ended') then (e.facts ->> 'to')::bigint end
where e.subject_kind = 'desk.case' and e.subject_id = any(array(select id from desk_case where joined_into_id = %(case)s) || %(case)s::bigint)
  and (%(all)s or e.action = any(%(actions)s))
order by e.at, e.id
"""


@dataclass(frozen=True)
class Happened:
    """An event of the trail: its action (`case.taken_up`), when, by whom, and its facts."""

    action: str
    at: datetime
    actor_kind: str
    person: str
    facts: dict[str, Any]
    to: str = ""  # the name of the one to whom the case was given
    of: int | None = None  # the joined case to which it happened, if it was not this one


def history(case: Case, actions: tuple[str, ...] | None = None) -> list[Happened]:
    """The case's events, oldest first, of some actions only if named. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_HAPPENED, {"case": case.pk, "all": actions is None, "actions": list(actions or ())})
        return [Happened(action, at, kind, person, json.loads(facts), to, of) for action, at, kind, person, facts, to, of in cursor.fetchall()]
