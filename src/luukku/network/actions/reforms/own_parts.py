"""What the network itself moves: places in regions, desks with their hours, seats, premises, houses, units; and the old organisation's end."""

from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.network.actions.holding import check_holds
from luukku.network.actions.reforms.moving import Mover
from luukku.network.actions.reforms.seats import carry_seats, carry_turns
from luukku.network.actions.reforms.spells import end, succeed
from luukku.network.models import (
    ClosingDay,
    Desk,
    HouseMember,
    HousePlace,
    OpeningDay,
    OpeningHours,
    Organisation,
    Participation,
    PastHours,
    Premises,
    Representation,
)

_COPIED: Final = (OpeningHours, ClosingDay, OpeningDay, PastHours)


def carry_regions(mover: Mover) -> None:
    """The target takes part where the source did; the source's part ends where all of it goes and nothing stays."""
    still = set(Desk.objects.filter(pk__in=mover.kept).values_list("region_id", flat=True))
    for part in Participation.objects.filter(organisation=mover.source, valid_until=None).order_by("pk"):
        if not (mover.everything or part.region_id in mover.move.regions):
            continue
        join(mover, part.region_id)
        if part.region_id not in still:
            end(mover, Participation.objects.filter(pk=part.pk), what="network.regions")


def join(mover: Mover, region_id: int) -> None:
    """The target takes part in the region from the day on, if it did not."""
    if not Participation.objects.filter(organisation=mover.target, region=region_id, valid_until=None).exists():
        mover.make(Participation(organisation=mover.target, region_id=region_id, valid_from=mover.day))


def carry_desks(mover: Mover) -> None:
    """Each of the source's desks has one that goes on in its place: the target's own in that region, or a new one like it."""
    desks = Desk.objects.filter(organisation=mover.source, deactivated_at=None).select_related("region").order_by("pk")
    own = {desk.region_id: desk for desk in Desk.objects.filter(organisation=mover.target, deactivated_at=None)}
    for desk in desks:
        whole = mover.everything or desk.region_id in mover.move.regions
        if not whole and not (mover.move.people or mover.move.services):
            continue
        if desk.region_id in own:
            mover.tell("network.double_desk")
        elif whole:
            own[desk.region_id] = _like(mover, desk)
        else:
            own[desk.region_id] = _new(mover, desk)
        mover.desks[desk.pk] = own[desk.region_id]
        if whole:
            _close(mover, desk, own[desk.region_id])


def _like(mover: Mover, desk: Desk) -> Desk:
    """A desk with the names, telephone and hours of the other."""
    new = _new(mover, desk)
    for kind in _COPIED:
        rows: Any = kind._default_manager.filter(desk=desk)
        for row in rows.order_by("pk"):
            row.pk, row.desk = None, new
            row._state.adding = True
            mover.make(row)
    return new


def _new(mover: Mover, desk: Desk) -> Desk:
    join(mover, desk.region_id)
    names = {name: getattr(desk, name) for name in ("name_fi", "name_sv", "name_en", "phone", "has_door")}
    new = Desk(organisation=mover.target, region_id=desk.region_id, **names)
    mover.make(new)
    return new


def _close(mover: Mover, desk: Desk, instead: Desk) -> None:
    front = desk.is_front
    if desk.pk in mover.kept:  # what lies there is handed over; nothing new comes to it
        mover.change(Desk.objects.filter(pk=desk.pk), is_front=False, has_door=False)
    else:
        mover.change(Desk.objects.filter(pk=desk.pk), what="network.desks", deactivated_at=mover.at, is_front=False)
    if front:
        mover.change(Desk.objects.filter(pk=instead.pk), is_front=True)


def carry_places(mover: Mover) -> None:
    """Premises, and where the source sits in others' houses. Of a part, those in the regions that were chosen."""
    towns = Q() if mover.everything else Q(municipality__region_spells__region__in=mover.move.regions, municipality__region_spells__valid_until=None)
    premises = list(Premises.objects.filter(towns, organisation=mover.source).values_list("pk", flat=True).distinct())
    mover.change(Premises.objects.filter(pk__in=premises), what="network.premises", organisation_id=mover.target.pk)
    end(mover, HouseMember.objects.filter(premises__in=premises, organisation=mover.target))  # a guest in what is now its own
    of_all = mover.within()
    for member in HouseMember.objects.filter(of_all, organisation=mover.source, valid_until=None).order_by("pk"):
        house = member.premises_id
        is_there = HouseMember.objects.filter(premises=house, organisation=mover.target, valid_until=None).exists()
        if not is_there and not Premises.objects.filter(pk=house, organisation=mover.target).exists():
            mover.make(HouseMember(premises_id=house, organisation=mover.target, valid_from=mover.day))
        end(mover, HouseMember.objects.filter(pk=member.pk))
    sat = mover.within(person="person")
    if not mover.everything:
        sat |= Q(premises__in=premises)
    mover.change(HousePlace.objects.filter(sat, organisation=mover.source, valid_until=None), organisation_id=mover.target.pk)


def carry_representations(mover: Mover) -> None:
    """For whom it acts, and who acts for it, when everything goes; nobody acts for itself, and one acts for one at a time."""
    if not mover.everything:
        return
    for each in Representation.objects.filter(Q(representative=mover.source) | Q(represented=mover.source), valid_until=None).order_by("pk"):
        end(mover, Representation.objects.filter(pk=each.pk), what="network.representations")
        pair = [mover.target.pk if key == mover.source.pk else key for key in (each.representative_id, each.represented_id)]
        taken = Representation.objects.filter(represented=pair[1]).exclude(valid_until__lt=mover.day).exists()
        if pair[0] != pair[1] and not taken:
            mover.make(Representation(representative_id=pair[0], represented_id=pair[1], valid_from=max(mover.day, each.valid_from or mover.day)))


def carry_units(mover: Mover) -> None:
    """Units become the target's, when everything goes."""
    if not mover.everything:
        return
    if mover.target.parent_id == mover.source.pk:
        mover.change(Organisation.objects.filter(pk=mover.target.pk), parent_id=mover.source.parent_id)
    units = Organisation.objects.filter(parent=mover.source, deactivated_at=None).exclude(pk=mover.target.pk)
    mover.change(units, what="network.units", parent_id=mover.target.pk)


def close(mover: Mover) -> None:
    """Who has given everything away ends, unless something stays to be handed over. Refused while anything still holds it."""
    if not mover.everything:
        return
    for desk in mover.desks.keys() - mover.kept:
        check_holds("network.desk", desk)
    if mover.kept:
        mover.tell("network.goes_on")
        return
    check_holds("network.organisation", mover.source.pk)
    mover.change(Organisation.objects.filter(pk=mover.source.pk), what="network.ended", deactivated_at=mover.at)


PARTS: Final = {
    "network.succession": ReformPart(5, ("network.Succession.predecessor", "network.Succession.successor"), succeed, {}),
    "network.regions": ReformPart(10, ("network.Participation.organisation",), carry_regions, {"network.regions": _("Parts in regions")}),
    "network.desks": ReformPart(
        20,
        ("network.Desk.organisation", "network.OpeningHours.desk", "network.ClosingDay.desk", "network.OpeningDay.desk", "network.PastHours.desk"),
        carry_desks,
        {"network.desks": _("Desks")},
        {"network.double_desk": _("Both have a desk in the same region: matters go to the receiver's desk, and the other one closes")},
    ),
    "network.seats": ReformPart(
        30,
        ("network.Seat.organisation",),
        carry_seats,
        {"network.seats": _("Seats of people")},
        {
            "network.same_seat": _("The same person has the same seat in both: one of them ends"),
            "network.seats_stay": _("People who keep their seats in the old organisation besides, to hand over what stays"),
        },
    ),
    "network.turns": ReformPart(35, ("network.SeatTurn.organisation",), carry_turns, {"network.turns": _("Turns at seats that go round")}),
    "network.places": ReformPart(
        40,
        ("network.Premises.organisation", "network.HouseMember.organisation", "network.HousePlace.organisation"),
        carry_places,
        {"network.premises": _("Premises")},
    ),
    "network.representations": ReformPart(
        45,
        ("network.Representation.representative", "network.Representation.represented"),
        carry_representations,
        {"network.representations": _("Acting for others")},
    ),
    "network.units": ReformPart(50, ("network.Organisation.parent",), carry_units, {"network.units": _("Units")}),
    "network.end": ReformPart(
        900,
        (),
        close,
        {
            "network.ended": _("Organisations that end"),
            "network.renamed": _("Organisations that get another name"),
            "network.parent": _("Organisations that become a part of another"),
        },
        {
            "network.goes_on": _(
                "The old organisation goes on until what stays has been handed over by its customers' word; then it is closed by hand"
            )
        },
    ),
}
STAYS: Final = {
    "network.ReformMove.source": "tells of the reform itself",
    "network.ReformMove.target": "tells of the reform itself",
}
