"""Who is away today, and who stands in for whom. Small tables that everybody in the network may know."""

from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from luukku.network.models import Absence, Person


def today_prefetch() -> "Prefetch[str]":
    """For `Person.objects.prefetch_related(...)`: `person.away` then costs nothing more."""
    return Prefetch("days_away", Absence.objects.on(timezone.localdate()).select_related("deputy"), to_attr="away_today")


def all_absences(day: date) -> list[Absence]:
    """Who is away on the day, each with her deputy. One statement."""
    return list(Absence.objects.on(day).select_related("person", "deputy"))


def stood_in_for(person_id: int, day: date | None = None) -> list[Absence]:
    """Absences in which she is the deputy today, with the person who is away. One statement."""
    found = Absence.objects.on(day or timezone.localdate()).filter(deputy=person_id, person__deactivated_at=None)
    return list(found.select_related("person").order_by("person__name"))


def absences_to_come(person: Person) -> list[Absence]:
    """Hers that hold today or later, the nearest first. One statement."""
    return list(Absence.objects.from_day(timezone.localdate()).filter(person=person).select_related("deputy"))
