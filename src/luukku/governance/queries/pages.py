"""Groups and meetings for screens."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.followed import AgendaLine, Followed, decision_followers
from luukku.core.models import MailState, OutgoingMail
from luukku.core.trail import subject_kind
from luukku.core.translated import best, said_in
from luukku.governance.access import attended, can_run, get_group, get_meeting, own_memberships, visible_groups, visible_tasks
from luukku.governance.enums import AmendmentState, MeetingState, MinutesState, TextState, TookPart, may_rise
from luukku.governance.models import (
    AgendaItem,
    Amendment,
    Attendance,
    Decision,
    Group,
    Meeting,
    Membership,
    Paper,
    SectionText,
    SelfAssessment,
    Task,
)
from luukku.governance.models.whose import Whose
from luukku.governance.queries.activity import SPEED
from luukku.governance.queries.filling import filled
from luukku.governance.queries.protocol import digest_of_minutes
from luukku.governance.queries.seats import A_YEAR
from luukku.network.enums import Level
from luukku.network.models import Organisation, Person, Seat
from luukku.network.models.places import RegionArea

MOST = 200


def listed_groups(actor: Actor) -> "QuerySet[Group]":
    """With how many members today, the next meeting, and open tasks. One statement."""
    now, today = timezone.now(), timezone.localdate()
    members = Membership.objects.on(today).filter(group=OuterRef("pk")).order_by().values("group").annotate(n=Count("pk")).values("n")
    tasks = Task.objects.open().filter(group=OuterRef("pk")).order_by().values("group").annotate(n=Count("pk")).values("n")
    held = Q(meetings__state=MeetingState.HELD)
    found = visible_groups(actor).active().select_related("kind", "region", "area")
    return found.annotate(
        members=Subquery(members),
        open_tasks=Subquery(tasks),
        next_at=Min("meetings__starts_at", filter=Q(meetings__starts_at__gte=now) & ~Q(meetings__state=MeetingState.CANCELLED)),
        last_at=Max("meetings__starts_at", filter=held),
    ).order_by("region__code", "area__code", "kind__order", "id")[:MOST]


@dataclass(frozen=True)
class GroupPage:
    group: Group
    members: Sequence[Membership]
    past: Sequence[Membership]
    coming: Sequence[Meeting]
    held: Sequence[Meeting]
    tasks: Sequence[Task]
    can_run: bool
    mine: int | None  # the key of her own membership
    to_ask: frozenset[int]  # keys of members whose time and mandate nobody has asked for a year


def group_page(actor: Actor, pk: int) -> GroupPage:
    """Five statements, a sixth for members. Raises NotFound."""
    group, today = get_group(actor, pk), timezone.localdate()
    everyone = list(Membership.objects.filter(group=group).select_related("person", "deputy", "organisation", "seat").order_by("id"))
    order = {"chair": 0, "vice": 1, "secretary": 2, "member": 3}
    now_in = {each.pk for each in Membership.objects.on(today).filter(group=group)}
    members = sorted((each for each in everyone if each.pk in now_in), key=lambda each: (order[each.role], each.who))
    meetings = list(Meeting.objects.filter(group=group).annotate(n_decisions=Count("decisions")).order_by("starts_at", "id"))
    coming = [each for each in meetings if each.state in (MeetingState.PLANNED, MeetingState.INVITED)]
    held = [each for each in reversed(meetings) if each.state == MeetingState.HELD]
    tasks = list(open_tasks(group))
    mine = next((each.pk for each in members if each.person_id is not None and each.person_id == actor.person_id), None)
    to_ask = frozenset(each.pk for each in members if each.asked_on is None or each.asked_on <= today - A_YEAR)
    past = [each for each in everyone if each.pk not in now_in]
    return GroupPage(group, members, past, coming, held[:MOST], tasks, can_run(actor, group), mine, to_ask)


def open_tasks(group: Group) -> "QuerySet[Task]":
    return Task.objects.open().filter(group=group).select_related("membership__person", "meeting").order_by("due_day", "id")


@dataclass
class Section:
    """A point of the agenda with all that hangs on it; `lines`: what the system fills in."""

    item: AgendaItem
    lines: list[AgendaLine]
    papers: list[Paper] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    beside: list[SectionText] = field(default_factory=list)
    followed: dict[int, list[Followed]] = field(default_factory=dict)  # what came of its decisions, by their keys
    amendments: list[Amendment] = field(default_factory=list)
    assessed: int | None = None  # the year whose self-assessment is opened under it
    can_rise: bool = False  # whether it may change places with the point before it

    @property
    def decided(self) -> list[tuple[Decision, list[Followed]]]:
        """Each decision with what came of it."""
        return [(each, self.followed.get(each.pk, [])) for each in self.decisions]


@dataclass(frozen=True)
class MeetingPage:
    meeting: Meeting
    sections: Sequence[Section]
    attendances: Sequence[Attendance]
    papers: Sequence[Paper]  # of the whole meeting
    amendments: Sequence[Amendment]  # all of them
    mine: Attendance | None
    approving: Attendance | None  # as whom the reader approves the minutes
    can_run: bool
    unreached: Sequence[Attendance] = ()  # whose mail could not be delivered, for whoever runs the group
    is_changed: bool = False  # the text that is out to be approved is no longer the one that was sent

    @property
    def present(self) -> list[Attendance]:
        return [each for each in self.attendances if each.took_part in ("room", "remote", "deputy")]

    @property
    def saved_kilometres(self) -> int:
        """What those who took part by video did not travel, both ways."""
        group = self.meeting.group.kilometres or 0
        ways = (each.membership.kilometres for each in self.attendances if each.took_part == TookPart.REMOTE)
        return sum(2 * (group if way is None else way) for way in ways)

    @property
    def saved_hours(self) -> int:
        """The same in hours of travelling."""
        return round(self.saved_kilometres / SPEED)

    @property
    def agreed(self) -> int:
        """How many of those present have approved the text as it stands."""
        return sum(each.approved_digest == self.meeting.digest for each in self.present)

    @property
    def unanswered(self) -> list[Amendment]:
        """What is wanted changed and has no answer: until then nobody's silence approves the minutes."""
        return [each for each in self.amendments if each.state == AmendmentState.OPEN]

    @property
    def day_passed(self) -> bool:
        """Whether the day by which the minutes were to be approved is behind."""
        return self.meeting.approve_by is not None and self.meeting.approve_by < timezone.localdate()

    @property
    def beside(self) -> bool:
        return any(section.beside for section in self.sections)


def meeting_page(actor: Actor, pk: int) -> MeetingPage:
    """Some ten statements, however many points, people and papers; before the minutes are begun a few more, for what the system fills in, and
    while they are out to be approved four, to see whether their text is still the one that was sent.

    Raises NotFound.
    """
    meeting = get_meeting(actor, pk)
    rows = Attendance.objects.filter(meeting=meeting).select_related("membership__person", "membership__organisation", "membership__deputy")
    attendances = sorted(rows, key=lambda each: each.membership.who)
    own = set(own_memberships(actor).filter(group=meeting.group_id).values_list("pk", flat=True))
    begun = meeting.minutes_state != MinutesState.NONE
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "id"))
    sections = {item.pk: Section(item, _kept(item) if begun else filled(actor, meeting, item)) for item in items}
    for before, item in pairwise(items):
        sections[item.pk].can_rise = may_rise(before.source, item.source)
    for item_id, year in SelfAssessment.objects.filter(meeting=meeting, item__isnull=False).values_list("item_id", "year"):
        if item_id in sections:
            sections[item_id].assessed = year
    papers: dict[int | None, list[Paper]] = defaultdict(list)
    for paper in Paper.objects.filter(meeting=meeting).select_related("file").order_by("id"):
        papers[paper.item_id].append(paper)
    amendments = list(Amendment.objects.filter(meeting=meeting).select_related("attendance__membership__person").order_by("id"))
    for section in sections.values():
        section.papers = papers[section.item.pk]
        section.amendments = [each for each in amendments if each.item_id == section.item.pk]
    if begun:
        _hang(actor, meeting, sections)
    mine = next((each for each in attendances if each.membership_id in own), None)
    runs = can_run(actor, meeting.group)
    out = meeting.minutes_state == MinutesState.OUT
    approving = attended(actor).filter(meeting=meeting).first() if out else None
    changed = out and meeting.digest != digest_of_minutes(meeting)
    unreached = _unreached(attendances) if runs else []
    return MeetingPage(meeting, list(sections.values()), attendances, papers[None], amendments, mine, approving, runs, unreached, changed)


def _kept(item: AgendaItem) -> list[AgendaLine]:
    """What the system knew when the minutes were begun, in the reader's language: words alone, for what they stood for has gone on since."""
    return [AgendaLine(words) for words in said_in(item.filled_texts, item.filled).splitlines()]


def _unreached(attendances: Sequence[Attendance]) -> list[Attendance]:
    """Those to whom the last mail about the meeting failed or came back. One statement."""
    if not attendances:
        return []
    about = subject_kind(Attendance)
    sent = OutgoingMail.objects.filter(subject_kind=about, subject_id__in=[each.pk for each in attendances])
    last = dict(sent.order_by("id").values_list("subject_id", "state"))
    return [each for each in attendances if last.get(each.pk) in (MailState.FAILED, MailState.BOUNCED)]


def _hang(actor: Actor, meeting: Meeting, sections: dict[int, Section]) -> None:
    """Decisions with what came of them, tasks and texts that wait to be put together, each under its point. Some six statements."""
    first = next(iter(sections.values()), None)
    for decision in Decision.objects.filter(meeting=meeting).order_by("number"):
        if (section := sections.get(decision.item_id or 0, first)) is not None:
            section.decisions.append(decision)
    decided = [decision.pk for section in sections.values() for decision in section.decisions]
    for follow in decision_followers.all() if decided else ():
        came = follow(actor, decided)
        for section in sections.values():
            for decision in section.decisions:
                section.followed.setdefault(decision.pk, []).extend(came.get(decision.pk, ()))
    for task in Task.objects.filter(meeting=meeting).select_related("membership__person").order_by("due_day", "id"):
        if (section := sections.get(task.item_id or 0, first)) is not None:
            section.tasks.append(task)
    for text in SectionText.objects.filter(meeting=meeting, state=TextState.BESIDE).select_related("person").order_by("number"):
        sections[text.item_id].beside.append(text)


def my_tasks(actor: Actor) -> list[Task]:
    """The actor's own open tasks, the earliest first. One statement."""
    mine = visible_tasks(actor).open().filter(membership__in=own_memberships(actor))
    return list(mine.select_related("group", "meeting").order_by("due_day", "id")[:MOST])


def my_meetings(actor: Actor) -> list[Meeting]:
    """Those of the actor's own groups that are to come. One statement."""
    coming = Meeting.objects.filter(group__in=own_memberships(actor).values("group"), ends_at__gte=timezone.now(), state=MeetingState.INVITED)
    return list(coming.select_related("group").order_by("starts_at", "id")[:20])


def people_for(group: Group) -> "QuerySet[Person]":
    """Who may belong to a group: everybody with a seat in its region or area, or in an organisation that takes part there; of the nation's groups
    everybody with a seat of any level but an organisation's."""
    return people_of(group.whose)


def people_of(whose: Whose) -> "QuerySet[Person]":
    """Everybody who works in a region or an area; for the nation, who holds a seat of a region, an area or the nation. By name."""
    today = timezone.localdate()
    seats = Seat.objects.on(today)
    if whose.level is Level.NATIONAL:
        found = seats.filter(organisation=None)
    else:
        regions = RegionArea.objects.on(today).filter(area=whose.area_id).values("region") if whose.area_id else [whose.region_id]
        there = Q(region__in=regions) | Q(organisation__participations__region__in=regions)
        found = seats.filter(there | Q(area=whose.area_id) if whose.area_id else there)
    return Person.objects.active().filter(pk__in=found.values("person_id")).order_by(FinnishKey("name"), "id")


def organisations_of(whose: Whose) -> "QuerySet[Organisation]":
    """For whom a member may speak: those that take part in the region or in the area's regions; of the nation's groups all. By name."""
    found = Organisation.objects.active()
    if whose.region_id is not None:
        found = found.in_region(whose.region_id)
    elif whose.area_id is not None:
        regions = RegionArea.objects.on(timezone.localdate()).filter(area=whose.area_id).values("region")
        found = found.filter(participations__region__in=regions, participations__valid_until=None)
    return found.distinct().order_by(FinnishKey(best("name")), "id")
