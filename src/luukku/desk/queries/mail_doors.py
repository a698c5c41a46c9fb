"""Doors and their mailboxes, as administrators see them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.desk.access import can_edit_mailboxes, mailboxes
from luukku.desk.access.desks import get_own_door
from luukku.desk.models import NATION, Mailbox
from luukku.network.access import get_region, visible_regions
from luukku.network.models import Desk


def mail_doors(actor: Actor) -> list[Mailbox]:
    """A mailbox for each door: the nation's, then each open region's with its organisations'. Some are not made yet. Three statements."""
    boxes = {box.key: box for box in mailboxes(actor)}
    regions = visible_regions(actor).filter(Q(is_live=True) | Q(mailbox__isnull=False)).order_by("code")
    own = Desk.objects.filter(Q(has_door=True, deactivated_at=None, region__is_live=True) | Exists(Mailbox.objects.filter(desk=OuterRef("pk"))))
    desks = own.select_related("region", "organisation").order_by("region__code", "organisation__code")
    doors = sorted((*(Mailbox(region=each) for each in regions), *(Mailbox(desk=each) for each in desks)), key=lambda door: door.key)
    return [boxes.get(door.key, door) for door in (Mailbox(), *doors)]


def mail_door(actor: Actor, key: str) -> Mailbox:
    """The mailbox of a door, not saved if there is none yet. Raises NotAllowed, NotFound."""
    if not can_edit_mailboxes(actor):
        raise NotAllowed
    place, _colon, organisation = key.partition(":")
    of_door: dict[str, Any] = {"region__code": place}
    if organisation:
        of_door = {"region": None, "desk": None} if key == NATION else {"desk__region__code": place, "desk__organisation__code": organisation}
    return mailboxes(actor).filter(**of_door).first() or _new(actor, key)


def _new(actor: Actor, key: str) -> Mailbox:
    if key == NATION:
        return Mailbox()
    place, _colon, organisation = key.partition(":")
    region = get_region(actor, place)
    return Mailbox(desk=get_own_door(region, organisation)) if organisation else Mailbox(region=region)
