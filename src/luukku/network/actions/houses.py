"""A house is set up: who shares the premises, who sits in which room, who meets those who walk in. Ended, never deleted."""

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.access.houses import can_keep_house, can_seat
from luukku.network.actions.writing import end_spells, writing
from luukku.network.models import HouseMember, HousePlace, Organisation, Person, Premises, Seat
from luukku.network.queries.houses import organisations_of_house, regions_of_house


def join_house(*, by: Actor, premises: Premises, organisation: Organisation) -> HouseMember:
    """The organisation serves in these premises from today. By who keeps the house. Raises NotAllowed, RuleBroken."""
    access.require(can_keep_house(by, premises))
    if premises.deactivated_at or organisation.deactivated_at:
        raise RuleBroken(_("It is not in use any more."), field="organisation")
    if organisation.pk in {each.pk for each in organisations_of_house(premises)}:
        raise RuleBroken(_("It is in this house already."), field="organisation")
    if not organisation.participations.filter(region__in=regions_of_house(premises), valid_until=None).exists():
        raise RuleBroken(_("It takes part in no region of this house. Let it join the region first."), field="organisation")
    with writing("house.join", by=by):
        member = HouseMember.objects.create(premises=premises, organisation=organisation, valid_from=timezone.localdate())
        record("house.joined", premises, by=by, organisation_id=organisation.pk)
    return member


def leave_house(*, by: Actor, premises: Premises, organisation: Organisation) -> None:
    """The organisation serves here no more; its people's places end with it. By itself, or by who keeps the house. Raises NotAllowed."""
    access.require(can_seat(by, premises, organisation.pk))
    with writing("house.leave", by=by):
        end_spells(HousePlace.objects.filter(premises=premises, organisation=organisation))
        if end_spells(HouseMember.objects.filter(premises=premises, organisation=organisation)):
            record("house.left", premises, by=by, organisation_id=organisation.pk)


def sit_in_house(*, by: Actor, premises: Premises, organisation: Organisation, person: Person, room: str, is_host: bool = False) -> HousePlace:
    """She sits in the house for one of its organisations; again with another room moves her. Hosts are chosen by who keeps the house.

    Raises NotAllowed, RuleBroken.
    """
    access.require(can_seat(by, premises, organisation.pk))
    if organisation.pk not in {each.pk for each in organisations_of_house(premises)}:
        raise RuleBroken(_("This organisation is not in the house."), field="person")
    if not Seat.objects.on(timezone.localdate()).filter(person=person, person__deactivated_at=None, organisation=organisation).exists():
        raise RuleBroken(_("%(name)s does not work there.") % {"name": person.name}, field="person")
    keeps = can_keep_house(by, premises)
    with writing("house.sit", by=by):
        found = HousePlace.objects.select_for_update().filter(premises=premises, person=person, valid_until=None).first()
        if found is not None and found.organisation_id != organisation.pk:
            access.require(can_seat(by, premises, found.organisation_id))
        place = found or HousePlace(premises=premises, person=person, valid_from=timezone.localdate())
        place.organisation, place.room = organisation, " ".join(room.split())[:60]
        place.is_host = is_host if keeps else place.is_host
        place.save()
        record("house.place", premises, by=by, organisation_id=organisation.pk, person=person.pk, host=place.is_host)
    return place


def leave_place(*, by: Actor, place: HousePlace) -> None:
    """She sits there no more. Raises NotAllowed."""
    access.require(can_seat(by, place.premises, place.organisation_id))
    with writing("house.leave_place", by=by):
        if end_spells(HousePlace.objects.filter(pk=place.pk)):
            record("house.place_left", place.premises, by=by, organisation_id=place.organisation_id, person=place.person_id)
