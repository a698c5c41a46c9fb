"""Who meets in a series: organisations in the order of their turns, whom they send and whom they could send."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from luukku.core.finnish import FinnishKey, finnish_key
from luukku.core.translated import best
from luukku.desk.models import MeetingMember, MeetingParty, MeetingSeries
from luukku.network.enums import Role
from luukku.network.models import Organisation, Person, Seat


@dataclass
class PartyLine:
    """An organisation, its members, and with `people` all who could be: those with a seat there, and the region's coordinator."""

    party: MeetingParty
    members: list[MeetingMember] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[Person, str]]:
        """Each who could come, and as what she does."""
        return [(person, self.roles.get(person.pk, "")) for person in self.people]


def party_lines(series: MeetingSeries, *, with_people: bool = False) -> list[PartyLine]:
    """Two statements, and one more with people."""
    parties = MeetingParty.objects.filter(series=series).select_related("series__desk", "series__region", "organisation").order_by("position", "id")
    lines = {party.pk: PartyLine(party) for party in parties}
    for member in MeetingMember.objects.filter(party__series=series).select_related("person").order_by("id"):
        lines[member.party_id].members.append(member)
        lines[member.party_id].roles[member.person_id] = member.role
    if with_people:
        _add_people(series, list(lines.values()))
    return list(lines.values())


def _add_people(series: MeetingSeries, lines: list[PartyLine]) -> None:
    seats = Seat.objects.on(timezone.localdate()).filter(person__deactivated_at=None).select_related("person")
    by_organisation: dict[int | None, dict[int, Person]] = defaultdict(dict)
    ids = [line.party.organisation_id for line in lines]
    for seat in seats.filter(organisation__in=ids) | seats.filter(role=Role.COORDINATOR, region=series.region_id):
        by_organisation[None if seat.role == Role.COORDINATOR else seat.organisation_id][seat.person_id] = seat.person
    for line in lines:
        found = by_organisation[line.party.organisation_id] | by_organisation[None]
        line.people = sorted(found.values(), key=lambda each: (each.pk not in line.roles, finnish_key(each.name)))


def organisations_to_add(series: MeetingSeries) -> list[Organisation]:
    """Those that take part in the region and do not meet yet. One statement."""
    here = Organisation.objects.active().in_region(series.region_id)
    return list(here.exclude(pk__in=MeetingParty.objects.filter(series=series).values("organisation_id")).order_by(FinnishKey(best("name"))))
