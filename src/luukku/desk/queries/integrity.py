"""What must always hold of cases; `luukku check` runs these as the house."""

from django.db import connection

from luukku.core.registries import Check

_MOST = 20


def _numbers(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"select number from ({statement}) found order by number limit {_MOST}")
        return [str(number) for (number,) in cursor.fetchall()]


def _check(label: str, statement: str, words: str) -> Check:
    return Check(label, lambda: [f"{number}: {words}" for number in _numbers(statement)])


CHECKS: dict[str, Check] = {
    "desk.owned": _check(
        "Every case has a leg, and so a desk",
        "select number from desk_case c where joined_into_id is null and not exists (select 1 from desk_leg l where l.case_id = c.id)",
        "has no leg",
    ),
    "desk.joined": _check(
        "A joined case has nothing of its own left, and goes on in one that stands by itself",
        "select number from desk_case c where joined_into_id is not null and ("
        "exists (select 1 from desk_case s where s.id = c.joined_into_id and s.joined_into_id is not null)"
        " or not exists (select 1 from desk_joining j where j.case_id = c.id and j.undone_at is null) or "
        + " or ".join(
            f"exists (select 1 from desk_{table} x where x.case_id = c.id)"
            for table in ("leg", "message", "note", "attachment", "proposal", "appointment", "incomingmail", "handover", "walkin")
        )
        + ")",
        "is joined to another and has something of its own left",
    ),
    "desk.states": _check(
        "A case is open exactly when one of its legs is",
        "select number from desk_case c where is_open <> exists (select 1 from desk_leg l where l.case_id = c.id and l.is_open)",
        "its state does not follow from its legs",
    ),
    "desk.responsible": _check(
        "A case that somebody handles has a responsible person",
        "select number from desk_case c where is_open and sponsor_id is null"
        " and exists (select 1 from desk_leg l where l.case_id = c.id and l.is_open and l.state <> 'new')",
        "has no responsible person",
    ),
    "desk.handed_over": _check(
        "A part that is being handed over is open, and the third promise runs for it",
        "select h.number from desk_handover h join desk_leg l on l.id = h.leg_id where h.state in ('proposed', 'sent', 'asked', 'accepted')"
        " and (not l.is_open or (h.state <> 'proposed' and not exists (select 1 from desk_clock k where k.kind = 'guided' and k.ended_at is null"
        " and k.leg_id in (h.leg_id, h.received_leg_id))))",
        "its handover does not follow from its part",
    ),
    "desk.clocks": _check(
        "An open leg has a running clock, and an ended one has none; one that waits for a statement gets its clock when the customer agrees to it",
        "select number from desk_case c join desk_leg l on l.case_id = c.id"
        " where l.is_open <> exists (select 1 from desk_clock k where k.leg_id = l.id and k.ended_at is null)"
        " and not (l.is_open and l.waiting_for = 'statement' and l.waiting_until is null)",
        "its clocks do not follow from its state",
    ),
    "desk.due": _check(
        "A leg is due when its nearest running clock is",
        "select number from desk_case c join desk_leg l on l.case_id = c.id where l.due_at is distinct from"
        " (select min(k.due_at) from desk_clock k where k.leg_id = l.id and k.ended_at is null and k.paused_at is null)",
        "its due time is not that of its clocks",
    ),
    "desk.waits": _check(
        "A leg that waits has one open spell of its cause, and no other leg has one",
        "select number from desk_case c join desk_leg l on l.case_id = c.id left join desk_wait w on w.leg_id = l.id and w.ended_at is null"
        " where coalesce(w.cause, '') <> case when l.state = 'waiting' then l.waiting_for else '' end",
        "its spells of waiting do not follow from its state",
    ),
    "desk.readers": _check(
        "Whoever may read a case is computed from its desks and its customer",
        "select number from desk_case c where c.readers is distinct from wall.desk_case_readers(c)",
        "its readers are stale",
    ),
    "desk.readers_of_children": _check(
        "What belongs to a case is read by those who read the case, and inside matters never by the customer",
        """
        select number from desk_case c join desk_leg x on x.case_id = c.id where x.readers <> c.readers
        union select number from desk_case c join desk_leg l on l.case_id = c.id join desk_clock x on x.leg_id = l.id where x.readers <> c.readers
        union select number from desk_case c join desk_leg l on l.case_id = c.id join desk_wait x on x.leg_id = l.id where x.readers <> c.readers
        union select number from desk_case c join desk_message x on x.case_id = c.id where x.readers <> wall.without(c.readers, x.withheld)
        union select number from desk_case c join desk_statuslink x on x.case_id = c.id where x.readers <> c.readers
        union select number from desk_case c join desk_outcome x on x.case_id = c.id where x.readers <> wall.desk_outcome_readers(x)
        union select number from desk_case c join desk_feedback x on x.case_id = c.id where x.readers <> c.readers
        union select number from desk_case c join desk_note x on x.case_id = c.id
          where x.readers <> wall.without(wall.desk_staff_readers(c), x.withheld)
        union select number from desk_case c join desk_proposal x on x.case_id = c.id where x.readers <> wall.desk_staff_readers(c)
        union select number from desk_case c join desk_attachment x on x.case_id = c.id join core_storedfile f on f.id = x.file_id
          where x.readers <> wall.without(case when x.note_id is null then c.readers else wall.desk_staff_readers(c) end, x.withheld)
          or f.readers <> wall.desk_file_readers(x)
        union select number from desk_handover x where x.readers <> wall.desk_handover_readers(x)
        union select h.number from desk_handover h join desk_handoverpart x on x.handover_id = h.id where x.readers <> wall.desk_part_readers(x)
        union select h.number from desk_handover h join desk_handoverturn x on x.handover_id = h.id where x.readers <> wall.desk_turn_readers(x)
        """,
        "something of it has other readers",
    ),
    "desk.readers_of_contacts": _check(
        "Contact data are read by those who read a case of the customer",
        "select distinct number from desk_case c join customers_contact k on k.customer_id = c.customer_id"
        " where k.readers is distinct from wall.desk_contact_readers(k.customer_id)",
        "its customer's contact data have other readers",
    ),
}
