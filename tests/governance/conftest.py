"""A steering group with somebody who has no sign-in, and a meeting of it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.governance.access import link_actor, link_token
from luukku.governance.actions.groups import GroupForm, MemberForm, add_member, create_group
from luukku.governance.actions.meetings import MeetingForm, invite, mark_present, plan_meeting
from luukku.governance.actions.minutes import begin
from luukku.governance.models import Attendance, Group, GroupKind, Meeting, Membership
from tests.cast import Cast


def at(days: float, hour: int = 9) -> datetime:
    """An hour of a day so many days from now."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(hour)))


@pytest.fixture
def group(cast: Cast) -> Group:
    """The region's steering group; its member by her seat, an entrepreneur outside it by name, the adviser as secretary."""
    with act_as(cast.coordinator.actor) as by:
        kind = GroupKind.objects.get(code="steering")
        made = create_group(by=by, region=cast.here.region, kind=kind, form=GroupForm({"fi": "Koskimaan ohjausryhmä"}, place="Seututalo"))
        add_member(by=by, group=made, form=MemberForm(outside_name="Yrjö Yrittäjä", outside_email="yrjo@firm.example", outside_of="Saha Oy"))
        add_member(by=by, group=made, form=MemberForm(person=cast.adviser.someone, role="secretary", organisation=cast.here.organisation))
    return made


@pytest.fixture
def planned(cast: Cast, group: Group) -> Meeting:
    with act_as(cast.coordinator.actor) as by:
        return plan_meeting(by=by, group=group, form=MeetingForm(at(10), at(10, 11), place="Seututalo"))


@pytest.fixture
def invited(cast: Cast, planned: Meeting) -> Meeting:
    with act_as(cast.coordinator.actor) as by:
        return invite(by=by, meeting=planned)


@pytest.fixture
def held(cast: Cast, group: Group) -> Meeting:
    """Three days ago: all were there, and the minutes are begun."""
    with act_as(cast.coordinator.actor) as by:
        meeting = plan_meeting(by=by, group=group, form=MeetingForm(at(-3), at(-3, 11), place="Seututalo"))
        invite(by=by, meeting=meeting)
        marks = dict.fromkeys(Attendance.objects.filter(meeting=meeting).values_list("pk", flat=True), "room")
        mark_present(by=by, meeting=meeting, marks=marks)
        begin(by=by, meeting=meeting)
        return Meeting.objects.select_related("group__kind", "group__region").get(pk=meeting.pk)


@pytest.fixture
def outside(group: Group) -> Membership:
    return Membership.objects.get(group=group, outside_email="yrjo@firm.example")


@pytest.fixture
def link_of(outside: Membership) -> Callable[[Meeting], tuple[str, Actor]]:
    """Secret and actor of the link by which the one without a sign-in comes to a meeting."""

    def found(meeting: Meeting) -> tuple[str, Actor]:
        token = link_token(Attendance.objects.get(meeting=meeting, membership=outside))
        with act_as(PUBLIC):
            actor = link_actor(token)
        assert actor is not None
        return token, actor

    return found
