"""A meeting as a calendar event: its group, when, where, and the link to its page. Nothing of what is spoken of."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from luukku.core import ical
from luukku.core.translated import in_language
from luukku.governance.enums import MeetingState
from luukku.governance.models import Meeting


def name_of(meeting: Meeting, language: str) -> str:
    """The group's local name, and the meeting's own title if it has one."""
    name = str(in_language(meeting.group, "name", language))
    return f"{name}: {meeting.title}" if meeting.title else name


def event_of(meeting: Meeting, *, language: str, url: str, attendee: ical.Party | None = None, agreed: bool = False, off: bool = False) -> ical.Event:
    """In one language. Fetch the group and its region with the meeting. `off`: it leaves this attendee's calendar, though it is held."""
    whose = meeting.group.whose
    with translation.override(language):
        organizer = ical.Party(whose.email or settings.DEFAULT_FROM_EMAIL, whose.name_in(language))
        lines = [_("Agenda and papers: %(url)s") % {"url": url}]
        if meeting.video_link and meeting.place:
            lines.append(_("By video: %(link)s") % {"link": meeting.video_link})
    return ical.Event(
        uid=f"{meeting.uid}@{settings.LUUKKU_MAIL_DOMAIN}", sequence=meeting.sequence, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        changed_at=meeting.changed_at, created_at=meeting.created_at, summary=name_of(meeting, language), description="\n".join(lines),
        location=meeting.place or meeting.video_link, url=url, cancelled=off or meeting.state == MeetingState.CANCELLED, is_agreed=agreed,
        organizer=organizer, attendee=attendee,
    )  # fmt: skip
