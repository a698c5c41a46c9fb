"""Who is away today, and for whom the actor stands in. What everybody in the network may know, so it is remembered for half a minute."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.remembered import Remembered
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import Leg
from luukku.network.models import Absence
from luukku.network.queries.absences import all_absences, stood_in_for


@dataclass(frozen=True)
class Away:
    """Until when somebody is away, and the name of whoever stands in, if anybody does."""

    last_day: date
    deputy: str


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


def away_row(today: date) -> Subquery:
    """For `.annotate(away_row=away_row(today))` on legs: whether its handler is away costs no statement of its own."""
    absence = Absence.objects.on(today).filter(person=OuterRef("handler"))
    return Subquery(absence.values(row=JSONObject(last_day="last_day", deputy="deputy__name"))[:1])


def away_of(leg: Leg) -> Away | None:
    """Its handler's absence, of an open leg that was annotated with `away_row`."""
    row: dict[str, Any] | None = leg.away_row if leg.state not in ENDED_STATES else None  # type: ignore[attr-defined]
    return Away(date.fromisoformat(row["last_day"]), row["deputy"] or "") if row else None


def has_it(actor: Actor, handler_id: int | None) -> bool:
    """Whether the actor is the handler, or stands in for her."""
    return handler_id is not None and (handler_id == actor.person_id or handler_id in standing_in_for(actor))
