"""The one door to complaints. `readers` name whoever complained and the owner; coordinators and desk leads read by their seats (first wall here,
second in the database); the one complained of never reads the complaint, only what was shared with her."""

from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from luukku.complaints.models import Complaint, ComplaintTurn
from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.secret_links import digest_of, make_token
from luukku.network.access import can_edit_organisation, can_edit_region, may, regions_to_edit, visible_regions
from luukku.network.enums import Right, Role
from luukku.network.models import Desk, Region

RELATED = ("region", "desk__organisation", "organisation", "service", "owner", "about_person", "logged_by")
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def visible_complaints(actor: Actor) -> "QuerySet[Complaint]":
    """Those that she made, owns, or sees to as coordinator of the region or lead of the desk; none that is about herself."""
    if actor.kind == "house":
        return Complaint.objects.all()
    if not actor.principals:
        return Complaint.objects.none()
    test = Q(readers__overlap=list(actor.principals))
    for seat in actor.seats:
        if seat.role == Role.COORDINATOR:
            test |= Q(region=seat.region_id)
        elif seat.role == Role.DESK_LEAD:
            test |= Q(organisation=seat.organisation_id, region=seat.region_id) if seat.region_id else Q(organisation=seat.organisation_id)
    found = Complaint.objects.filter(test)
    return found.exclude(about_person=actor.person_id) if actor.person_id is not None else found


def get_complaint(actor: Actor, pk: int) -> Complaint:
    """Raises NotFound."""
    found = visible_complaints(actor).select_related(*RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def shared_with(actor: Actor) -> "QuerySet[ComplaintTurn]":
    """What owners of complaints about the actor have shared with her, and what she said to it."""
    if not actor.is_staff or not actor.principals:
        return ComplaintTurn.objects.none()
    theirs = Q(kind="shared") & ~Q(person=actor.person_id) | Q(kind="reply", person=actor.person_id)
    return ComplaintTurn.objects.filter(theirs, readers__overlap=[actor.principals[0]])


def sees_complaints(actor: Actor) -> bool:
    """Whether the pages of complaints are for her: she leads, coordinates, or may be an owner."""
    return actor.is_staff and (may(actor, Right.HANDLE_CASES) or may(actor, Right.EDIT_REGION))


def leads(actor: Actor) -> bool:
    """Whether she leads a desk or coordinates a region, and so sees to complaints as such."""
    return actor.is_staff and any(seat.role in (Role.COORDINATOR, Role.DESK_LEAD) for seat in actor.seats)


def can_log(actor: Actor) -> bool:
    return actor.is_staff and (may(actor, Right.HANDLE_CASES) or may(actor, Right.EDIT_REGION))


def can_rule(actor: Actor, region_id: int, organisation_id: int | None = None) -> bool:
    """Owners, days and causes of a region are its coordinator's; owners and days of one organisation there its head's too."""
    return can_edit_region(actor, region_id) or (organisation_id is not None and can_edit_organisation(actor, organisation_id))


def rules_somewhere(actor: Actor) -> bool:
    return actor.is_staff and (may(actor, Right.EDIT_REGION) or bool(organisations_ruled(actor)))


def organisations_ruled(actor: Actor) -> list[int]:
    """Organisations whose head the actor is."""
    return sorted(each for each in actor.organisation_ids if can_edit_organisation(actor, each))


def regions_ruled(actor: Actor) -> list[Region]:
    """Regions of which the actor sets a rule: as coordinator, or for her organisation that serves there. One statement."""
    served = Desk.objects.filter(organisation__in=organisations_ruled(actor), deactivated_at=None).values("region")
    edited = regions_to_edit(actor).order_by().values("pk")
    return list(visible_regions(actor).filter(Q(pk__in=edited) | Q(pk__in=served)).order_by("code"))


def complaint_token(door_principal: int) -> str:
    """The secret of a complaint's own link."""
    return make_token(door_principal, _MADE)


def complaint_actor(token: str) -> Actor | None:
    """Who holds a complaint's link: an actor who reads one complaint; None for one that is unknown or has run out."""
    with connection.cursor() as cursor:
        cursor.execute("select principal from wall.complaints_link(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return Actor("link", (row[0],)) if row else None
