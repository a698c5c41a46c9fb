"""A snapshot for the screen: the keys that it keeps become names, as far as they are known today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luukku.core.actor import Actor
from luukku.governance.access import visible_groups
from luukku.governance.models import Membership
from luukku.network.models import Organisation, Person
from luukku.plans.models import Snapshot
from luukku.plans.queries.facts import steering_names


@dataclass(frozen=True)
class Kept:
    """The basic page as it was: who coordinated and steered (with their parts), the days of the year, the sum and its shares (name, euros, hours)."""

    coordinators: Sequence[str]
    steering: Sequence[str]
    entries: Sequence[tuple[str, str]]
    shares: Sequence[tuple[str, str, int]]


def kept(actor: Actor, snapshot: Snapshot) -> Kept:
    """Whoever is known no more is left out. The steering group by its seats, and by its own list of members
    where the reader knows it. Some five statements."""
    body: Mapping[str, Any] = snapshot.body
    basic: Mapping[str, Any] = body.get("basic", {})
    shares: Sequence[Sequence[Any]] = body.get("shares", ())
    seats = {name: list(basic.get(name, ())) for name in ("coordinators", "chairs", "members")}
    people = Person.objects.in_bulk([pk for each in seats.values() for pk in each])
    organisations = Organisation.objects.in_bulk([share[0] for share in shares])
    found = Membership.objects.filter(pk__in=basic.get("steering", ()), group__in=visible_groups(actor))
    members = list(found.select_related("person").order_by("id"))
    seated = [(pk, people[pk].name, name == "chairs") for name in ("chairs", "members") for pk in seats[name] if pk in people]
    return Kept(
        [people[pk].name for pk in seats["coordinators"] if pk in people], steering_names(seated, members),
        [(day, title) for day, title in basic.get("entries", ())],
        [(str(organisations[share[0]].name), share[1], share[2]) for share in shares if share[0] in organisations],
    )  # fmt: skip
