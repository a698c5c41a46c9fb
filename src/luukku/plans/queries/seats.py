"""Seats that may answer for measures, by their names and by who holds them today."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.network.enums import ROLES, Level, Role
from luukku.network.models import Area, Organisation, Participation, Person, Region, Seat
from luukku.network.models.places import RegionArea

Key = tuple[str, int | None, int | None]
LEFT_OUT = (Role.SHEPHERD, Role.VIEWER, Role.ADMINISTRATOR, Role.OPERATOR)


@dataclass(frozen=True)
class SeatChoice:
    """A seat by its key: what it is called, and who sits there today."""

    key: Key
    name: str
    people: Sequence[Person]

    @property
    def value(self) -> str:
        return value_of(self.key)

    @property
    def holders(self) -> str:
        return ", ".join(person.name for person in self.people)

    @property
    def label(self) -> str:
        return f"{self.name} ({self.holders})" if self.people else _("%(name)s (nobody today)") % {"name": self.name}


def value_of(key: Key) -> str:
    """The key as a form sends it."""
    return "|".join(str(part or "") for part in key)


def key_of_value(value: str) -> Key | None:
    """The key that a form sent; None for what is none."""
    role, organisation, area = [*value.split("|"), "", ""][:3]
    if role not in Role.values or not all(part == "" or part.isdecimal() for part in (organisation, area)):
        return None
    return role, int(organisation) if organisation else None, int(area) if area else None


def _of_region(region: Region) -> Q:
    today = timezone.localdate()
    parties = Participation.objects.on(today).filter(region=region).values("organisation")
    areas = RegionArea.objects.on(today).filter(region=region).values("area")
    placed = [role for role, row in ROLES.items() if row.level is Level.ORGANISATION]
    of_parties = Q(organisation__in=parties) | Q(organisation__parent__in=parties)  # a municipality's departments answer as its units
    return Q(region=region) | (of_parties & Q(role__in=placed)) | Q(area__in=areas)


def seat_choices(region: Region, keep: Collection[Key] = ()) -> list[SeatChoice]:
    """Every seat of the region's parties, the region's own first, and those of `keep` though nobody sits there. Two statements at most."""
    seats = Seat.objects.on(timezone.localdate()).filter(_of_region(region), person__deactivated_at=None).exclude(role__in=LEFT_OUT)
    names: dict[Key, str] = {}
    people: dict[Key, list[Person]] = defaultdict(list)
    for seat in seats.select_related("person", "organisation", "area").order_by("id"):
        key = (seat.role, seat.organisation_id, seat.area_id)
        place = seat.organisation or seat.area
        names[key] = f"{seat.get_role_display()}, {place.name}" if place is not None else str(seat.get_role_display())
        if seat.person not in people[key]:
            people[key].append(seat.person)
    names |= _empty([key for key in keep if key not in names])
    order = {Level.REGION: 0, Level.ORGANISATION: 1, Level.AREA: 2, Level.NATIONAL: 3}
    found = [SeatChoice(key, name, people[key]) for key, name in names.items()]
    return sorted(found, key=lambda each: (order[ROLES[Role(each.key[0])].level], each.name))


def _empty(keys: Collection[Key]) -> dict[Key, str]:
    """Names of seats in which nobody sits. Two statements at most."""
    organisations = Organisation.objects.in_bulk([key[1] for key in keys if key[1] is not None])
    areas = Area.objects.in_bulk([key[2] for key in keys if key[2] is not None])
    found = {}
    for role, organisation, area in keys:
        place = organisations.get(organisation or 0) or areas.get(area or 0)
        label = str(Role(role).label)
        found[role, organisation, area] = f"{label}, {place.name}" if place is not None else label
    return found


def by_key(region: Region, keys: Collection[Key]) -> Mapping[Key, SeatChoice]:
    """The named seats by their keys. Two statements."""
    return {each.key: each for each in seat_choices(region, keys) if each.key in keys}
