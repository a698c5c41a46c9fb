"""A row in every table of groups, for the attack on the database (every_table.py)."""

from datetime import timedelta

from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.files import keep_original
from luukku.governance.actions.assessing import start_assessment
from luukku.governance.actions.clock import make_feed as make_clock_feed
from luukku.governance.actions.groups import GroupForm, MemberForm, add_member, create_group
from luukku.governance.actions.meetings import MeetingForm, invite, plan_meeting
from luukku.governance.models import Amendment, Attendance, Decision, GroupKind, Paper, SectionText, Task
from tests.cast import Cast


def meet_as_a_group(cast: Cast) -> None:
    """A working group of the adviser and somebody outside, whom others know nothing of."""
    now = timezone.now()
    with act_as(cast.coordinator.actor) as by:
        kind = GroupKind.objects.get(code="board")
        group = create_group(by=by, region=cast.here.region, kind=kind, form=GroupForm({"fi": "Hallitus"}))
        add_member(by=by, group=group, form=MemberForm(person=cast.adviser.someone))
        add_member(by=by, group=group, form=MemberForm(outside_name="Yrjö Yrittäjä", outside_email="yrjo@firm.example"))
        form = MeetingForm(now + timedelta(days=9), now + timedelta(days=9, hours=2))
        meeting = invite(by=by, meeting=plan_meeting(by=by, group=group, form=form))
    with act_as(cast.adviser.actor) as adviser:
        make_clock_feed(by=adviser)
    item, attendance = meeting.agendaitems.all()[0], Attendance.objects.filter(meeting=meeting)[0]
    of_meeting = {"meeting": meeting, "group": group}
    file = keep_original("liite.txt", "text/plain", b"Ehdotus")
    Paper.objects.create(file=file, **of_meeting)
    SectionText.objects.create(item=item, number=1, based_on=0, body="Puhuttua", **of_meeting)
    Amendment.objects.create(item=item, attendance=attendance, words="Toisin", **of_meeting)
    Decision.objects.create(item=item, number=1, words="Päätettyä", **of_meeting)
    with act_as(cast.coordinator.actor) as by:
        start_assessment(by=by, group=group, closes_on=now.date() + timedelta(days=9))
    Task.objects.create(membership=attendance.membership, words="Tehtävää", due_day=now.date(), **of_meeting)
