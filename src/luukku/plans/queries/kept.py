"""A snapshot for the screen: the keys that it keeps become names, as far as they are known today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luukku.network.models import Organisation, Person
from luukku.plans.models import Snapshot


@dataclass(frozen=True)
class Kept:
    """The basic page as it was: who coordinated and steered, the days of the year, the sum and its shares (name, euros, hours)."""

    coordinators: Sequence[str]
    chairs: Sequence[str]
    members: Sequence[str]
    entries: Sequence[tuple[str, str]]
    shares: Sequence[tuple[str, str, int]]


def kept(snapshot: Snapshot) -> Kept:
    """Whoever is known no more is left out. Two statements."""
    body: Mapping[str, Any] = snapshot.body
    basic: Mapping[str, Any] = body.get("basic", {})
    shares: Sequence[Sequence[Any]] = body.get("shares", ())
    seats = {name: list(basic.get(name, ())) for name in ("coordinators", "chairs", "members")}
    people = Person.objects.in_bulk([person for each in seats.values() for person, _organisation in each])
    spoken_for = {organisation for each in seats.values() for _person, organisation in each if organisation is not None}
    organisations = Organisation.objects.in_bulk(spoken_for | {share[0] for share in shares})

    def names(pairs: Iterable[tuple[int, int | None]]) -> list[str]:
        found = [(people.get(person), organisations.get(organisation or 0)) for person, organisation in pairs]
        return [f"{person.name} ({place.name})" if place else person.name for person, place in found if person is not None]

    return Kept(
        names(seats["coordinators"]), names(seats["chairs"]), names(seats["members"]), [(day, title) for day, title in basic.get("entries", ())],
        [(str(organisations[share[0]].name), share[1], share[2]) for share in shares if share[0] in organisations],
    )  # fmt: skip
