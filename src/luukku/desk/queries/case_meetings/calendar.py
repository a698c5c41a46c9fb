"""A case meeting as a calendar event: its name, when, where, and the link to its page. Nothing of the matters."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from luukku.core import ical
from luukku.core.translated import in_language
from luukku.desk.models import CaseMeeting
from luukku.desk.models.meeting_kinds import CaseMeetingState


def event_of(meeting: CaseMeeting, *, language: str, url: str, attendee: ical.Party | None = None, withdrawn: bool = False) -> ical.Event:
    """In one language. `withdrawn` cancels it for somebody who meets no more."""
    region = meeting.series.region
    with translation.override(language):
        lines = [_("Agenda and matters: %(url)s") % {"url": url}]
        if meeting.lead is not None:
            lines.insert(0, _("Leads: %(name)s") % {"name": meeting.lead.name})
        if meeting.video_link and meeting.place:
            lines.append(_("By video: %(link)s") % {"link": meeting.video_link})
    return ical.Event(
        uid=f"{meeting.uid}@{settings.LUUKKU_MAIL_DOMAIN}", sequence=meeting.sequence, starts_at=meeting.starts_at, ends_at=meeting.ends_at,
        changed_at=meeting.changed_at, created_at=meeting.created_at, summary=f"{in_language(meeting.series, 'name', language)}",
        description="\n".join(lines), location=meeting.place or meeting.video_link, url=url,
        cancelled=withdrawn or meeting.state == CaseMeetingState.CANCELLED,
        organizer=ical.Party(region.email or settings.DEFAULT_FROM_EMAIL, str(in_language(region, "name", language))), attendee=attendee,
    )  # fmt: skip
