"""Who may do what with groups, and what no order of acts may break."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.months import Months
from luukku.governance.access import get_group, link_actor, visible_groups, visible_meetings
from luukku.governance.actions.approving import amend, approve, approve_silent, send_out
from luukku.governance.actions.clock import nudge
from luukku.governance.actions.forgetting import forget_members
from luukku.governance.actions.groups import GroupForm, MemberForm, add_member, create_group, end_membership, take_seats
from luukku.governance.actions.minutes import give_task, write_section
from luukku.governance.actions.tasks import remind
from luukku.governance.models import AgendaItem, Attendance, Group, GroupKind, Meeting, Membership
from luukku.governance.queries.activity import activity
from luukku.governance.queries.due import my_due
from luukku.governance.queries.pages import group_page, listed_groups, meeting_page
from tests.cast import Cast
from tests.governance.conftest import at

LinkOf = Callable[[Meeting], tuple[str, Actor]]
Count = Callable[..., AbstractContextManager[object]]


def test_group_is_read_by_term_seat_and_kind_in_both_walls(cast: Cast, group: Group) -> None:
    def both(actor: Actor) -> tuple[int, int]:
        with act_as(actor), connection.cursor() as cursor:
            cursor.execute("select count(*) from governance_membership")
            return visible_groups(actor).count(), int(cursor.fetchone()[0])

    assert both(cast.steering.actor) == (1, 3)
    assert both(cast.desklead.actor) == (1, 3)  # of the secretary's organisation, and the kind says so
    for stranger in (cast.partner.actor, cast.outsider.actor, cast.area.actor, cast.national.actor, cast.shepherd.actor, cast.founder.actor, PUBLIC):
        assert both(stranger) == (0, 0)
    with act_as(cast.coordinator.actor) as by:
        member = Membership.objects.select_related("group", "person").get(person=cast.adviser.someone)
        end_membership(by=by, membership=member)
    assert both(cast.adviser.actor) == (0, 0)
    assert both(cast.desklead.actor) == (0, 0)


def test_seat_that_ends_ends_the_membership_the_same_day(cast: Cast, group: Group) -> None:
    seat = cast.steering.someone.seats.get()
    seat.valid_from, seat.valid_until = None, timezone.localdate() - timedelta(days=1)
    seat.save()
    with act_as(cast.steering.actor) as actor:
        assert visible_groups(actor).count() == 0
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from governance_group")
            assert cursor.fetchone()[0] == 0
    with act_as(cast.coordinator.actor) as by:
        assert take_seats(by=by, group=group) == 0


def test_groups_are_made_and_changed_by_the_coordinator_of_the_region_alone(cast: Cast, group: Group) -> None:
    kind = GroupKind.objects.get(code="working")
    for other in (cast.adviser, cast.steering, cast.national, cast.outsider):
        with act_as(other.actor) as by, pytest.raises(NotAllowed):
            create_group(by=by, region=cast.here.region, kind=kind, form=GroupForm({"fi": "Työryhmä"}))
    with act_as(cast.coordinator.actor) as by:
        with pytest.raises(NotAllowed):
            create_group(by=by, region=cast.there.region, kind=kind, form=GroupForm({"fi": "Työryhmä"}))
        with pytest.raises(RuleBroken):
            add_member(by=by, group=group, form=MemberForm(person=cast.adviser.someone))
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotFound):
        get_group(actor, group.pk)


def test_link_opens_one_meeting_and_ends_with_the_term(cast: Cast, invited: Meeting, held: Meeting, link_of: LinkOf, outside: Membership) -> None:
    token, holder = link_of(held)
    with act_as(holder) as actor:
        assert list(visible_meetings(actor)) == [held]
        with connection.cursor() as cursor:
            cursor.execute("select count(*), min(meeting_id) from governance_agendaitem")
            assert cursor.fetchone()[1] == held.pk
            cursor.execute("select count(distinct meeting_id) from governance_attendance")
            assert cursor.fetchone()[0] == 1
    with act_as(cast.coordinator.actor) as by:
        end_membership(by=by, membership=Membership.objects.select_related("group", "person").get(pk=outside.pk))
    with act_as(PUBLIC):
        assert link_actor(token) is None
    with act_as(holder) as actor:
        assert list(visible_meetings(actor)) == []


def test_changed_text_must_be_approved_anew_and_silence_agrees_only_to_what_was_sent(cast: Cast, held: Meeting, link_of: LinkOf) -> None:
    item = AgendaItem.objects.filter(meeting=held)[0]
    with act_as(cast.adviser.actor) as by:
        sent = send_out(by=by, meeting=held)
    _token, holder = link_of(held)
    with act_as(holder) as by:
        approve(by=by, meeting=Meeting.objects.get(pk=held.pk), digest=sent.digest)
        amend(by=by, meeting=Meeting.objects.get(pk=held.pk), words="Lisätään nimi.", item=item)
    with act_as(cast.adviser.actor) as by:
        write_section(by=by, item=item, body="Nimi lisätty.", based_on=0)
    with act_as(cast.steering.actor) as by, pytest.raises(RuleBroken):
        approve(by=by, meeting=Meeting.objects.get(pk=held.pk), digest=sent.digest)
    with act_as_house("look for minutes"):
        assert approve_silent(timezone.localdate() + timedelta(days=60)) == 0
    with act_as(cast.partner.actor) as by, pytest.raises((NotAllowed, Meeting.DoesNotExist)):
        approve(by=by, meeting=held, digest=sent.digest)


def test_silence_until_the_day_approves(cast: Cast, held: Meeting) -> None:
    with act_as(cast.adviser.actor) as by:
        send_out(by=by, meeting=held)
    with act_as_house("look for minutes"):
        assert approve_silent(timezone.localdate()) == 0
        assert approve_silent(timezone.localdate() + timedelta(days=15)) == 1
    held.refresh_from_db()
    assert held.minutes_state == "approved"


def test_reminders_leave_once_and_my_tasks_bring_what_is_due(cast: Cast, held: Meeting, planned: Meeting, outside: Membership) -> None:
    today = timezone.localdate()
    secretary = Membership.objects.get(person=cast.adviser.someone)
    with act_as(cast.adviser.actor) as by:
        for member in (secretary, outside):
            give_task(by=by, meeting=held, words="Tee", membership=member, due_day=today + timedelta(days=1))
        assert "Tee" in [each.words for each in my_due(by)]
        assert len(my_due(by)) >= 3  # the task, invitations to send, minutes to write
    with act_as_house("remind"):
        assert (remind(today), remind(today), remind(today + timedelta(days=8))) == (2, 0, 2)
        assert (nudge(timezone.now()), nudge(timezone.now())) == (1, 0)
    assert OutgoingMail.objects.filter(kind="governance.nudge").count() == 1


def test_task_whose_day_is_behind_is_called_late_until_it_is_done(cast: Cast, held: Meeting, outside: Membership) -> None:
    today = timezone.localdate()
    with act_as(cast.coordinator.actor) as by:
        task = give_task(by=by, meeting=held, words="Tee", membership=outside, due_day=today)
    late = [task.is_late]
    task.due_day = today - timedelta(days=1)
    late.append(task.is_late)
    task.done_at = timezone.now()
    assert [*late, task.is_late] == [False, True, False]


def test_activity_is_counted_from_what_happened(cast: Cast, held: Meeting) -> None:
    month = timezone.localdate(held.starts_at).replace(day=1)
    (row,) = activity(cast.here.region.pk, Months(month, 1))
    assert (row.held, row.invited, row.present) == (1, 3, 3)
    assert activity(cast.there.region.pk, Months(month, 1)) == []


def test_names_from_outside_are_forgotten_two_years_after_the_term(cast: Cast, held: Meeting, outside: Membership) -> None:
    outside.valid_from, outside.valid_until = None, date(2024, 1, 1)
    outside.save()
    with act_as_house("forget"):
        assert forget_members(at(-1), 10) == 1
    outside.refresh_from_db()
    assert (outside.outside_name, outside.outside_email) == ("", "")
    assert Attendance.objects.filter(membership=outside).exists()


def test_pages_cost_the_same_however_long(cast: Cast, held: Meeting, invited: Meeting, sql_count: Count) -> None:
    with act_as(cast.adviser.actor) as actor:
        with sql_count(at_most=1):
            list(listed_groups(actor))
        with sql_count(at_most=8):
            group_page(actor, held.group_id)
        with sql_count(at_most=14):
            meeting_page(actor, held.pk)
