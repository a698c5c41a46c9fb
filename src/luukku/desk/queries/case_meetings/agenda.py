"""One meeting as a reader sees it: its points with minutes and figures, and the listed matters as far as each may be known to her.

A matter is shown by what the wall gives: its words without names to all who meet, the case as far as its customer agreed, minutes and steps
likewise. Twelve statements and those of the figures, however many matters there are.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from luukku.catalogue.models import Service
from luukku.core.actor import Actor
from luukku.desk.access import case_meetings as doors
from luukku.desk.models import CaseMeeting, ItemCase, ItemMinutes, MeetingConsent, MeetingItem, MeetingMember, MeetingParty, MeetingPoint, MeetingStep
from luukku.desk.models.meeting_kinds import CaseMeetingState, ItemState, OpeningState, PointKind
from luukku.desk.queries.case_meetings.filling import KEPT, Figure, figures_of, read_figures
from luukku.desk.queries.nearest import Nearest, said
from luukku.network.models import Municipality, Organisation, Person


@dataclass(frozen=True)
class Part:
    """An organisation's part of an opened matter."""

    organisation: str
    service: str
    handler: str
    state: str
    next_step: str
    next_step_at: datetime | None
    due: Nearest


@dataclass(frozen=True)
class Opened:
    """A matter by name, as far as its customer agreed. `own_words` are empty for those who read the case itself."""

    number: str
    subject: str
    own_words: str
    language: str
    company: str
    customer: str
    state: str
    contacted_at: datetime
    municipality: str
    parts: list[Part]

    @property
    def due(self) -> Nearest | None:
        """The clock that runs out first; None when none runs."""
        running = [(part.due.at, part.due) for part in self.parts if part.due.at is not None]
        return min(running)[1] if running else None


@dataclass
class Line:
    """A listed matter. `case` is None for those who may know it without names only; `reads_case`: she has a part in the case itself."""

    item: MeetingItem
    question: str = ""
    leg_id: int | None = None  # the proposer's part
    case: Opened | None = None
    reads_case: bool = False
    written: ItemMinutes | None = None
    steps: list[MeetingStep] = field(default_factory=list)
    consent: MeetingConsent | None = None
    named: bool = False  # the organisations that she allowed know whose it is

    @property
    def is_done(self) -> bool:
        return self.item.state == ItemState.HANDLED


@dataclass(frozen=True)
class PointLine:
    point: MeetingPoint
    figures: list[Figure]
    is_filled: bool  # the data have a say in it


@dataclass(frozen=True)
class MeetingPage:
    meeting: CaseMeeting
    points: list[PointLine]
    lines: list[Line]
    parties: list[MeetingParty]
    members: list[MeetingMember]
    names: dict[int, str]  # of the organisations that meet, by id
    can_run: bool
    takes_part: bool
    can_edit: bool

    @property
    def is_running(self) -> bool:
        return self.meeting.state == CaseMeetingState.RUNNING

    @property
    def present(self) -> list[Person]:
        """Who took part."""
        return [each.person for each in self.members if each.person_id in self.meeting.present]


def meeting_page(actor: Actor, pk: int) -> MeetingPage:
    """Raises NotFound."""
    meeting = doors.get_meeting(actor, pk)
    parties = list(MeetingParty.objects.filter(series=meeting.series_id).select_related("organisation").order_by("position", "id"))
    members = list(MeetingMember.objects.filter(party__series=meeting.series_id).select_related("person", "party").order_by("party__position", "id"))
    lines = _lines(actor, meeting)
    return MeetingPage(
        meeting, _points(actor, meeting), lines, parties, members, {each.organisation_id: str(each.organisation.name) for each in parties},
        doors.can_run(actor, meeting), doors.takes_part(actor, meeting), doors.can_edit_series(actor, meeting.series),
    )  # fmt: skip


def _points(actor: Actor, meeting: CaseMeeting) -> list[PointLine]:
    points = list(doors.visible_points(actor).filter(meeting=meeting).select_related("writer", "carried_from").order_by("position", "id"))
    if meeting.state == CaseMeetingState.CLOSED:
        return [PointLine(point, read_figures(point.figures), point.kind in KEPT) for point in points]
    found = figures_of(actor, meeting.series.region, [point.kind for point in points])
    return [PointLine(point, found.get(point.kind, []), point.kind in found) for point in points]


def services_named(points: Sequence[PointLine]) -> dict[str, str]:
    """The services that figures speak of, by key. One statement at most."""
    keys = {figure.key for line in points for figure in line.figures if figure.code == "service"}
    return {str(each.pk): str(each.name) for each in Service.objects.filter(pk__in=[int(key) for key in keys])} if keys else {}


def _lines(actor: Actor, meeting: CaseMeeting) -> list[Line]:
    items = doors.visible_items(actor).filter(meeting=meeting).exclude(state=ItemState.REMOVED)
    rows = list(items.select_related("organisation", "proposer").order_by("position", "id"))
    lines = {item.pk: Line(item) for item in rows}
    if not lines:
        return []
    for listed in ItemCase.objects.filter(item__in=lines):
        lines[listed.item_id].question, lines[listed.item_id].leg_id = listed.question, listed.leg_id
    for pk, opened in opened_cases(list(lines)).items():
        lines[pk].case = opened
    for written in ItemMinutes.objects.filter(item__in=lines).select_related("writer"):
        lines[written.item_id].written = written
    for step in doors.visible_steps(actor).filter(item__in=lines).select_related("person").order_by("id"):
        lines[step.item_id].steps.append(step)
    for consent in doors.visible_consents(actor).filter(item__in=lines).select_related("written_by"):
        lines[consent.item_id].consent = consent
    for line in lines.values():
        line.named = line.consent is not None and line.consent.state == OpeningState.GIVEN
    _mark_own(actor, lines)
    return list(lines.values())


def _mark_own(actor: Actor, lines: dict[int, Line]) -> None:
    """Whose case the actor reads by a part of her own."""
    own = ItemCase.objects.filter(item__in=lines, case__readers__overlap=list(actor.principals)).values_list("item_id", flat=True)
    for item_id in own:
        lines[item_id].reads_case = True


def opened_cases(item_ids: Sequence[int]) -> dict[int, Opened]:
    """The cases of listed matters as far as the actor of this transaction may know them, by item. Four statements."""
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.desk_listed_cases(%s)", [list(item_ids)])
        rows = cursor.fetchall()
    if not rows:
        return {}
    parts = {row[0]: json.loads(row[10]) if isinstance(row[10], str) else row[10] for row in rows}
    names = _names(parts)
    towns = {each.pk: str(each.name) for each in Municipality.objects.filter(pk__in={row[9] for row in rows if row[9]})}
    found = {}
    for item_id, number, subject, words, language, company, customer, state, contacted_at, town, _parts in rows:
        told = [_part(each, names) for each in parts[item_id]]
        found[item_id] = Opened(number, subject, words, language, company, customer, state, contacted_at, towns.get(town, ""), told)
    return found


def _names(parts: dict[int, list[dict[str, Any]]]) -> dict[str, dict[int, str]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for rows in parts.values():
        for each in rows:
            wanted["organisation"].add(each["organisation"])
            if each["service"]:
                wanted["service"].add(each["service"])
    organisations = {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in=wanted["organisation"])}
    return {"organisation": organisations, "service": {each.pk: str(each.name) for each in Service.objects.filter(pk__in=wanted["service"])}}


def _part(row: dict[str, Any], names: dict[str, dict[int, str]]) -> Part:
    at = parse_datetime(row["next_step_at"]) if row["next_step_at"] else None
    due = said(parse_datetime(row["due_at"]) if row["due_at"] else None, row["due_kind"])
    return Part(
        names["organisation"].get(row["organisation"], ""), names["service"].get(row["service"] or 0, ""), row["handler"] or "", row["state"],
        row["next_step"], at, due,
    )  # fmt: skip


def cases_point(points: Sequence[PointLine]) -> int | None:
    """The point under which the listed matters stand: the one made for them, else the last."""
    made = next((each.point.pk for each in points if each.point.kind == PointKind.CASES), None)
    return made if made is not None else (points[-1].point.pk if points else None)
