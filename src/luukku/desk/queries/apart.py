"""Matters of which somebody has said that they are not the same as this one."""

from dataclasses import dataclass

from django.db.models import Q

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.desk.access import visible_cases
from luukku.desk.models import Case, NotSame


@dataclass(frozen=True)
class Apart:
    """What was said, and of which other matter."""

    said: NotSame
    other: Case


def apart_from(actor: Actor, case: Case) -> list[Apart]:
    """The newest first, as far as the actor sees the other. Two statements."""
    rows = list(NotSame.objects.filter(Q(case=case) | Q(other=case), undone_at=None).select_related("said_by").order_by("-id"))
    others = {row.pk: row.other_id if row.case_id == case.pk else row.case_id for row in rows}
    seen = visible_cases(actor).defer("search").in_bulk(others.values()) if rows else {}
    return [Apart(row, seen[others[row.pk]]) for row in rows if others[row.pk] in seen]


def get_apart(actor: Actor, case: Case, pk: int) -> NotSame:
    """Raises NotFound."""
    found = next((each.said for each in apart_from(actor, case) if each.said.pk == pk), None)
    if found is None:
        raise NotFound
    return found
