"""The one door to the network: who acts, what her seats let her do, and what she may see.

The rights come from the role table in `network.enums`; this module only says how far a seat reaches. An organisation's seat reaches that
organisation, a region's seat that region and no organisation's inner matters, a national seat everything that its rights name.
"""

from datetime import timedelta
from typing import Literal, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from luukku.core.actor import Actor, ActorSeat
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.planned import planned
from luukku.network.enums import ROLES, Level, Right, Role
from luukku.network.models import Absence, Desk, Organisation, Person, Premises, Region, Seat
from luukku.network.models.acting import person_and_seats
from luukku.network.models.organisations import OrganisationQuerySet
from luukku.network.models.people import PersonQuerySet
from luukku.network.models.places import region_of_code

T = TypeVar("T", bound=Model)
_NAMED = (Level.ORGANISATION, Level.REGION, Level.AREA)  # in the order of the names below


def actor_of_request(request: HttpRequest) -> Actor | None:
    """The staff member who has signed in, or None. Loader of the middleware."""
    user = getattr(request, "user", None)
    return actor_of_user(user.pk) if user is not None and user.is_authenticated else None


def actor_of_user(user_id: int) -> Actor | None:
    """The staff member with this sign-in; None when it belongs to nobody in the network (a customer, or somebody who has left)."""
    return _actor("user_id", user_id)


def actor_of_person(person_id: int) -> Actor:
    """A person of the network by id, for commands and jobs that act in her name. Raises NotFound."""
    if (actor := _actor("id", person_id)) is None:
        raise NotFound
    return actor


def _actor(column: Literal["id", "user_id"], key: int) -> Actor | None:
    """Person and today's seats in one statement."""
    with planned() as cursor:
        cursor.execute(person_and_seats(column), {"key": key, "today": timezone.localdate()})
        rows = cursor.fetchall()
    if not rows:
        return None
    (person_id, principal, name, user_id), doors = rows[0][:4], rows[0][-1]
    held = [row for row in rows if row[4] is not None]
    seats = tuple(ActorSeat(*row[4:10]) for row in held)
    reading = [row for row in held if Right.READ_CASES in ROLES[Role(row[5])].rights]
    reads = {principal for row in reading for principal in (row[7], *row[14])}  # its own, and those of whom it is the legal successor
    principals = (principal, *sorted(each for each in reads if each is not None), *doors)
    places = dict.fromkeys(row[10 + _NAMED.index(level)] for row in held if (level := ROLES[Role(row[5])].level) in _NAMED)
    shown = tuple(filter(None, places))
    return Actor(
        "person", principals, person_id, user_id=user_id, seats=seats, label=name, houses=tuple(rows[0][13]),
        keeps=any(door > 0 for door in doors), places=shown,
    )  # fmt: skip


def may(actor: Actor, right: Right, *, organisation_id: int | None = None, region_id: int | None = None) -> bool:
    """Whether a seat of the actor gives this right for this organisation or region; for neither: anywhere at all.

    A seat whose role lies at the level of the nation, and the house itself, reach everywhere.
    """
    if actor.kind == "house":
        return True
    for seat in actor.seats:
        row = ROLES[Role(seat.role)]
        if right not in row.rights:
            continue
        if row.level is Level.NATIONAL or (organisation_id is None and region_id is None):
            return True
        if row.level is Level.ORGANISATION and organisation_id is not None and seat.organisation_id == organisation_id:
            return True
        if row.level is Level.REGION and region_id is not None and seat.region_id == region_id:
            return True
    return False


def require(allowed: bool) -> None:
    """Raise NotAllowed unless allowed: the first line of an action."""
    if not allowed:
        raise NotAllowed


def can_administer(actor: Actor) -> bool:
    """Sign-ins, imports and the installation."""
    return may(actor, Right.ADMINISTER)


def can_edit_network(actor: Actor) -> bool:
    """Areas, regions, organisation types, seats of areas and the nation."""
    return may(actor, Right.EDIT_NETWORK)


def can_edit_region(actor: Actor, region_id: int) -> bool:
    """The region's parties, municipalities, hours and seats."""
    return may(actor, Right.EDIT_REGION, region_id=region_id)


def can_edit_organisation(actor: Actor, organisation_id: int) -> bool:
    """The organisation's own details, people, seats, desks and hours."""
    return may(actor, Right.EDIT_ORGANISATION, organisation_id=organisation_id)


def can_deactivate_organisation(actor: Actor, organisation_id: int) -> bool:
    """Its head, and those who keep the network."""
    return can_edit_organisation(actor, organisation_id) or can_edit_network(actor)


def can_edit_desk(actor: Actor, desk: Desk) -> bool:
    """A desk's hours and closing days: its organisation, or the coordinator of the region whose promise they carry."""
    return can_edit_organisation(actor, desk.organisation_id) or can_edit_region(actor, desk.region_id)


def can_edit_hours(actor: Actor, owner: Region | Desk | Premises) -> bool:
    """Hours and closing days: a region's coordinator, those who edit the desk, and premises' organisation."""
    if isinstance(owner, Region):
        return can_edit_region(actor, owner.pk)
    return can_edit_desk(actor, owner) if isinstance(owner, Desk) else can_edit_organisation(actor, owner.organisation_id)


def can_edit_person(actor: Actor, person: Person) -> bool:
    """What she tells of herself: she, or those who answer for the seat where she is at home. The address is another matter (`can_admit_person`)."""
    return actor.person_id == person.pk or can_publish_person(actor, person)


def can_enter_absence(actor: Actor, person: Person) -> bool:
    """She herself, those who answer for every seat of hers, and the lead of a desk at which she serves."""
    if can_edit_person(actor, person):
        return True
    led = {seat.organisation_id for seat in actor.seats if Right.LEAD_DESK in ROLES[Role(seat.role)].rights and seat.organisation_id is not None}
    return bool(led) and Seat.objects.on(timezone.localdate()).filter(person=person, organisation__in=led).exists()


def can_publish_person(actor: Actor, person: Person) -> bool:
    """Showing her to the public: never she herself alone, but those who answer for the seat where she is at home, the oldest that has not ended.

    A seat that others give her later takes nothing of this away from her home, and gives them nothing but itself.
    """
    seats = _seats_of(person)
    return may(actor, Right.ADMINISTER) or (bool(seats) and _answers_for(actor, seats[0]))


def can_admit_person(actor: Actor, person: Person) -> bool:
    """The address she signs in with, letting her sign in, and ending her stay: those who answer for every seat of hers.

    All of them, because these acts reach the whole person: whoever chooses the address she signs in with could read by each of her seats.
    Seats that have not begun or end later count; without any seat she is the administrator's.
    """
    seats = _seats_of(person)
    return may(actor, Right.ADMINISTER) or (bool(seats) and all(_answers_for(actor, seat) for seat in seats))


def can_bring_back(actor: Actor, person: Person) -> bool:
    """Somebody who has left: the administrator, and those who answered for every seat that ended with the stay."""
    if person.deactivated_at is None:
        return False
    last = timezone.localtime(person.deactivated_at).date() - timedelta(days=1)  # seats end at once, so the day before is their last
    ended = list(Seat.objects.filter(person=person, valid_until__gte=last))
    return may(actor, Right.ADMINISTER) or (bool(ended) and all(_answers_for(actor, seat) for seat in ended))


def _seats_of(person: Person) -> list[Seat]:
    """Her seats that have not ended, the oldest first."""
    not_ended = Q(valid_until=None) | Q(valid_until__gte=timezone.localdate())
    return list(Seat.objects.filter(not_ended, person=person).order_by(F("valid_from").asc(nulls_first=True), "pk"))


def _answers_for(actor: Actor, seat: Seat) -> bool:
    """By the role's level: a seat in a region's group may name the organisation that she comes from. Areas and the nation are the administrator's."""
    level = ROLES[Role(seat.role)].level
    if level is Level.ORGANISATION:
        return seat.organisation_id is not None and can_edit_organisation(actor, seat.organisation_id)
    return level is Level.REGION and seat.region_id is not None and can_edit_region(actor, seat.region_id)


def can_give_seat(actor: Actor, role: Role, *, organisation_id: int | None, region_id: int | None) -> bool:
    """Organisations give their own seats, coordinators those of their region, the network's keepers the rest.

    Only an administrator makes another one, so that no role can raise itself.
    """
    level = ROLES[role].level
    if role is Role.ADMINISTRATOR:
        return may(actor, Right.ADMINISTER)
    if level is Level.ORGANISATION:
        return organisation_id is not None and can_edit_organisation(actor, organisation_id)
    if level is Level.REGION:
        return region_id is not None and (can_edit_region(actor, region_id) or can_edit_network(actor))
    return can_edit_network(actor)


def can_end_seat(actor: Actor, seat: Seat) -> bool:
    """Who may give it may take it away."""
    return can_give_seat(actor, Role(seat.role), organisation_id=seat.organisation_id, region_id=seat.region_id)


def get_premises(actor: Actor, pk: int) -> Premises:
    """Staff only. Raises NotFound."""
    return _inner(actor, Premises.objects.filter(deactivated_at=None).select_related("organisation", "municipality"), pk)


def regions_to_edit(actor: Actor) -> "QuerySet[Region]":
    """Regions whose parties the actor may choose."""
    if can_edit_network(actor):
        return visible_regions(actor)
    return visible_regions(actor).filter(pk__in=_edited(actor))


def _edited(actor: Actor) -> list[int]:
    return [seat.region_id for seat in actor.seats if seat.region_id is not None and can_edit_region(actor, seat.region_id)]


def visible_organisations(actor: Actor) -> OrganisationQuerySet:
    """The public sees those that are active; the network's own people see all."""
    return Organisation.objects.all() if is_inside(actor) else Organisation.objects.active()


def visible_people(actor: Actor) -> PersonQuerySet:
    """The public sees those whom their organisation publishes; the network's own people see all who work here."""
    return Person.objects.all() if is_inside(actor) else Person.objects.published()


def visible_regions(actor: Actor) -> "QuerySet[Region]":
    """Everybody sees the regions of today."""
    return Region.objects.on(timezone.localdate())


def get_organisation(actor: Actor, code: str) -> Organisation:
    """Raises NotFound."""
    return _one(visible_organisations(actor).select_related("type", "parent"), code=code)


def get_person(actor: Actor, pk: int) -> Person:
    """Raises NotFound."""
    return _one(visible_people(actor).select_related("deputy"), pk=pk)


def get_region(actor: Actor, code: str) -> Region:
    """Raises NotFound."""
    return region_of_code.one(code=code, today=timezone.localdate())


def get_desk(actor: Actor, pk: int) -> Desk:
    """Staff only. Raises NotFound."""
    return _inner(actor, Desk.objects.select_related("organisation", "region"), pk)


def get_seat(actor: Actor, pk: int) -> Seat:
    """Staff only. Raises NotFound."""
    return _inner(actor, Seat.objects.select_related("person", "organisation", "region", "area"), pk)


def get_absence(actor: Actor, pk: int) -> Absence:
    """Staff only. Raises NotFound."""
    return _inner(actor, Absence.objects.select_related("person", "deputy"), pk)


def is_inside(actor: Actor) -> bool:
    """Whether she is one of the network's own people. Whoever has come in only to keep single customers sees of the network what the public sees."""
    return actor.kind == "house" or (actor.is_staff and (not actor.seats or any(seat.role != Role.SHEPHERD for seat in actor.seats)))


def _inner(actor: Actor, query: "QuerySet[T]", pk: int) -> T:
    if not is_inside(actor):
        raise NotFound
    return _one(query, pk=pk)


def _one(query: "QuerySet[T]", **lookup: object) -> T:
    if (found := query.filter(**lookup).first()) is None:
        raise NotFound
    return found
