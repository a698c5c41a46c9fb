"""Mails of case meetings: invitations and the memo's link to those who meet, the question to the customer, her answer to the handler.

No matter, number or name of a customer is in a mail to those who meet, for not all of them may know it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.core.ical import Party, calendar_of
from luukku.core.mail import CalendarPart, MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.desk.mails import to_customer, to_staff
from luukku.desk.models import CaseMeeting, MeetingMember
from luukku.desk.models.meeting_kinds import CaseMeetingState
from luukku.desk.queries.case_meetings.calendar import event_of
from luukku.network.models import Person

INVITING = ("invited", "moved", "cancelled", "withdrawn")
TURNS = {
    "agreed": (_("%(number)s: the customer agrees to the case meeting"), _("The organisations that the customer named see the matter there.")),
    "refused": (_("%(number)s: the customer does not want to be named in the case meeting"), _("The matter can be discussed without names.")),
    "withdrawn": (_("%(number)s: the customer has taken back their consent to the case meeting"),
                  _("Nobody reads the customer's matter by it any more.")),
}  # fmt: skip


def member(mail: OutgoingMail) -> MailContent | None:
    """To one person who meets; with an invitation for her calendar. Nothing for old news, or to somebody who meets no more."""
    meeting = CaseMeeting.objects.select_related("series__region", "lead").filter(pk=mail.subject_id).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    what = str(mail.facts.get("what"))
    if meeting is None or person is None or not _still_so(meeting, person, what):
        return None
    to, language = person.mail_address, person.mail_language
    url = settings.LUUKKU_BASE_URL + reverse("desk:case_meeting", kwargs={"pk": meeting.pk})
    context = {"meeting": meeting, "name": in_language(meeting.series, "name", language), "what": what, "url": url}
    content = MailContent(to, language, context, reply_to=meeting.series.region.email)
    if what not in INVITING:
        return content
    event = event_of(meeting, language=language, url=url, attendee=Party(to, person.name), withdrawn=what == "withdrawn")
    return MailContent(to, language, context, meeting.series.region.email, calendar=CalendarPart(*calendar_of(event)))


def _still_so(meeting: CaseMeeting, person: Person, what: str) -> bool:
    meets = MeetingMember.objects.filter(party__series=meeting.series_id, person=person).exists()
    if what in ("withdrawn", "cancelled"):
        return meets == (what == "cancelled")
    if what in ("lead", "unclosed") and meeting.lead_id != person.pk:
        return False
    return meets and (meeting.state == CaseMeetingState.CLOSED) == (what == "memo") and meeting.state != CaseMeetingState.CANCELLED


def _to_her(headline: Any, words: Any) -> Callable[[OutgoingMail], MailContent | None]:
    """To the customer: that there is something to see on her page, and what kind of thing; not who or what."""

    def build(mail: OutgoingMail) -> MailContent | None:
        content = to_customer(mail)
        if content is None:
            return None
        with translation.override(content.language):
            said = {"headline": str(headline) % {"number": content.context["number"]}, "words": str(words)}
        return replace(content, context=content.context | said)

    return build


def answered(mail: OutgoingMail) -> MailContent | None:
    """To who handles the matter: what the customer answered."""
    content = to_staff(mail)
    if content is None:
        return None
    with translation.override(content.language):
        headline, words = TURNS[str(mail.facts.get("turn"))]
        context: dict[str, Any] = {"headline": str(headline) % {"number": content.context["number"]}, "words": str(words)}
    return MailContent(content.to, content.language, content.context | context)


TO_HER = {
    "meeting_consent": (
        _("May we discuss your matter %(number)s together with other organisations?"),
        _(
            "On your page you see who they are and what they would see, and you decide: yes, no, or only some of them. "
            "You can take your word back at any time."
        ),
    ),
    "meeting_written": (
        _("We wrote down that your matter %(number)s may be discussed together"),
        _("On your page you see which organisations may discuss it. If it is not so, change it there or take your word back."),
    ),
    "meeting_discussed": (
        _("Your matter %(number)s was discussed in a case meeting"),
        _("On your page you see which organisations took part and what happens next."),
    ),
}
KINDS = {"case_meeting": (member, _("A case meeting")), "meeting_answer": (answered, _("The customer’s word for a case meeting"))}


def register_kinds() -> None:
    for name, (build, label) in KINDS.items():
        mail_kinds.register(f"desk.{name}", MailKind(f"desk/mail/{name}", build, label))
    for name, (headline, words) in TO_HER.items():
        mail_kinds.register(f"desk.{name}", MailKind("desk/mail/meeting_news", _to_her(headline, words), _("A case meeting")))
