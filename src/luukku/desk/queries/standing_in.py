"""Who is away today, and for whom the actor stands in. What everybody in the network may know, so it is remembered for half a minute."""

from collections.abc import Collection

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.remembered import Remembered
from luukku.network.models import Absence
from luukku.network.queries.absences import all_absences, stood_in_for

_remembered: Remembered[frozenset[int]] = Remembered(30)
_away: Remembered[dict[int, Absence]] = Remembered(30)


def standing_in_for(actor: Actor) -> frozenset[int]:
    """Ids of those who are away and whose deputy she is. One statement, and then none for half a minute."""
    person_id = actor.person_id
    if person_id is None:
        return frozenset()
    key = (person_id, timezone.localdate())
    return _remembered.get(key, lambda: frozenset(absence.person_id for absence in stood_in_for(person_id)))


def away_today(person_ids: Collection[int]) -> dict[int, Absence]:
    """Today's absence by person, of those among these who are away. One statement, and then none for half a minute."""
    if not person_ids:
        return {}
    today = timezone.localdate()
    away = _away.get(today, lambda: {absence.person_id: absence for absence in all_absences(today)})
    return {person_id: away[person_id] for person_id in person_ids if person_id in away}


def has_it(actor: Actor, handler_id: int | None) -> bool:
    """Whether the actor is the handler, or stands in for her."""
    return handler_id is not None and (handler_id == actor.person_id or handler_id in standing_in_for(actor))
