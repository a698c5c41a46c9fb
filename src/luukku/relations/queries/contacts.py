"""Who of the network meets a company, and when: so that it is not met by one after the other, and not forgotten by all."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.customers.models import Company
from luukku.relations.access import touches_of
from luukku.relations.models import ContactRule, Touch
from luukku.relations.models.contact_plans import DEFAULT_WEEKS


@dataclass(frozen=True)
class Contacts:
    """What anybody of the network may know: met (newest first) and planned by which organisations."""

    met: list[Touch]
    planned: list[Touch]

    @property
    def last(self) -> Touch | None:
        return self.met[0] if self.met else None


def contacts_of(actor: Actor, company: Company) -> Contacts:
    """One statement."""
    found = list(touches_of(actor, company))
    met = sorted((each for each in found if each.is_met), key=lambda each: (each.day or date.min, each.pk), reverse=True)
    planned = sorted((each for each in found if not each.is_met), key=lambda each: (each.day or date.max, each.pk))
    return Contacts(met, planned)


def weeks_between(region_id: int) -> int:
    """How many weeks after one visit another is warned about in the region. One statement."""
    found = ContactRule.objects.filter(region=region_id).values_list("weeks", flat=True).first()
    return found if found is not None else DEFAULT_WEEKS


def near_visits(actor: Actor, company: Company, day: date | None, year: int, *, weeks: int, but: int | None = None) -> list[Touch]:
    """Visits of any organisation less than so many weeks from the day (today, if none is agreed), or planned for the year without a day yet."""
    middle, span = day or timezone.localdate(), timedelta(weeks=weeks)
    near = Q(day__gt=middle - span, day__lt=middle + span) | Q(day=None, is_met=False, year=year)
    found = touches_of(actor, company).filter(near)
    return list((found.exclude(visit=but) if but is not None else found).order_by("day", "id"))
