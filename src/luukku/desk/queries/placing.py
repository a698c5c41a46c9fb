"""The desk and person for a new need: by rule, else by the service's provider, else the region's front desk."""

from dataclasses import dataclass
from typing import Any

from luukku.desk.queries.doors import desk_for
from luukku.desk.queries.routing import Need, route, rules_of
from luukku.network.models import Desk


@dataclass(frozen=True)
class Placed:
    """`why` are facts for the leg: `by` is chosen, door, rule, provider or front; then what the rules went by."""

    desk: Desk | None
    person_id: int | None
    why: dict[str, Any]


def place(region_id: int, need: Need, chosen: Desk | None = None, own_door: Desk | None = None) -> Placed:
    """A desk that somebody has chosen, or through whose own door she came, stays; its own rules may still name the person.

    One statement in a region without rules, two where a rule leads elsewhere; the rules themselves are remembered.
    """
    given = own_door or chosen
    if given is not None:
        inside = route(rules_of(region_id), need, desk_id=given.pk)
        return Placed(given, inside.person_id, {"by": "door" if own_door is not None else "chosen", **inside.why})
    desk = desk_for(region_id, need.service_id)
    if desk is None:
        return Placed(None, None, {})
    by = {"by": "front" if desk.is_front else "provider"}
    if not desk.has_rules:  # type: ignore[attr-defined]
        return Placed(desk, None, by)
    rules = rules_of(region_id)
    routed = route(rules, need)
    if routed.desk_id is None:
        inside = route(rules, need, desk_id=desk.pk)
        return Placed(desk, inside.person_id, {**by, **inside.why})
    if routed.desk_id != desk.pk:
        desk = Desk.objects.select_related("organisation").get(pk=routed.desk_id)
    return Placed(desk, routed.person_id, {"by": "rule", **routed.why})
