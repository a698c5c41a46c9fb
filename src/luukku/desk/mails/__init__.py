"""The desk's mails. Number, moments, the handler's name and the link; never the matter itself or what was said.

Each kind is built when it leaves, from the case as it then is. None: nobody to tell (no address, or the news is old).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import HOUSE
from luukku.core.ical import Party, calendar_of
from luukku.core.mail import CalendarPart, MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.core.ui.clocks import clock_phrase
from luukku.core.ui.times import NBSP
from luukku.desk.access import visible_cases
from luukku.desk.access.links import token_of
from luukku.desk.enums import MAILED_ANYWAY, AppointmentState, CaseState, WaitingFor, WarningStep
from luukku.desk.models import Appointment, Case, Leg, OutcomeCheck, StatusLink
from luukku.desk.queries.meetings import event_of, names_of, place_text
from luukku.desk.queries.reaching import TEXTED, Reach, language_of, reach_by
from luukku.desk.queries.reply_address import reply_address
from luukku.desk.queries.waiting_words import WAITING_TOLD
from luukku.desk.queries.warned import Warned, warnings_of
from luukku.network.models import Desk, Person

_OF_ITS_NUMBER = ("desk.receipt", "desk.link", "desk.joined")
MEETING_RELATED = ("case__region", "desk__organisation", "room__premises", "municipality")


def status_url(link: StatusLink) -> str:
    """The whole address of the customer's page."""
    return settings.LUUKKU_BASE_URL + reverse("desk:status", kwargs={"token": token_of(link)})


def case_of(mail: OutgoingMail) -> Case | None:
    """The case that a mail is about; if it has been joined since, the one in which it goes on, but for what is told of its own number."""
    case = _case(mail.subject_id)
    if case is not None and case.joined_into_id is not None and mail.kind not in _OF_ITS_NUMBER:
        return _case(case.joined_into_id)
    return case


def _case(pk: int) -> Case | None:
    return visible_cases(HOUSE).select_related("region", "customer__contact", "sponsor", "joined_into").filter(pk=pk).first()


def to_customer(mail: OutgoingMail, **more: Any) -> MailContent | None:
    """A letter to the customer of a case with the link to her page; None when she has no address or no link."""
    case = case_of(mail)
    if case is None or case.customer is None:
        return None
    contact = case.customer.contact
    reached = reach_by(contact)
    by_text = reached == Reach.TEXT and mail.kind in TEXTED
    if not by_text and (not contact.email or reached == Reach.TEXT):
        return None
    if reached == Reach.CALL and mail.kind not in MAILED_ANYWAY:  # she has said so since it was queued
        return None
    language = language_of(case)
    link = StatusLink.objects.filter(case=case, revoked_at=None).order_by("-id").select_related("case").first()
    if link is None:
        return None
    leg = Leg.objects.select_related("handler", "desk").filter(case=case, **_which(mail)).order_by("position").first()
    context = {
        "number": case.number,
        "region": in_language(case.region, "name", language),
        "region_phone": case.region.phone.replace(" ", NBSP),
        "handler": leg.handler if leg is not None else None,
        "leg": leg,
        "case": case,
        "status_url": status_url(link),
        "kind": mail.kind.removeprefix("desk."),
        **more,
    }
    if by_text:
        return MailContent("", language, context, phone_key=contact.phone_key, text_template="desk/mail/text.txt")
    answers = reply_address(case)
    return MailContent(contact.email, language, context, answers or case.region.email, str(context["region"]), bounces_to=answers)


def _which(mail: OutgoingMail) -> dict[str, int]:
    leg = mail.facts.get("leg")
    return {"pk": leg} if leg else {}


def receipt(mail: OutgoingMail) -> MailContent | None:
    """It has come, and by when somebody takes it up: at once, and whatever has happened since."""
    return to_customer(mail)


def taken_up(mail: OutgoingMail) -> MailContent | None:
    """Who has it; nothing when nobody has it any more."""
    content = to_customer(mail)
    return content if content is not None and content.context["handler"] is not None else None


def message(mail: OutgoingMail) -> MailContent | None:
    return to_customer(mail)


def files_refused(mail: OutgoingMail) -> MailContent | None:
    """Files of her mail were not kept: how many; which and why stands on her page."""
    return to_customer(mail, count=int(mail.facts.get("count") or 1))


def waiting(mail: OutgoingMail) -> MailContent | None:
    """For what it waits and until when; nothing when it goes on already."""
    content = to_customer(mail)
    if content is None or content.context["leg"].state != CaseState.WAITING:
        return None
    leg: Leg = content.context["leg"]
    with translation.override(content.language):
        cause = str(WAITING_TOLD[WaitingFor(leg.waiting_for)])
    return replace(content, context=content.context | {"for_you": leg.waiting_for == WaitingFor.CUSTOMER, "cause": cause})


def still_needed(mail: OutgoingMail) -> MailContent | None:
    """The day has come until which we wait for her; nothing when we wait for her no more, or she has written."""
    content = to_customer(mail)
    leg: Leg | None = content.context["leg"] if content is not None else None
    awaited = leg is not None and leg.state == CaseState.WAITING and leg.waiting_for == WaitingFor.CUSTOMER and not leg.answer_awaited
    return content if awaited else None


def outcome_asked(mail: OutgoingMail) -> MailContent | None:
    """Months later: what has come of it? Nothing when she has answered, or the matter is open again."""
    check = OutcomeCheck.objects.filter(
        pk=mail.facts.get("check"), answered_at=None, case__state=CaseState.SETTLED, ended_at=F("case__settled_at")
    ).first()
    content = to_customer(mail) if check is not None else None
    if check is None or content is None:
        return None
    return replace(content, context=content.context | {"months": check.months, "outcome_url": f"{content.context['status_url']}mita-seurasi/"})


def to_staff(mail: OutgoingMail) -> MailContent | None:
    """To one person of the network: the number, the desk, how late. She opens the case herself if she may."""
    case = case_of(mail)
    person = Person.objects.to_mail(mail.facts.get("person"))
    if case is None or person is None:
        return None
    to = person.mail_address
    desk = Desk.objects.filter(pk=mail.facts.get("desk")).first()
    language = person.mail_language
    context = {
        "number": case.number,
        "desk": in_language(desk, "name", language) if desk else "",
        "hours_late": -(-int(mail.facts.get("late_minutes") or 0) // 60),
        "case_url": settings.LUUKKU_BASE_URL + reverse("desk:case", kwargs={"number": case.number}),
    }
    return MailContent(to, language, context)


def warning(mail: OutgoingMail) -> MailContent | None:
    """All that one sweep warned one person of, in one mail; nothing when all of it has been seen to."""
    person = Person.objects.to_mail(mail.subject_id)
    warned = warnings_of(mail.subject_id, datetime.fromisoformat(str(mail.facts["at"]))) if person is not None else []
    if person is None or not warned:
        return None
    language = person.mail_language
    context = {
        "count": len(warned),
        "parts": [(step, [_warned(each, language) for each in warned if each.step == step]) for step in WarningStep.values],
        "list_url": settings.LUUKKU_BASE_URL
        + reverse("desk:lateness" if all(each.step == WarningStep.COORDINATOR for each in warned) else "desk:queue"),
    }
    return MailContent(person.mail_address, language, context)


def _warned(each: Warned, language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            "number": each.number,
            "what": str(each.what),
            "when": clock_phrase(each.due_at),
            "desk": in_language(each.desk, "name", language),
            "url": settings.LUUKKU_BASE_URL + reverse("desk:case", kwargs={"number": each.number}),
        }


def _meeting(mail: OutgoingMail) -> Appointment | None:
    return Appointment.objects.select_related(*MEETING_RELATED).prefetch_related("people").filter(pk=mail.facts.get("appointment")).first()


def appointment(mail: OutgoingMail) -> MailContent | None:
    """A time booked, moved (`only` its place) or cancelled, or a reminder, with the invitation as it now stands. Nothing when it is old news."""
    meeting, what = _meeting(mail), str(mail.facts.get("only") or mail.kind.rpartition("_")[2])
    if meeting is None or (what == "cancelled") is not (meeting.state == AppointmentState.CANCELLED):
        return None
    content = to_customer(mail)
    if content is None or (what == "reminder" and meeting.starts_at <= timezone.now()):
        return None
    content = replace(content, context=content.context | meeting_words(meeting, what, content.language))
    if what == "reminder" or content.phone_key:  # the invitation came with the booking; a text message carries none
        return content
    event = event_of(meeting, language=content.language, url=content.context["status_url"], attendee=Party(content.to))
    return replace(content, calendar=CalendarPart(*calendar_of(event)))


def appointment_staff(mail: OutgoingMail) -> MailContent | None:
    """The same to an adviser, for her calendar. `withdrawn`: she takes part no more, the meeting goes on."""
    meeting, what, content = _meeting(mail), str(mail.facts.get("what")), to_staff(mail)
    if meeting is None or content is None:
        return None
    event = event_of(
        meeting, language=content.language, url=content.context["case_url"], attendee=Party(content.to), withdrawn=what == "withdrawn"
    )  # fmt: skip
    if what == "reminder":
        if meeting.state != AppointmentState.BOOKED or meeting.starts_at <= timezone.now():
            return None
        return replace(content, context=content.context | meeting_words(meeting, what, content.language))  # the invitation came with the booking
    shown = "cancelled" if meeting.state == AppointmentState.CANCELLED else what
    return replace(content, context=content.context | meeting_words(meeting, shown, content.language), calendar=CalendarPart(*calendar_of(event)))


def meeting_words(meeting: Appointment, what: str, language: str) -> dict[str, Any]:
    """What the letters of a booked time say of it."""
    with translation.override(language):
        return {"meeting": meeting, "what": what, "place": place_text(meeting), "names": names_of(meeting)}


_Build = Callable[[OutgoingMail], MailContent | None]
_TO_CUSTOMER: dict[str, tuple[_Build, Promise]] = {
    "receipt": (receipt, _("The receipt")),
    "taken_up": (taken_up, _("Who takes it up")),
    "message": (message, _("That there is a message")),
    "waiting": (waiting, _("That the matter waits")),
    "still_needed": (still_needed, _("Whether the matter is still needed")),
    "outcome_asked": (outcome_asked, _("What came of the matter")),
    "reopened": (receipt, _("That the matter is open again")),
    "link": (message, _("A link")),
    "files_refused": (files_refused, _("Files that could not be taken")),
    "appointment_booked": (appointment, _("A booked time")),
    "appointment_moved": (appointment, _("A booked time")),
    "appointment_cancelled": (appointment, _("A booked time")),
    "appointment_reminder": (appointment, _("A booked time")),
}
_TO_STAFF: dict[str, tuple[_Build, Promise]] = {
    "nobody_contacted_lead": (to_staff, _("That nobody has contacted the customer")),
    "nobody_contacted_coordinator": (to_staff, _("That nobody has contacted the customer")),
    "warning": (warning, _("A warning of the promise")),
    "appointment_staff": (appointment_staff, _("A booked time")),
    "low_mark": (to_staff, _("A low mark")),
    "claim_doubted": (to_staff, _("An outcome that the customer doubts")),
}


def register_kinds() -> None:
    for name, (build, label) in (_TO_CUSTOMER | _TO_STAFF).items():
        template = "appointment" if build is appointment else name
        mail_kinds.register(f"desk.{name}", MailKind(f"desk/mail/{template}", build, label))
