"""Mails of handovers: one letter for our own people, one for the customer, one for an organisation outside.

Which turn a mail tells of is a code among its facts; headline and words are made in the receiver's language when it leaves. To whom a matter
goes and why she is told in names of organisations and coded words; what was written of it she reads on her page, never in the mail.
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import HOUSE
from luukku.core.ical import Party, calendar_of
from luukku.core.mail import CalendarPart, MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.core.ui.times import moment_text
from luukku.desk.access import visible_handovers
from luukku.desk.access.links import handover_token
from luukku.desk.enums import AppointmentState
from luukku.desk.mails import MEETING_RELATED, case_of, meeting_words, to_customer
from luukku.desk.models import Appointment, Handover
from luukku.desk.queries.meetings import event_of
from luukku.desk.queries.reaching import language_of
from luukku.desk.queries.reply_address import reply_address
from luukku.network.models import Person

STAFF = {
    "came": (_("%(number)s: a customer is being handed over to you"), _("See what it is about, and accept, ask or say who could help instead.")),
    "accepted": (_("%(number)s: %(desk)s has accepted"), _("You answer for the customer until the receiver has contacted them.")),
    "declined": (_("%(number)s: %(desk)s could not take it"), _("The matter is yours again. They told which door to try next.")),
    "asked": (_("%(number)s: %(desk)s asks before answering"), _("Answer, so that the customer need not wait.")),
    "answered": (_("%(number)s: your question has been answered"), _("See the answer, and accept or say who could help instead.")),
    "contacted": (_("%(number)s: %(desk)s has contacted the customer"), _("The handover is complete. Thank you for seeing it through.")),
    "finished": (
        _("%(number)s: %(desk)s has finished its part"),
        _("See what came of it. Their part has ended and the customer has been told. Open the matter again if something is left."),
    ),
    "settled": (_("%(number)s: %(desk)s has settled what you handed over"), _("The customer has been told. You need do nothing.")),
    "not-theirs": (
        _("%(number)s: %(desk)s ended what you handed over without having been able to help"),
        _("The customer has been told where else to turn. If you know a better door, call the customer or the desk."),
    ),
    "withdrawn": (_("%(number)s: the handover has been withdrawn"), _("You need do nothing.")),
    "refused": (_("%(number)s: the customer does not want the handover"), _("Nothing was passed on. Agree with the customer how to go on.")),
    "agreed": (
        _("%(number)s: the customer agrees to the handover"),
        _("It is with the receiver now. You answer for the customer until the receiver has contacted them."),
    ),
    "unreached": (
        _("%(number)s: the mail to %(desk)s did not get through"),
        _("Correct the address and send it again. You answer for the customer meanwhile."),
    ),
    "part-ready": (_("%(number)s: the part you waited for is ready"), _("Your part goes on.")),
}
CUSTOMER = {
    "consent": (
        _("May we pass your matter %(number)s on?"),
        _("We would ask %(to)s. Before anything is passed on, see on your page what goes along. You can leave out what you like."),
    ),
    "consent-part": (
        _("May we ask for help with a part of your matter %(number)s?"),
        _("We would ask %(to)s, and your matter stays with us. See on your page what we would tell. You can leave out what you like."),
    ),
    "sent-part": (
        _("We have asked %(to)s for help with a part of your matter %(number)s"),
        _("Your matter stays with us. On your page you see what we told."),
    ),
    "sent": (
        _("We have asked %(to)s to take up your matter %(number)s"),
        _("On your page you see what we passed on. You need not tell your story again."),
    ),
    "accepted": (_("%(to)s takes up your matter %(number)s"), _("They contact you. On your page you see their name and how to reach them.")),
    "accepted-by": (
        _("%(to)s takes up your matter %(number)s"),
        _("%(name)s contacts you by %(moment)s at the latest. On your page you see how to reach them."),
    ),
    "finished": (
        _("%(to)s has finished its part of your matter %(number)s"),
        _("On your page you see what came of it. The rest of your matter goes on."),
    ),
    "returned": (
        _("We look for another helper for your matter %(number)s"),
        _("%(to)s cannot take it. Your matter stays with us meanwhile."),
    ),
    "withdrawn": (_("Your matter %(number)s stays with us"), _("We are not passing it on to %(to)s after all.")),
}
_WHY = ("consent", "consent-part", "sent", "sent-part")  # the turns at which she is told why


def to_staff(mail: OutgoingMail) -> MailContent | None:
    """To one person of ours: the number, the desk that acted, what is to be done."""
    case, facts = case_of(mail), mail.facts
    person = Person.objects.to_mail(facts.get("person"))
    if case is None or person is None:
        return None
    language = person.mail_language
    handover = _handover(mail) if facts.get("handover") else None
    page = reverse("desk:handover", kwargs={"pk": handover.pk}) if handover else reverse("desk:case", kwargs={"number": case.number})
    headline, words = _said(STAFF[str(facts.get("turn"))], language, number=case.number, desk=_receiver(handover, language))
    context = {"headline": headline, "words": words, "url": settings.LUUKKU_BASE_URL + page}
    return MailContent(person.mail_address, language, context)


def to_her(mail: OutgoingMail) -> MailContent | None:
    """To the customer: to whom her matter goes (organisation and desk), why in coded words, and the way to her page. Nothing of the matter itself."""
    case, turn = case_of(mail), str(mail.facts.get("turn"))
    handover = _handover(mail)
    if case is None or handover is None:
        return None
    language = language_of(case)
    name = _taker(handover) if turn == "accepted" else ""
    with translation.override(language):
        moment = moment_text(handover.due_at) if handover.due_at is not None else ""
        turn = "accepted-by" if name and moment else turn
        headline, words = (
            str(each) % {"number": case.number, "to": _door(handover, language), "name": name, "moment": moment} for each in CUSTOMER[turn]
        )
        why = [str(handover.get_cause_display())] if handover.cause and turn in _WHY else []
    return to_customer(mail, headline=headline, words=words, why=[f"{each}." for each in why])


def _handover(mail: OutgoingMail) -> Handover | None:
    """The one that a mail tells of; of a mail queued before it was named, the case's last."""
    found = visible_handovers(HOUSE).select_related("to_desk__organisation", "received_leg__handler")
    pk = mail.facts.get("handover")
    return found.filter(pk=pk).first() if pk else found.filter(case_id=mail.subject_id).order_by("-id").first()


def _taker(handover: Handover) -> str:
    """Who contacts her next: the handler of ours, the organisation outside; empty when she has been contacted or nobody has it now."""
    if handover.contacted_at is not None or handover.closed_at is not None:
        return ""
    if handover.to_desk is None:
        return handover.outside_name
    person = handover.received_leg.handler if handover.received_leg is not None else None
    return person.name if person is not None else ""


def _door(handover: Handover, language: str) -> str:
    """`Finnvera, yritysneuvonta`: the organisation, and its desk where that has a name of its own."""
    organisation = _receiver(handover, language)
    desk = str(in_language(handover.to_desk, "name", language)) if handover.to_desk is not None else ""
    return f"{organisation}, {desk}" if desk and desk != organisation else organisation


def to_outside(mail: OutgoingMail) -> MailContent | None:
    """To an organisation outside the network: who asks, or that its question is answered, and the personal link.

    Nothing when the link has been closed or made anew.
    """
    handover = (
        visible_handovers(HOUSE)
        .select_related("case", "from_desk__organisation", "from_person", "region")
        .filter(pk=mail.facts.get("handover"))
        .first()
    )
    if handover is None or handover.link_digest is None or not handover.outside_email:
        return None
    language = handover.outside_language
    context = {
        "number": handover.number, "name": handover.from_person.name, "phone": handover.from_person.phone,
        "organisation": in_language(handover.from_desk.organisation, "name", language), "due_at": handover.due_at,
        "answered": mail.facts.get("turn") == "answered",
        "url": settings.LUUKKU_BASE_URL + reverse("desk:outside", kwargs={"token": handover_token(handover)}),
    }  # fmt: skip
    return MailContent(
        handover.outside_email,
        language,
        context,
        reply_to=handover.from_person.email or handover.region.email,
        bounces_to=reply_address(handover.case),
    )


def meeting_outside(mail: OutgoingMail) -> MailContent | None:
    """The meeting of three to an organisation outside, for its calendar: booked, moved or off; old news is not sent. Nothing of the matter."""
    content = to_outside(mail)
    meeting = Appointment.objects.select_related(*MEETING_RELATED).prefetch_related("people").filter(pk=mail.facts.get("appointment")).first()
    off = mail.facts.get("what") == "cancelled"
    if content is None or meeting is None or (meeting.state == AppointmentState.CANCELLED and not off):
        return None
    event = event_of(meeting, language=content.language, url=content.context["url"], attendee=Party(content.to), withdrawn=off)
    told = meeting_words(meeting, str(mail.facts.get("what")), content.language)
    return replace(content, context=content.context | told, calendar=CalendarPart(*calendar_of(event)))


def _said(pair: tuple[Any, Any], language: str, **names: str) -> tuple[str, str]:
    with translation.override(language):
        headline, words = pair
        return str(headline) % names, str(words) % names


def _receiver(handover: Handover | None, language: str) -> str:
    if handover is None:
        return ""
    desk = handover.to_desk
    return str(in_language(desk.organisation, "name", language)) if desk is not None else handover.outside_name


KINDS = {
    "handover_turn": (to_staff, _("A handover")),
    "handover_news": (to_her, _("A handover")),
    "handover_outside": (to_outside, _("A handover")),
    "handover_meeting": (meeting_outside, _("A meeting of three")),
}


def register_kinds() -> None:
    for name, (build, label) in KINDS.items():
        mail_kinds.register(f"desk.{name}", MailKind(f"desk/mail/{name}", build, label))
