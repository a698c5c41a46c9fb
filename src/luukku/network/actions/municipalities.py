"""Municipalities: they get new names, move, merge into others; what was so before keeps its period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.registries import municipality_watchers
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.periods import check_began, check_day, end_borders, give_name, marked, move_border
from luukku.network.actions.writing import writing
from luukku.network.models import Area, Municipality, MunicipalityArea, Premises, Region, RegionMunicipality


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityDetails:
    """What is known of a municipality besides its name, as the statistical office writes it."""

    languages: str = "fi"
    county: str = ""
    subregion: str = ""
    employment_area: str = ""


def create_municipality(
    *, by: Actor, code: str, names: Mapping[str, str], details: MunicipalityDetails, area: Area, since: date, region: Region | None = None
) -> Municipality:
    """A new municipality from `since` on, with its official number of three digits. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    check_day(since)
    if not (len(code) == 3 and code.isascii() and code.isdigit()):
        raise RuleBroken(_("The number of a municipality has three digits, such as 091."), field="code")
    if Municipality.objects.filter(code=code, valid_until=None).exists():
        raise RuleBroken(_("A municipality has this number already."), field="code")
    town = Municipality(code=code, valid_from=since, **_columns(details))
    give_name(town, names, None)
    marked(town)
    with writing("municipality.create", by=by):
        town.save()
        _place(town, area, region, since)
        record("municipality.created", town, by=by, since=since, code=code)
    return town


def edit_municipality(
    *, by: Actor, municipality: Municipality, names: Mapping[str, str], details: MunicipalityDetails, since: date | None = None
) -> Municipality:
    """Its facts and name. With `since` the name is a new one from that day, and the old one is kept for the time before; without it the
    name was written wrong and is mended. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    columns = _columns(details)
    with writing("municipality.edit", by=by):
        renamed = give_name(municipality, names, since)
        changed = [name for name, value in columns.items() if getattr(municipality, name) != value]
        for name in changed:
            setattr(municipality, name, columns[name])
        if renamed or changed:
            municipality.save(update_fields={*renamed, *changed, *marked(municipality)})
            record("municipality.edited", municipality, by=by, fields=len(renamed) + len(changed), since=since)
    return municipality


def move_municipality(*, by: Actor, municipality: Municipality, area: Area, region: Region | None, since: date) -> bool:
    """From `since` it lies in this area and belongs to this region, or to none. False when it is so already. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    _check_there(municipality)
    with writing("municipality.move", by=by):
        moved = _place(municipality, area, region, since)
        if moved:
            record("municipality.moved", municipality, by=by, area=area.pk, region_id=region.pk if region else None, since=since)
    return moved


def merge_municipality(*, by: Actor, municipality: Municipality, into: Municipality, since: date) -> None:
    """From `since` it is part of another one: its region and area end with it, its premises and what higher modules keep there follow.

    Old cases and figures stay with it. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_network(by))
    _check_there(municipality)
    if into.pk == municipality.pk:
        raise RuleBroken(_("Choose another municipality than the one that ends."), field="into")
    if into.valid_until is not None or (into.valid_from is not None and into.valid_from > since):
        raise RuleBroken(_("The municipality into which it merges must be there from that day."), field="into")
    last = check_day(since)
    if municipality.valid_from is not None and municipality.valid_from > last:
        raise RuleBroken(_("The municipality had not begun by then. Give a later day."), field="since")
    check_began(municipality.area_spells.all(), since)
    check_began(municipality.region_spells.all(), since)
    with writing("municipality.merge", by=by):
        end_borders(municipality.area_spells.all(), since)
        end_borders(municipality.region_spells.all(), since)
        Premises.objects.filter(municipality=municipality, deactivated_at=None).update(municipality=into)
        municipality.valid_until, municipality.successor = last, into
        municipality.save(update_fields=["valid_until", "successor", *marked(municipality)])
        record("municipality.merged", municipality, by=by, into=into.pk, since=since)
        for watcher in municipality_watchers.all():
            watcher.merged(municipality.pk, into.pk)


def reopen_municipality(*, by: Actor, municipality: Municipality, area: Area, region: Region | None) -> None:
    """It was ended by mistake: it holds again from the day after, in this area and region. What followed it into the other stays there.

    Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_network(by))
    if municipality.valid_until is None:
        return
    if Municipality.objects.filter(code=municipality.code, valid_until=None).exists():
        raise RuleBroken(_("Another municipality has its number now."))
    since = municipality.valid_until + timedelta(days=1)
    with writing("municipality.reopen", by=by):
        municipality.valid_until = municipality.successor = None
        municipality.save(update_fields=["valid_until", "successor", *marked(municipality)])
        _place(municipality, area, region, since)
        record("municipality.reopened", municipality, by=by)


def _check_there(municipality: Municipality) -> None:
    if municipality.valid_until is not None:
        raise RuleBroken(_("This municipality has ended."))


def _place(town: Municipality, area: Area, region: Region | None, since: date) -> bool:
    if area.valid_until is not None or (area.valid_from is not None and area.valid_from > since):
        raise RuleBroken(_("This area does not hold on that day. Choose another area or day."), field="area")
    in_area = move_border(MunicipalityArea.objects.filter(municipality=town), since, municipality=town, area=area)
    in_region = move_border(RegionMunicipality.objects.filter(municipality=town), since, municipality=town, region=region)
    return in_area or in_region


def _columns(details: MunicipalityDetails) -> dict[str, str]:
    return {name: getattr(details, name) for name in details.__dataclass_fields__}
