"""Seats: a role given to a person at a level, from a day to a day."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.holding import check_holds
from luukku.network.actions.writing import end_spells, writing
from luukku.network.enums import ROLES, Level, Role
from luukku.network.models import Area, Organisation, Person, Region, Seat


def give_seat(
    *,
    by: Actor,
    person: Person,
    role: Role,
    organisation: Organisation | None = None,
    region: Region | None = None,
    area: Area | None = None,
    since: date | None = None,
) -> Seat:
    """Give a role from `since` (today). Which of organisation, region and area it needs, the role's level says.

    An adviser's seat may name the region in which she serves. Raises NotAllowed, RuleBroken.
    """
    check_seat(by, role, organisation, region, area)
    if person.deactivated_at:
        raise RuleBroken(_("%(name)s has left the network.") % {"name": person.name})
    if Seat.objects.filter(person=person, role=role, organisation=organisation, region=region, area=area, valid_until=None).exists():
        raise RuleBroken(_("%(name)s has this seat already.") % {"name": person.name})
    return seated(by, person, role, organisation=organisation, region=region, area=area, since=since)


def seated(
    by: Actor,
    person: Person,
    role: Role,
    *,
    organisation: Organisation | None = None,
    region: Region | None = None,
    area: Area | None = None,
    since: date | None = None,
) -> Seat:
    """The seat itself; the caller has checked who may give it."""
    with writing("seat.give", by=by):
        seat = Seat.objects.create(
            person=person, role=role, organisation=organisation, region=region, area=area, valid_from=since or timezone.localdate()
        )
        record(
            "seat.given", person, by=by, role=role.value, seat=seat.pk,
            organisation_id=organisation.pk if organisation else None, region_id=region.pk if region else None,
        )  # fmt: skip
    return seat


def end_seat(*, by: Actor, seat: Seat) -> None:
    """Take a seat away, at once. The last administrator's stays, and one that open matters still need. Raises NotAllowed, RuleBroken."""
    role = Role(seat.role)
    access.require(access.can_end_seat(by, seat))
    if seat.valid_until is not None and seat.valid_until < timezone.localdate():
        return
    if role is Role.ADMINISTRATOR:
        check_another_administrator(seat.person)
    check_holds("network.seat", seat.pk)
    with writing("seat.end", by=by):
        end_spells(Seat.objects.filter(pk=seat.pk))
        seat.refresh_from_db()
        record("seat.ended", seat.person, by=by, role=role.value, seat=seat.pk, organisation_id=seat.organisation_id, region_id=seat.region_id)


def check_another_administrator(person: Person) -> None:
    """Raise RuleBroken when she is the last administrator."""
    administrators = Seat.objects.filter(role=Role.ADMINISTRATOR, valid_until=None)
    if administrators.filter(person=person).exists() and not administrators.exclude(person=person).exists():
        raise RuleBroken(_("This is the last administrator. Make another one first."))


def check_seat(by: Actor, role: Role, organisation: Organisation | None, region: Region | None, area: Area | None) -> None:
    """Raise RuleBroken when the place does not fit the role, NotAllowed when the actor may not give it there."""
    _check_level(role, organisation, region, area)
    here = {"organisation_id": organisation.pk if organisation else None, "region_id": region.pk if region else None}
    access.require(access.can_give_seat(by, role, **here))


def _check_level(role: Role, organisation: Organisation | None, region: Region | None, area: Area | None) -> None:
    level = ROLES[role].level
    if level is Level.ORGANISATION and organisation is None:
        raise RuleBroken(_("Choose the organisation of this role."), field="organisation")
    if level is Level.REGION and region is None:
        raise RuleBroken(_("Choose the region of this role."), field="region")
    if level is Level.AREA and area is None:
        raise RuleBroken(_("Choose the area of this role."), field="area")
    if level is Level.NATIONAL and (organisation or region or area):
        raise RuleBroken(_("This role is for the whole network: leave organisation, region and area empty."))
    if organisation is None:
        return
    if organisation.deactivated_at:
        raise RuleBroken(_("The organisation has left the network."), field="organisation")
    if level is Level.ORGANISATION and region and not organisation.participations.filter(region=region, valid_until=None).exists():
        raise RuleBroken(_("The organisation does not take part in this region."), field="region")
