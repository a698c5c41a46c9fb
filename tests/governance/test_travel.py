"""Travelling that meetings by video save is counted from who took part how."""

from collections.abc import Callable

from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.months import Months
from luukku.governance.actions.groups import GroupForm, edit_group
from luukku.governance.actions.meetings import mark_present
from luukku.governance.actions.seats import SeatAnswer, answer_seat
from luukku.governance.models import Attendance, Group, Meeting, Membership
from luukku.governance.queries.activity import activity
from luukku.governance.queries.pages import meeting_page
from tests.cast import Cast, Member
from tests.harness.client import Client


def test_kilometres_of_those_by_video_are_counted_both_ways(
    cast: Cast, held: Meeting, outside: Membership, client_of: Callable[[Member], Client]
) -> None:
    adviser = Membership.objects.get(group=held.group_id, person=cast.adviser.person)
    with act_as(cast.coordinator.actor) as by:
        group = Group.objects.select_related("region").get(pk=held.group_id)
        edit_group(by=by, group=group, form=GroupForm({"fi": "Koskimaan ohjausryhmä"}, place="Seututalo", kilometres=30))
        answer_seat(by=by, membership=adviser, answer=SeatAnswer(5, "carries", kilometres=45))
        rows = Attendance.objects.filter(meeting=held)
        marks = {row.pk: "remote" if row.membership_id in (adviser.pk, outside.pk) else "room" for row in rows}
        mark_present(by=by, meeting=held, marks=marks)
        page = meeting_page(by, held.pk)
    assert (page.saved_kilometres, page.saved_hours) == (2 * 45 + 2 * 30, 2)
    first = timezone.localdate(held.starts_at).replace(day=1)
    assert held.group.region_id is not None
    (row,) = activity(held.group.region_id, Months(first, 1))
    assert (row.remote, row.kilometres, row.hours) == (2, 150, 2)
    assert "150" in client_of(cast.coordinator).get(f"/kokoukset/{held.pk}/").content.decode()


def test_nothing_is_saved_where_no_distance_is_known(cast: Cast, held: Meeting) -> None:
    with act_as(cast.coordinator.actor) as by:
        mark_present(by=by, meeting=held, marks=dict.fromkeys(Attendance.objects.filter(meeting=held).values_list("pk", flat=True), "remote"))
        assert meeting_page(by, held.pk).saved_kilometres == 0


def test_one_hour_is_one_hour(cast: Cast, held: Meeting, group: Group, client_of: Callable[[Member], Client]) -> None:
    Group.objects.filter(pk=group.pk).update(kilometres=30)
    row = Attendance.objects.filter(meeting=held).first()
    assert row is not None
    with act_as(cast.coordinator.actor) as by:
        mark_present(by=by, meeting=held, marks={row.pk: "remote"})
    assert "60 kilometriä ja 1 tunti matkaa" in client_of(cast.coordinator).get(f"/kokoukset/{held.pk}/").content.decode()
