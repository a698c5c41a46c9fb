"""Who handles cases where, who leads which desk, and who rules where needs go."""

from django.db.models import QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.desk.models import Rule, RuleBook
from luukku.network.access import may, require
from luukku.network.enums import ROLES, Right, Role
from luukku.network.models import Desk, Region


def get_own_door(region: Region, organisation: str) -> Desk:
    """The desk of the organisation (its code) that takes needs in on a public page of its own in the region. Raises NotFound."""
    doors = Desk.objects.filter(has_door=True, deactivated_at=None, organisation__deactivated_at=None, region=region, organisation__code=organisation)
    desk = doors.select_related("organisation").first()
    if desk is None:
        raise NotFound
    return desk


def _led(actor: Actor) -> list[int]:
    return [each for each in actor.organisation_ids if may(actor, Right.LEAD_DESK, organisation_id=each)]


def handling_organisations(actor: Actor) -> list[int]:
    """Organisations whose cases the actor handles."""
    seats = (seat for seat in actor.seats if seat.organisation_id is not None)
    return sorted({seat.organisation_id or 0 for seat in seats if Right.HANDLE_CASES in ROLES[Role(seat.role)].rights})


def leads_desk(actor: Actor) -> bool:
    """Whether there is an organisation whose desk she leads. No statement."""
    return actor.is_staff and bool(_led(actor))


def desks_led(actor: Actor) -> QuerySet[Desk]:
    """Open desks of organisations whose desk the actor leads."""
    desks = Desk.objects.filter(organisation__in=_led(actor), deactivated_at=None)
    return desks.select_related("organisation", "region").order_by("region__code", "pk")


def _ruled(actor: Actor) -> set[int]:
    return {seat.region_id for seat in actor.seats if seat.region_id and may(actor, Right.EDIT_REGION, region_id=seat.region_id)}


def regions_ruled(actor: Actor) -> QuerySet[Region]:
    """Regions whose rules the actor's own seat edits."""
    return Region.objects.on(timezone.localdate()).filter(pk__in=_ruled(actor)).order_by("code")


def rules_needs(actor: Actor) -> bool:
    """Coordinators rule which desk, desk leads to whom. No statement."""
    return actor.is_staff and bool(_ruled(actor) or _led(actor))


def can_edit_rules(actor: Actor, region: Region, desk: Desk | None) -> bool:
    """Which desk a need goes to is the coordinator's to rule, to whom at a desk its lead's."""
    if desk is None:
        return may(actor, Right.EDIT_REGION, region_id=region.pk)
    return may(actor, Right.LEAD_DESK, organisation_id=desk.organisation_id)


def get_rule_book(actor: Actor, pk: int) -> RuleBook:
    """Rules with their region and desk. Raises NotFound, and NotAllowed for who may not edit them."""
    book = RuleBook.objects.select_related("region", "desk__region", "desk__organisation").filter(pk=pk).first()
    if book is None:
        raise NotFound
    require(can_edit_rules(actor, book.region, book.desk))
    return book


def get_rule(actor: Actor, pk: int) -> Rule:
    """A rule with its book. Raises NotFound and NotAllowed like `get_rule_book`."""
    rule = Rule.objects.filter(pk=pk).first()
    if rule is None:
        raise NotFound
    rule.book = get_rule_book(actor, rule.book_id)
    return rule
