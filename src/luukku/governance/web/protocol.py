"""The minutes as a paper."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luukku.core.pdf import Block, Boxed, Facts, Heading, Items, Paper, Small, Text
from luukku.core.ui.times import date_text, day_text, hour_text
from luukku.governance.enums import MemberRole, MinutesState
from luukku.governance.models import Attendance, Meeting
from luukku.governance.queries.pages import MeetingPage, Section


def paper_of(page: MeetingPage) -> Paper:
    """In the reader's language. A text that has not been approved says so at its head; the approved one carries its digest."""
    meeting = page.meeting
    approved = meeting.minutes_state == MinutesState.APPROVED
    return Paper(
        title=f"{meeting.group.name}: {_('Minutes of the meeting')}",
        language=get_language() or "fi",
        blocks=[*_head(page), *(block for number, each in enumerate(page.sections, start=1) for block in _section(number, each)), *_tail(meeting)],
        dated=meeting.approved_at or meeting.starts_at,
        about=_when(meeting),
        draft="" if approved else _("A draft: not approved yet."),
    )


def _when(meeting: Meeting) -> str:
    day = date_text(timezone.localdate(meeting.starts_at), year=True)
    return f"{day} {hour_text(meeting.starts_at)}–{hour_text(meeting.ends_at)}"


def _head(page: MeetingPage) -> Iterator[Block]:
    meeting = page.meeting
    places = [meeting.place, _("and by video") if meeting.place and meeting.video_link else _("By video") if meeting.video_link else ""]
    if place := " ".join(filter(None, places)):
        yield Facts([(pgettext("of a meeting", "Place"), place)])
    yield Heading(_("Who took part"))
    if not page.attendances:
        yield Text(_("Nobody has been invited yet."))
        return
    yield Facts([(each.membership.who, _took_part(each)) for each in page.attendances])


def _took_part(each: Attendance) -> str:
    said = each.get_took_part_display() if each.took_part else each.get_answer_display() if each.answer else _("No answer yet")
    return said if each.membership.role == MemberRole.MEMBER else f"{said}, {each.membership.get_role_display().lower()}"


def _section(number: int, section: Section) -> Iterator[Block]:
    yield Heading(f"{number}. {section.item.title}")
    if section.lines:
        yield Items([line.words for line in section.lines])
    if section.item.body:
        yield Text(section.item.body)
    for decision in section.decisions:
        yield Boxed(f"{_('Decision')} {decision.number}", decision.words)
    if section.tasks:
        yield Items([f"{_('Task')}: {task.words}, {task.membership.who}, {day_text(task.due_day)}" for task in section.tasks])


def _tail(meeting: Meeting) -> Iterator[Block]:
    if meeting.minutes_state == MinutesState.APPROVED:
        on = date_text(timezone.localdate(meeting.approved_at), year=True) if meeting.approved_at else ""
        yield Text(f"{meeting.get_minutes_state_display()} {on}".strip())
        yield Small(f"{_('Digest of the approved text')} (SHA-256): {meeting.digest}")
