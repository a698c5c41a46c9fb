"""Who may say that one organisation acts for another, and what that lets the one that acts do."""

from collections.abc import Collection, Iterable

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.network.access import can_edit_network, can_edit_organisation, is_inside, regions_to_edit
from luukku.network.models import Organisation, Participation, Representation


def can_name_representative(actor: Actor, represented: Organisation) -> bool:
    """The one who is represented gives the power: its head, the coordinator of a region where it takes part, the network's keepers.
    Nobody takes it for herself."""
    return represented.pk in _given_by(actor, [represented.pk])


def rights_over(actor: Actor, organisation: Organisation, representations: Iterable[Representation]) -> tuple[bool, list[Representation]]:
    """Whether she may name who acts for it, and which of the representations on its page she may end. One statement more than hers."""
    found = list(representations)
    given = _given_by(actor, {organisation.pk, *(each.represented_id for each in found)})
    return organisation.pk in given, _endable(actor, found, given)


def ending(actor: Actor, representations: Iterable[Representation]) -> list[Representation]:
    """Those that she may end: who gave the power, and the one who has it. Two statements at most."""
    found = list(representations)
    given = _given_by(actor, [each.represented_id for each in found])
    return _endable(actor, found, given)


def _endable(actor: Actor, found: Iterable[Representation], given: Collection[int]) -> list[Representation]:
    return [each for each in found if each.represented_id in given or can_edit_organisation(actor, each.representative_id)]


def _given_by(actor: Actor, organisation_ids: Collection[int]) -> set[int]:
    """Those of the organisations for which she may name who acts for them."""
    if can_edit_network(actor):
        return set(organisation_ids)
    own = {pk for pk in organisation_ids if can_edit_organisation(actor, pk)}
    here = Participation.objects.filter(organisation__in=organisation_ids, valid_until=None, region__in=regions_to_edit(actor))
    return own | set(here.values_list("organisation_id", flat=True))


def can_edit_details(actor: Actor, organisation: Organisation) -> bool:
    """What an organisation tells of itself: its own head, and the head of the one that acts for it today. Never its people, desks or matters."""
    if can_edit_organisation(actor, organisation.pk):
        return True
    seats = {seat.organisation_id for seat in actor.seats if seat.organisation_id and can_edit_organisation(actor, seat.organisation_id)}
    acting = organisation.representations.on(timezone.localdate()) if seats else None
    return acting is not None and acting.filter(representative__in=seats).exists()


def get_representation(actor: Actor, pk: int) -> Representation:
    """Staff only. Raises NotFound."""
    found = Representation.objects.select_related("representative", "represented").filter(pk=pk).first()
    if found is None or not is_inside(actor):
        raise NotFound
    return found
