"""Who meets: the organisations of a series in the order of their turns, and the people they send."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.trail import Fact
from luukku.desk.access.case_meetings import can_edit_series
from luukku.desk.actions.case_meetings.making import choose_lead, tell_members
from luukku.desk.models import CaseMeeting, MeetingMember, MeetingParty, MeetingSeries
from luukku.desk.models.meeting_kinds import MemberRole
from luukku.network.enums import Role
from luukku.network.models import Organisation, Participation, Person, Seat


def add_party(*, by: Actor, series: MeetingSeries, organisation: Organisation) -> MeetingParty:
    """One more organisation, last in turn. Raises NotAllowed, RuleBroken."""
    _require(by, series)
    if not Participation.objects.filter(region=series.region_id, organisation=organisation, valid_until=None).exists():
        raise RuleBroken(_("Only organisations that take part in the region can be members."), field="organisation")
    with transaction.atomic():
        MeetingSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
        last = MeetingParty.objects.filter(series=series).aggregate(n=Max("position"))["n"] or 0
        party, made = MeetingParty.objects.get_or_create(series=series, organisation=organisation, defaults={"position": last + 1})
        if made:
            _record("meeting.party_added", series, by, organisation=organisation.pk)
        return party


def remove_party(*, by: Actor, party: MeetingParty) -> None:
    """The organisation meets no more and reads nothing of the series from now on. Raises NotAllowed, RuleBroken."""
    series = party.series
    _require(by, series)
    with transaction.atomic():
        MeetingSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
        if MeetingParty.objects.filter(series=series).exclude(pk=party.pk).count() < 2:
            raise RuleBroken(_("Two organisations at least are left in a series. End the series instead."))
        if series.desk is not None and series.desk.organisation_id == party.organisation_id:
            raise RuleBroken(_("Your own organisation takes part in its own series."))
        _record("meeting.party_removed", series, by, organisation=party.organisation_id)
        party.delete()
        for meeting in CaseMeeting.objects.coming().filter(series=series, lead_party=None):
            choose_lead(meeting)
            meeting.save(update_fields=["lead_party", "lead"])


def set_people(*, by: Actor, party: MeetingParty, people: Sequence[tuple[Person, str]]) -> None:
    """Whom an organisation sends: each with her role, one of them leads. New ones are invited. Raises NotAllowed, RuleBroken."""
    series = party.series
    _require(by, series)
    if sum(role == MemberRole.LEAD for _person, role in people) > 1:
        raise RuleBroken(_("One person leads for an organisation; the others are deputies."), field="lead")
    today = timezone.localdate()
    for person, _role in people:
        seats = Seat.objects.on(today).filter(person=person, person__deactivated_at=None)
        if not (seats.filter(organisation=party.organisation_id).exists() or seats.filter(role=Role.COORDINATOR, region=series.region_id).exists()):
            raise RuleBroken(_("%(name)s does not work at this organisation.") % {"name": person.name})
    with transaction.atomic():
        MeetingParty.objects.select_for_update(of=("self",)).get(pk=party.pk)
        before = set(MeetingMember.objects.filter(party=party).values_list("person_id", flat=True))
        MeetingMember.objects.filter(party=party).delete()
        MeetingMember.objects.bulk_create([MeetingMember(party=party, person=person, role=MemberRole(role)) for person, role in people])
        _record("meeting.people_set", series, by, organisation=party.organisation_id, people=len(people))
        _tell_of_change(series, before, {person.pk for person, _role in people})


def _tell_of_change(series: MeetingSeries, before: set[int], after: set[int]) -> None:
    for meeting in CaseMeeting.objects.coming().filter(series=series).select_related("series", "lead_party"):
        if meeting.lead_id is None or meeting.lead_id in before - after:
            choose_lead(meeting)
            meeting.save(update_fields=["lead_party", "lead"])
        tell_members(meeting, "invited", people=sorted(after - before))
        tell_members(meeting, "withdrawn", people=sorted(before - after))


def _require(by: Actor, series: MeetingSeries) -> None:
    if not by.is_staff or not can_edit_series(by, series):
        raise NotAllowed


def _record(action: str, series: MeetingSeries, by: Actor, **facts: Fact) -> None:
    trail.record(action, series, by=by, region_id=series.region_id, organisation_id=None, at=None, **facts)
