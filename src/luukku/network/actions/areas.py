"""Areas of the state's regional administration: they come, change their name and borders, and end; nothing is deleted."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.periods import check_began, check_day, free_code, give_name, marked, move_border
from luukku.network.actions.writing import KEPT, end_spells, writing
from luukku.network.models import Area, Municipality, MunicipalityArea, Region, RegionArea, Seat
from luukku.network.models.places import AreaKind


def create_area(*, by: Actor, kind: AreaKind, names: Mapping[str, str], since: date) -> Area:
    """An area from `since` on; its lasting address is made of the Finnish name. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    check_day(since)
    area = Area(kind=kind, valid_from=since, source=KEPT, source_date=timezone.localdate())
    give_name(area, names, None)
    if Area.objects.filter(valid_until=None, name_fi__iexact=area.name_fi).exists():
        raise RuleBroken(_("There is an area of this name already."), field="name_fi")
    with writing("area.create", by=by):
        area.code = free_code(Area, area.name_fi)
        area.save()
        record("area.created", area, by=by, since=since)
    return area


def rename_area(*, by: Actor, area: Area, names: Mapping[str, str], since: date | None = None) -> Area:
    """With `since` a new name from that day; without it the name was written wrong and is mended. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    with writing("area.rename", by=by):
        if changed := give_name(area, names, since):
            area.save(update_fields=changed)
            record("area.renamed", area, by=by, since=since)
    return area


def end_area(*, by: Actor, area: Area, since: date, successor: Area | None = None) -> None:
    """From `since` there is no such area: its regions and municipalities lie in the successor. Its people's seats end at once.

    Without a successor it must be empty. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_network(by))
    if area.valid_until is not None:
        return
    last = check_day(since)
    _check_successor(area, successor, since)
    if area.valid_from is not None and area.valid_from > last:
        raise RuleBroken(_("The area had not begun by then. Give a later day."), field="since")
    regions = list(Region.objects.filter(area_spells__area=area, area_spells__valid_until=None))
    towns = list(Municipality.objects.filter(area_spells__area=area, area_spells__valid_until=None))
    if successor is None and (regions or towns):
        raise RuleBroken(_("Regions or municipalities lie in it. Choose the area to which they go, or move them first."), field="successor")
    with writing("area.end", by=by):
        if successor is not None:
            _move_all(area, successor, regions, towns, since)
        seats = end_spells(Seat.objects.filter(area=area))
        area.valid_until = last
        area.save(update_fields=["valid_until", *marked(area)])
        record(
            "area.ended", area, by=by, since=since, successor=successor.pk if successor else None,
            regions=len(regions), municipalities=len(towns), seats=seats,
        )  # fmt: skip


def reopen_area(*, by: Actor, area: Area) -> None:
    """It was ended by mistake: it holds again, without regions, municipalities and seats, which are given anew. Raises NotAllowed."""
    access.require(access.can_edit_network(by))
    if area.valid_until is None:
        return
    with writing("area.reopen", by=by):
        area.valid_until = None
        area.save(update_fields=["valid_until", *marked(area)])
        record("area.reopened", area, by=by)


def _check_successor(area: Area, successor: Area | None, since: date) -> None:
    if successor is None:
        return
    if successor.pk == area.pk:
        raise RuleBroken(_("Choose another area than the one that ends."), field="successor")
    if successor.valid_until is not None or (successor.valid_from is not None and successor.valid_from > since):
        raise RuleBroken(_("The area to which they go must be there from that day."), field="successor")


def _move_all(area: Area, successor: Area, regions: list[Region], towns: list[Municipality], since: date) -> None:
    check_began(RegionArea.objects.filter(area=area), since)
    check_began(MunicipalityArea.objects.filter(area=area), since)
    for region in regions:
        move_border(RegionArea.objects.filter(region=region, area=area), since, region=region, area=successor)
    for town in towns:
        move_border(MunicipalityArea.objects.filter(municipality=town), since, municipality=town, area=successor)
