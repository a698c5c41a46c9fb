"""The door to a house: who keeps it, who says where somebody sits, and who reads what people have said of today."""

from django.db.models import QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.network.access import can_edit_organisation, can_edit_region
from luukku.network.models import Premises, Presence


def can_keep_house(actor: Actor, premises: Premises) -> bool:
    """Who shares the premises and who is a host there: those who edit the organisation that keeps them, or a region where it takes part."""
    if can_edit_organisation(actor, premises.organisation_id):
        return True
    mine = [seat.region_id for seat in actor.seats if seat.region_id is not None and can_edit_region(actor, seat.region_id)]
    return bool(mine) and premises.organisation.participations.filter(region__in=mine, valid_until=None).exists()


def can_seat(actor: Actor, premises: Premises, organisation_id: int) -> bool:
    """Who of an organisation sits in the house and in which room: its own keepers too."""
    return can_edit_organisation(actor, organisation_id) or can_keep_house(actor, premises)


def visible_presences(actor: Actor) -> "QuerySet[Presence]":
    """What people have said of today, of those who share a house with the actor."""
    now = Presence.objects.filter(until__gt=timezone.now())
    return now if actor.kind == "house" else now.filter(readers__overlap=list(actor.principals)) if actor.principals else Presence.objects.none()
