"""What of groups waits for one person: her tasks, invitations to answer or to send, minutes to read or to write, and what the year says is hers."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.registries import DueThing
from luukku.governance.access import WRITERS, attended, kept, own_memberships
from luukku.governance.enums import MeetingState, MinutesState, Nudge
from luukku.governance.models import Attendance, ClockEntry, Meeting, SelfAssessment, TalkStep
from luukku.governance.queries.calendar import name_of
from luukku.governance.queries.networks import to_start
from luukku.governance.queries.pages import my_tasks
from luukku.governance.queries.seats import A_YEAR, seats_to_ask
from luukku.network.access.working import coordinated

SOON = timedelta(days=30)


def my_due(actor: Actor) -> list[DueThing]:
    """The earliest first. Six statements, and a few more for whoever sets a network up."""
    today = timezone.localdate()
    found = [DueThing(each.due_day, each.words, str(each.group.name), reverse("governance:task", kwargs={"pk": each.pk})) for each in my_tasks(actor)]
    waits = Q(membership__in=own_memberships(actor), answer="", meeting__state=MeetingState.INVITED, meeting__starts_at__gt=timezone.now())
    reads = Q(pk__in=attended(actor).filter(meeting__minutes_state=MinutesState.OUT, approved_at=None).values("pk"))
    for each in Attendance.objects.filter(waits | reads).select_related("meeting__group").order_by("meeting__starts_at", "id"):
        asked = each.meeting.minutes_state != MinutesState.OUT
        words = _("Say whether you come") if asked else _("Read the minutes, and approve them")
        day = timezone.localdate(each.meeting.starts_at) if asked else each.meeting.approve_by or today
        found.append(_of_meeting(each.meeting, day, words, "meeting" if asked else "minutes"))
    found += _seats_to_answer(actor, today)
    found += _to_run(actor)
    hers = Q(person=actor.person_id or 0) | (kept(actor) & Q(person=None, last_day__gte=today))
    waiting = ClockEntry.objects.standing().filter(hers, kind="due", done_at=None)
    entries = waiting.filter(first_day__lte=today + SOON, last_day__gte=today - SOON)
    found += [
        DueThing(each.last_day, each.title, str(each.get_kind_display()), reverse("governance:entry", kwargs={"pk": each.pk})) for each in entries
    ]
    return sorted(found, key=lambda each: (each.day, each.words))


def _seats_to_answer(actor: Actor, today: date) -> list[DueThing]:
    """Her own seats, of which nobody has asked for a year what they are worth."""
    found = []
    for each in own_memberships(actor).filter(seats_to_ask(today)).select_related("group").order_by("id"):
        day = each.asked_on + A_YEAR if each.asked_on else today
        to = reverse("governance:seat", kwargs={"pk": each.group_id, "which": each.pk})
        found.append(DueThing(day, _("Say what your seat can do: time, mandate, deputy"), str(each.group.name), to))
    return found


def _to_run(actor: Actor) -> list[DueThing]:
    """Of the meetings that she runs: invitations to be sent within a month, minutes that have not been."""
    runs = kept(actor, "group__") | Q(group__in=own_memberships(actor).filter(role__in=WRITERS).values("group"))
    now = timezone.now()
    invite = Q(state=MeetingState.PLANNED, starts_at__gt=now, starts_at__lte=now + SOON)
    write = Q(ends_at__lte=now, minutes_state__in=(MinutesState.NONE, MinutesState.DRAFT)) & ~Q(state=MeetingState.CANCELLED)
    found = []
    for meeting in Meeting.objects.filter(runs).filter(invite | write).select_related("group").order_by("starts_at", "id"):
        ahead = meeting.starts_at > now
        day = timezone.localdate(meeting.starts_at) + (timedelta(days=-14) if ahead else timedelta(days=7))
        found.append(_of_meeting(meeting, day, str((Nudge.INVITE if ahead else Nudge.MINUTES).label), "meeting"))
    regions = coordinated(actor)
    return found + _to_open(regions) + to_start(regions) + _steps(regions)


def _steps(regions: set[int]) -> list[DueThing]:
    """What was agreed on a visit to her network and has not been done; a month is reckoned where no day was agreed. One statement."""
    if not regions:
        return []
    waiting = TalkStep.objects.filter(talk__region__in=regions, done_at=None).select_related("talk__region").order_by("id")
    return [
        DueThing(step.by_day or step.talk.day + SOON, step.words, _("Agreed on a visit"), reverse("governance:network", args=[step.talk.region.code]))
        for step in waiting
    ]


def _to_open(regions: set[int]) -> list[DueThing]:
    """Self-assessments whose survey has closed, to be opened at a meeting."""
    rows = SelfAssessment.objects.filter(group__region__in=regions, opened_at=None, survey__settled_at__isnull=False)
    words, found = _("Open the self-assessment at a meeting"), []
    for each in rows.select_related("group", "survey"):
        url = reverse("governance:assessment", kwargs={"pk": each.group_id, "year": each.year})
        found.append(DueThing(each.survey.last_day + SOON, words, str(each.group.name), url))
    return found


def _of_meeting(meeting: Meeting, day: date, words: str, page: str) -> DueThing:
    language = (get_language() or "fi")[:2]
    return DueThing(day, words, name_of(meeting, language), reverse(f"governance:{page}", kwargs={"pk": meeting.pk}))
