"""Absences: entered by herself, by whoever answers for her seats, or by the lead of her desk."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.writing import writing
from luukku.network.models import Absence, Person
from luukku.network.queries.people import colleagues_of

LONGEST_DAYS = 400


def enter_absence(*, by: Actor, person: Person, first_day: date, last_day: date, deputy: Person | None = None) -> Absence:
    """She is away from the first day to the last. Raises NotAllowed, RuleBroken for days or a deputy that cannot be."""
    access.require(access.can_enter_absence(by, person))
    _check_days(first_day, last_day)
    with writing("absence.enter", by=by):
        Person.objects.select_for_update().get(pk=person.pk)
        if person.days_away.filter(first_day__lte=last_day, last_day__gte=first_day).exists():
            raise RuleBroken(_("There is an absence on some of these days already. Change that one instead."), field="first_day")
        if deputy is not None:
            _check_deputy(person, deputy, first_day, last_day)
        absence = Absence.objects.create(person=person, first_day=first_day, last_day=last_day, deputy=deputy)
        record("absence.entered", person, by=by, first=first_day, last=last_day, deputy=deputy.pk if deputy else None)
    return absence


def change_absence(*, by: Actor, absence: Absence, last_day: date, deputy: Person | None) -> Absence:
    """She comes back on another day, or somebody else stands in. Raises NotAllowed, RuleBroken."""
    person = absence.person
    access.require(access.can_enter_absence(by, person))
    _check_days(absence.first_day, last_day)
    with writing("absence.change", by=by):
        Person.objects.select_for_update().get(pk=person.pk)
        if person.days_away.exclude(pk=absence.pk).filter(first_day__lte=last_day, last_day__gte=absence.first_day).exists():
            raise RuleBroken(_("There is an absence on some of these days already. Change that one instead."), field="last_day")
        if deputy is not None:
            _check_deputy(person, deputy, absence.first_day, last_day)
        absence.last_day, absence.deputy = last_day, deputy
        absence.save(update_fields=["last_day", "deputy"])
        record("absence.changed", person, by=by, first=absence.first_day, last=last_day, deputy=deputy.pk if deputy else None)
    return absence


def end_absence(*, by: Actor, absence: Absence) -> None:
    """She is back today, or never went. Raises NotAllowed."""
    access.require(access.can_enter_absence(by, absence.person))
    yesterday = timezone.localdate() - timedelta(days=1)
    with writing("absence.end", by=by):
        if absence.first_day > yesterday:
            absence.delete()
        elif absence.last_day > yesterday:
            absence.last_day = yesterday
            absence.save(update_fields=["last_day"])
        record("absence.ended", absence.person, by=by, first=absence.first_day)


def _check_days(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise RuleBroken(_("The last day comes before the first."), field="last_day")
    if last_day < timezone.localdate():
        raise RuleBroken(_("These days have passed already."), field="last_day")
    if (last_day - first_day).days > LONGEST_DAYS:
        raise RuleBroken(_("That is more than a year. End the seat instead, or check the days."), field="last_day")


def _check_deputy(person: Person, deputy: Person, first_day: date, last_day: date) -> None:
    if deputy.pk == person.pk:
        raise RuleBroken(_("Choose somebody else as the deputy."), field="deputy")
    if not colleagues_of(person).filter(pk=deputy.pk).exists():
        raise RuleBroken(_("The deputy must be a colleague who works at the same place."), field="deputy")
    theirs = deputy.days_away.filter(first_day__lte=last_day, last_day__gte=first_day)
    if theirs.exists():
        raise RuleBroken(_("%(name)s is away on some of these days too. Choose somebody else.") % {"name": deputy.name}, field="deputy")
