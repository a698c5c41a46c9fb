"""A region's own matters: its promise, its door, and the municipalities it covers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.writing import end_spells, writing
from luukku.network.models import Municipality, Region, RegionMunicipality
from luukku.network.models.nation import DECIDED, PROMISE


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionDetails:
    """What a region tells of itself and promises. The promise counts working days, all else days of the calendar; None is as the nation decides."""

    phone: str = ""
    email: str = ""
    intro_fi: str = ""
    intro_sv: str = ""
    intro_en: str = ""
    taken_up_days: int = 2
    informed_days: int = 10
    guided_days: int = 2
    feedback_gap_days: int = 30
    review_months: int | None = None
    status_link_days: int | None = None
    outside_link_days: int | None = None
    publish_by_organisation: bool = False


def edit_region(*, by: Actor, region: Region, details: RegionDetails) -> Region:
    """Contact, introduction and promise. Promises already given keep their date. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_region(by, region.pk))
    for name in ("taken_up_days", "informed_days", "guided_days"):
        if getattr(details, name) < 1:
            raise RuleBroken(_("A promise is at least one working day."), field=name)
    for name in DECIDED:
        if getattr(details, name) == 0:
            raise RuleBroken(_("Give a number of at least one."), field=name)
    columns = {name: getattr(details, name) for name in details.__dataclass_fields__}
    changed = [name for name, value in columns.items() if getattr(region, name) != value]
    if not changed:
        return region
    with writing("region.edit", by=by):
        for name in changed:
            setattr(region, name, columns[name])
        region.save(update_fields=changed)
        record("region.edited", region, by=by, region_id=region.pk, promise=any(name in PROMISE for name in changed))
    return region


def open_door(*, by: Actor, region: Region, is_open: bool = True) -> None:
    """Take needs in at the region's public page, or no longer. Needs a front desk to take them. Raises NotAllowed, RuleBroken."""
    access.require(access.can_edit_region(by, region.pk))
    if region.is_live == is_open:
        return
    if is_open and not region.desks.filter(is_front=True, deactivated_at=None).exists():
        raise RuleBroken(_("The region has no front desk yet. Open one first: somebody must take the needs."))
    with writing("region.door", by=by):
        region.is_live = is_open
        region.save(update_fields=["is_live"])
        record("region.opened" if is_open else "region.closed", region, by=by, region_id=region.pk)


def confirm_municipalities(*, by: Actor, region: Region, municipalities: Sequence[Municipality]) -> None:
    """These are the region's municipalities, all of them: the others leave it, new ones join, none is assumed any more.

    A municipality that another region has is refused; the network's keepers may move it. Raises NotAllowed, RuleBroken.
    """
    keeper = access.can_edit_network(by)
    access.require(keeper or access.can_edit_region(by, region.pk))
    wanted = {each.pk: each for each in municipalities}
    elsewhere = list(
        RegionMunicipality.objects.filter(municipality__in=wanted, valid_until=None).exclude(region=region).select_related("region", "municipality")
    )
    if elsewhere and not keeper:
        names = ", ".join(f"{spell.municipality} ({spell.region})" for spell in elsewhere)
        raise RuleBroken(
            _("Another region has these municipalities and must give them up first: %(names)s.") % {"names": names}, field="municipalities"
        )
    today = timezone.localdate()
    with writing("region.municipalities", by=by):
        end_spells(RegionMunicipality.objects.filter(pk__in=[spell.pk for spell in elsewhere]))
        left = end_spells(RegionMunicipality.objects.filter(region=region).exclude(municipality__in=wanted))
        kept = RegionMunicipality.objects.filter(region=region, valid_until=None)
        kept.filter(assumed=True).update(assumed=False)
        new = wanted.keys() - set(kept.values_list("municipality_id", flat=True))
        for pk in sorted(new):
            RegionMunicipality.objects.create(region=region, municipality=wanted[pk], valid_from=today)
        record("region.municipalities_confirmed", region, by=by, region_id=region.pk, joined=len(new), left=left, all=len(wanted))
