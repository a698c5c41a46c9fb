"""Borders and names change on a day: what held before stays written down with its period."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luukku.core.errors import RuleBroken
from luukku.core.translated import LANGUAGES
from luukku.network.actions.writing import KEPT
from luukku.network.models import Area, Municipality, MunicipalityArea, PastName, Region, RegionArea, RegionMunicipality
from luukku.network.models.places import DatedQuerySet

Border = TypeVar("Border", MunicipalityArea, RegionArea, RegionMunicipality)
Place = Area | Region | Municipality

FURTHEST = timedelta(days=5 * 366)  # how far ahead a change is written down
EARLIEST = date(1990, 1, 1)
MARKS = ("source", "source_date")


def check_day(since: date) -> date:
    """The last day of what held before `since`. Raises RuleBroken for a day to come: what holds is shown at once, everywhere."""
    if since > timezone.localdate():
        raise RuleBroken(_("This day is still to come. Enter the change on the day when it takes effect, or afterwards."), field="since")
    if since < EARLIEST:
        raise RuleBroken(_("The day lies too far back. Check the year."), field="since")
    return since - timedelta(days=1)


def check_began(spells: "DatedQuerySet[Border]", since: date) -> None:
    """Raise RuleBroken when one of the open periods began on the day or after it: it cannot end before it begins."""
    if later := spells.filter(valid_until=None, valid_from__gte=since).order_by("valid_from").last():
        day = _day(later.valid_from)
        raise RuleBroken(_("The borders of today hold since %(day)s. Give a later day.") % {"day": day}, field="since")


def end_borders(spells: "DatedQuerySet[Border]", since: date) -> int:
    """End the open ones the day before `since`; returns how many. Raises RuleBroken."""
    check_began(spells, since)
    return spells.filter(valid_until=None).update(valid_until=check_day(since))


def move_border(spells: "DatedQuerySet[Border]", since: date, **new: Model | None) -> bool:
    """From `since` the open period gives way to one with `new` (owner and place; a place of None: to none). False when it is so already.

    A period that began on that very day is mended instead: nothing else can have held. Raises RuleBroken.
    """
    last = check_day(since)
    open_one = spells.filter(valid_until=None).first()
    if open_one is not None and all(getattr(open_one, name) == thing for name, thing in new.items()):
        return False
    if open_one is not None and open_one.valid_from == since:
        open_one.delete()
    elif open_one is not None:
        check_began(spells, since)
        spells.filter(pk=open_one.pk).update(valid_until=last)
    if None not in new.values():
        spells.model._default_manager.create(valid_from=since, source=KEPT, source_date=timezone.localdate(), **new)
    return open_one is not None or None not in new.values()


def give_name(place: Place, names: Mapping[str, str], since: date | None) -> list[str]:
    """Set the names by language and return the columns that changed; with `since`, the old name is kept for the time before. Raises RuleBroken."""
    columns = named(names)
    changed = [name for name, value in columns.items() if getattr(place, name) != value]
    if not changed:
        return []
    if since is not None:
        check_day(since)
        began = [place.valid_from, *place.past_names.values_list("until", flat=True)]
        if (latest := max(filter(None, began), default=None)) and latest >= since:
            raise RuleBroken(_("It has had its present name since %(day)s. Give a later day.") % {"day": _day(latest)}, field="since")
        owner = place._meta.model_name or ""
        PastName.objects.create(until=since, **{owner: place}, **{name: getattr(place, name) for name in columns})
    for name in changed:
        setattr(place, name, columns[name])
    return [*changed, *marked(place)]


def named(names: Mapping[str, str]) -> dict[str, str]:
    """Columns of names by language. Raises RuleBroken."""
    columns = {f"name_{language}": names.get(language, "").strip() for language in LANGUAGES}
    if not columns["name_fi"]:
        raise RuleBroken(_("Give the name in Finnish."), field="name_fi")
    return columns


def marked(place: Place) -> tuple[str, ...]:
    """Say of a place that people keep it from now on; returns the columns to save."""
    place.source, place.source_date = KEPT, timezone.localdate()
    return MARKS


def free_code(model: type[Area | Region], text: str) -> str:
    """A lasting address made of the name, which no other has."""
    base = slugify(text)[:34].strip("-") or "paikka"
    taken = set(model._default_manager.filter(Q(code=base) | Q(code__startswith=f"{base}-")).values_list("code", flat=True))
    return base if base not in taken else next(code for number in range(2, 10_000) if (code := f"{base}-{number}") not in taken)


def _day(day: Any) -> str:
    return f"{day.day}.{day.month}.{day.year}"
