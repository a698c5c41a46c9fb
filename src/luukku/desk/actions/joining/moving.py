"""Everything that hangs on a case is moved to another, and nobody reads more of what was said before than she did."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from luukku.desk.actions.joining.kept import Kept
from luukku.desk.models import Appointment, Attachment, Case, Chase, IncomingMail, Message, NewsCall, Note, Outcome, Proposal, WalkIn
from luukku.network.models import Organisation

# In this order: a file lies on a message or a note of its own case. What came of a case and how its customer found it stays where it was said.
MOVED: dict[str, type[Model]] = {
    "message": Message,
    "note": Note,
    "proposal": Proposal,
    "attachment": Attachment,
    "mail": IncomingMail,
    "appointment": Appointment,
    "outcome": Outcome,
    "walkin": WalkIn,
    "newscall": NewsCall,
    "chase": Chase,
}
ONCE: dict[str, tuple[str, dict[str, Any]]] = {"newscall": ("news", {"done_at": None}), "chase": ("day", {})}
WITHHOLDING = ("message", "note", "attachment", "mail")
_FREEZE = """
update {table} set withheld = array(
  select distinct p from unnest(withheld || array(select s from unnest(%s::bigint[]) s where s <> all(readers))) p order by p)
where case_id = any(%s) and not %s::bigint[] <@ readers
"""
_THAW = """
update {table} set withheld = array(select p from unnest(withheld) p where p <> all(%s::bigint[]) order by p)
where case_id = %s and withheld && %s::bigint[]
"""


def rows_of(name: str) -> Any:
    """The manager of a kind of rows."""
    return MOVED[name]._default_manager


def staff_readers(case: Case) -> set[int]:
    """The organisations that read the case."""
    return set(Organisation.objects.filter(principal__in=case.readers).values_list("principal", flat=True))


def freeze(kept: Kept, cases: Collection[int], staff: Collection[int]) -> None:
    """Whoever of `staff`, the readers to come, did not read a row until now does not read it afterwards either."""
    given = sorted(staff)
    for name in WITHHOLDING:
        found = rows_of(name).filter(case__in=cases).exclude(withheld=[]).values_list("pk", "withheld")
        kept.withheld[name] = {str(pk): list(withheld) for pk, withheld in found}
        _run(_FREEZE, name, [given, list(cases), given])


def move_all(kept: Kept, gone: Case, stays: Case) -> None:
    """Move every row of the one case to the other; its parts are there already."""
    for name in MOVED:
        rows = rows_of(name).filter(case=gone)
        if name in ONCE:  # what the other has already stays where it was said
            field, still = ONCE[name]
            rows = rows.exclude(**still, **{f"{field}__in": list(rows_of(name).filter(**still, case=stays).values_list(field, flat=True))})
        kept.rows[name] = sorted(rows.values_list("pk", flat=True))
        rows.filter(pk__in=kept.rows[name]).update(case=stays)


def move_back(kept: Kept, gone: Case, stays: Case) -> None:
    """The rows that were moved go back, but those that were moved elsewhere since; who reads them is as it was."""
    for name, keys in kept.rows.items():
        rows_of(name).filter(pk__in=keys, case=stays).update(case=gone)
    for name in WITHHOLDING:
        kept_back = kept.withheld.get(name, {})
        rows_of(name).filter(case=gone).exclude(withheld=[]).exclude(pk__in=list(kept_back)).update(withheld=[])
        for pk, withheld in kept_back.items():
            rows_of(name).filter(pk=int(pk), case=gone).update(withheld=withheld)
        _run(_THAW, name, [kept.strangers, stays.pk, kept.strangers])


def _run(statement: str, name: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=MOVED[name]._meta.db_table), values)
