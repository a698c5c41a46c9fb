"""A region begins with an agreement, is called something else, lies in another area, and ends; nothing is deleted."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.holding import check_holds
from luukku.network.actions.periods import check_began, check_day, end_borders, free_code, give_name, marked, move_border
from luukku.network.actions.writing import KEPT, end_spells, writing
from luukku.network.models import Area, Municipality, Participation, Region, RegionArea, RegionMunicipality, Seat
from luukku.network.models.nation import PROMISE
from luukku.network.queries.nation import kept_rules


def create_region(*, by: Actor, names: Mapping[str, str], prefix: str, area: Area, since: date) -> Region:
    """A region in an area from `since` on, its door still closed. `prefix`: 2–4 letters that begin its case numbers, never changed later.

    Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_network(by))
    check_day(since)
    _check_area(area, since)
    prefix = prefix.strip().upper()
    if not (2 <= len(prefix) <= 4 and prefix.isascii() and prefix.isalpha()):
        raise RuleBroken(_("Give 2 to 4 letters from A to Z."), field="letters")
    if taken := Region.objects.filter(prefix=prefix).first():
        raise RuleBroken(_("%(region)s has these letters. Choose others.") % {"region": taken.name}, field="letters")
    promise = {name: getattr(kept_rules(), name) for name in PROMISE}
    region = Region(prefix=prefix, valid_from=since, source=KEPT, source_date=timezone.localdate(), **promise)
    give_name(region, names, None)
    if Region.objects.filter(valid_until=None, name_fi__iexact=region.name_fi).exists():
        raise RuleBroken(_("There is a region of this name already."), field="name_fi")
    with writing("region.create", by=by):
        region.code = free_code(Region, region.name_fi)
        region.save()
        move_border(RegionArea.objects.filter(region=region), since, region=region, area=area)
        record("region.created", region, by=by, region_id=region.pk, since=since)
    return region


def rename_region(*, by: Actor, region: Region, names: Mapping[str, str], since: date | None = None) -> Region:
    """With `since` a new name from that day; without it the name was written wrong and is mended. Its address stays.

    Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_network(by))
    with writing("region.rename", by=by):
        if changed := give_name(region, names, since):
            region.save(update_fields=changed)
            record("region.renamed", region, by=by, region_id=region.pk, since=since)
    return region


def move_region(*, by: Actor, region: Region, area: Area, since: date) -> bool:
    """From `since` the region lies in another area. False when it does already. Its municipalities move on their own.

    Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_network(by))
    _check_area(area, since)
    with writing("region.move", by=by):
        moved = move_border(RegionArea.objects.filter(region=region), since, region=region, area=area)
        if moved:
            record("region.moved", region, by=by, region_id=region.pk, area=area.pk, since=since)
    return moved


def end_region(*, by: Actor, region: Region, since: date, successor: Region | None = None) -> None:
    """From `since` there is no such region: its municipalities belong to the successor, or to their area only; seats, parts and desks end at once.

    Refused while its door is open or a desk has open matters. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_network(by))
    if region.valid_until is not None:
        return
    last = _check_end(region, since, successor)
    desks = list(region.desks.filter(deactivated_at=None))
    for desk in desks:
        check_holds("network.desk", desk.pk)
    spells = RegionMunicipality.objects.filter(region=region)
    check_began(spells, since)
    towns = list(Municipality.objects.filter(region_spells__in=spells.filter(valid_until=None)))
    with writing("region.end", by=by):
        for town in towns:
            move_border(RegionMunicipality.objects.filter(municipality=town), since, municipality=town, region=successor)
        end_borders(RegionArea.objects.filter(region=region), since)
        end_spells(Participation.objects.filter(region=region))
        seats = end_spells(Seat.objects.filter(region=region))
        region.desks.filter(deactivated_at=None).update(deactivated_at=timezone.now(), is_front=False)
        region.valid_until = last
        region.save(update_fields=["valid_until", *marked(region)])
        record(
            "region.ended", region, by=by, region_id=region.pk, since=since, successor=successor.pk if successor else None,
            municipalities=len(towns), seats=seats, desks=len(desks),
        )  # fmt: skip


def reopen_region(*, by: Actor, region: Region, area: Area) -> None:
    """It was ended by mistake: it is there again in this area, without municipalities, parties, desks and seats. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_network(by))
    if region.valid_until is None:
        return
    today = timezone.localdate()
    _check_area(area, today)
    with writing("region.reopen", by=by):
        region.valid_until = None
        region.save(update_fields=["valid_until", *marked(region)])
        move_border(RegionArea.objects.filter(region=region), today, region=region, area=area)
        record("region.reopened", region, by=by, region_id=region.pk, area=area.pk)


def _check_end(region: Region, since: date, successor: Region | None) -> date:
    if region.is_live:
        raise RuleBroken(_("The region's door is open. Close the door first."))
    if successor is not None and successor.pk == region.pk:
        raise RuleBroken(_("Choose another region than the one that ends."), field="successor")
    last = check_day(since)
    if region.valid_from is not None and region.valid_from > last:
        raise RuleBroken(_("The region had not begun by then. Give a later day."), field="since")
    return last


def _check_area(area: Area, since: date) -> None:
    if area.valid_until is not None or (area.valid_from is not None and area.valid_from > since):
        raise RuleBroken(_("This area does not hold on that day. Choose another area or day."), field="area")
