"""Mails of groups: invitations with the calendar's part, minutes to be read, tasks that are due. Never what was said or decided."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import HOUSE
from luukku.core.ical import Party, calendar_of
from luukku.core.mail import CalendarPart, MailContent, MailKind, mail_kinds, mail_preparers
from luukku.core.mail.answers import answer_address
from luukku.core.models import OutgoingMail
from luukku.core.ui.times import day_text
from luukku.desk.queries.reply_address import door_address
from luukku.governance.access import link_token, visible_tasks
from luukku.governance.enums import PRESENT, Answer, MeetingState, MinutesState, Nudge, TookPart
from luukku.governance.models import Attendance, ClockEntry, Meeting, Membership
from luukku.governance.models.minutes import TaskQuerySet
from luukku.governance.queries.calendar import event_of, name_of
from luukku.network.models import Person, Region

ANSWERS = "teht"  # begins the +tags of answers to reminders of tasks
OF_ENTRIES = "vuosi"  # and of days of the year
INVITING = ("invited", "moved", "cancelled", "released")
TURNS = {
    "invited": (_("Invitation: %(name)s"), _("The agenda and the papers are on the meeting's page. Say there whether you come.")),
    "moved": (_("Changed: %(name)s"), _("The time or the place has changed. Say on the meeting's page whether you can still come.")),
    "released": (_("You need not come: %(name)s"), _("Whoever you were to stand in for has changed their answer.")),
    "cancelled": (_("Cancelled: %(name)s"), _("The meeting is not held.")),
    "minutes": (_("Minutes to be read: %(name)s"), _("Read them, approve them, or say what should be changed.")),
    "approved": (_("Minutes approved: %(name)s"), _("You find them, the decisions and the tasks on the meeting's page.")),
}


_ROWS = Attendance.objects.select_related("meeting__group__region", "meeting__group__area", "membership__person__user")


def reach(membership: Membership) -> tuple[str, str]:
    """Address and language; fetch the person and her user with the membership."""
    person = membership.person
    return person.mail_reach if person is not None else (membership.outside_email, membership.language)


def url_of(attendance: Attendance) -> str:
    """Her own way to the meeting: by her sign-in, or by her link."""
    if attendance.link_digest is not None:
        return settings.LUUKKU_BASE_URL + reverse("governance:link", kwargs={"token": link_token(attendance)})
    return settings.LUUKKU_BASE_URL + reverse("governance:meeting", kwargs={"pk": attendance.meeting_id})


def meeting(mail: OutgoingMail) -> MailContent | None:
    """To one who is invited. Nothing when the news is old, or she belongs to the group no more."""
    attendance = _ROWS.filter(pk=mail.subject_id).first()
    what = str(mail.facts.get("what"))
    if attendance is None or not _still_so(attendance, what, mail.facts.get("sequence")):
        return None
    stood_in = what == "minutes" and attendance.took_part == TookPart.DEPUTY
    deputy = _deputy(attendance) if stood_in else None
    return _written(attendance, what, deputy) if deputy is not None else _written(attendance, what)


def deputy(mail: OutgoingMail) -> MailContent | None:
    """To the deputy of one who sends her. Nothing when the news is old."""
    attendance = _ROWS.filter(pk=mail.subject_id).first()
    what = str(mail.facts.get("what"))
    person = _deputy(attendance) if attendance is not None else None
    if attendance is None or person is None or not _still_so(attendance, what, mail.facts.get("sequence")):
        return None
    return _written(attendance, what, person)


def _deputy(attendance: Attendance) -> Person | None:
    return Person.objects.to_mail(attendance.membership.deputy_id)


def _written(attendance: Attendance, what: str, deputy: Person | None = None) -> MailContent:
    found = attendance.meeting
    to, language = reach(attendance.membership) if deputy is None else (deputy.mail_address, deputy.mail_language)
    url = url_of(attendance) if deputy is None else settings.LUUKKU_BASE_URL + reverse("governance:meeting", kwargs={"pk": found.pk})
    with translation.override(language or "fi"):
        headline, words = (str(each) for each in TURNS[what])
    context: dict[str, Any] = {"headline": headline % {"name": name_of(found, language)}, "words": words, "meeting": found, "url": url}
    context |= {
        "region": found.group.whose.name,
        "inviting": what in ("invited", "moved"),
        "approve_by": found.approve_by if what == "minutes" else None,
    }
    if what not in INVITING:
        return MailContent(to, language, context, reply_to=found.group.whose.email)
    who = attendance.membership.who if deputy is None else deputy.name
    agreed = deputy is None and attendance.answer in ("coming", "remote")
    event = event_of(found, language=language, url=url, attendee=Party(to, who), agreed=agreed, off=what == "released")
    return MailContent(to, language, context, found.group.whose.email, calendar=CalendarPart(*calendar_of(event)))


def _still_so(attendance: Attendance, what: str, sequence: Any) -> bool:
    found: Meeting = attendance.meeting
    if not Membership.objects.on(timezone.localdate()).filter(pk=attendance.membership_id).exists() and what != "cancelled":
        return False
    if what == "released":
        return attendance.answer != Answer.DEPUTY
    if what in INVITING:
        return found.sequence == sequence and (found.state == MeetingState.CANCELLED) == (what == "cancelled")
    if what == "minutes":
        return found.minutes_state == MinutesState.OUT and attendance.took_part in PRESENT
    return found.minutes_state == MinutesState.APPROVED


def tasks(mail: OutgoingMail) -> MailContent | None:
    """The open tasks of one member that are due by a day, each with the way to say that it is done; nothing when all are."""
    membership = Membership.objects.select_related("person__user", "group__region", "group__area").filter(pk=mail.subject_id).first()
    if membership is None:
        return None
    found = list(_asked(mail).filter(membership=membership))
    if not found:
        return None
    to, language = reach(membership)
    link = membership.attendances.exclude(link_digest=None).filter(link_expires_at__gt=timezone.now()).order_by("-id").first()
    if membership.person is None and link is None:
        return None
    order = str(mail.facts.get("tasks") or "-".join(str(each.pk) for each in found)).split("-")
    lines = [
        {"task": each, "url": _task_url(each.pk, link), "late": each.due_day < timezone.localdate(), "number": order.index(str(each.pk)) + 1}
        for each in found
    ]
    answer_to = answer_address(door_address(membership.group.region_id), ANSWERS, mail.pk)
    context = {"lines": lines, "count": len(lines), "by_mail": bool(answer_to), "region": membership.group.whose.name}
    return MailContent(to, language, context, reply_to=answer_to or membership.group.whose.email)


def _asked(mail: OutgoingMail) -> TaskQuerySet:
    """Open tasks that a reminder is about: those it was decided to be about, else those due by its day."""
    if (keys := mail.facts.get("tasks")) is not None:
        return visible_tasks(HOUSE).open().filter(pk__in=[int(each) for each in str(keys).split("-") if each]).order_by("due_day", "id")
    until = date.fromisoformat(str(mail.facts["until"]))
    return visible_tasks(HOUSE).open().filter(membership=mail.subject_id, due_day__lte=until).order_by("due_day", "id")


def number_tasks(mail: OutgoingMail) -> None:
    """Which tasks it names, in their order: an answer says them by their numbers."""
    if "tasks" not in mail.facts:
        mail.facts["tasks"] = "-".join(str(pk) for pk in _asked(mail).values_list("pk", flat=True))
        mail.save(update_fields=["facts"])


def _task_url(pk: int, link: Attendance | None) -> str:
    if link is not None:
        return settings.LUUKKU_BASE_URL + reverse("governance:link_task", kwargs={"token": link_token(link), "pk": pk})
    return settings.LUUKKU_BASE_URL + reverse("governance:task", kwargs={"pk": pk})


def nudge(mail: OutgoingMail) -> MailContent | None:
    """To one who runs the group: what of a meeting waits, and the page where one press does it; nothing when it has been seen to."""
    found = Meeting.objects.select_related("group__region", "group__area").filter(pk=mail.subject_id).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    what = str(mail.facts.get("what"))
    if found is None or person is None or found.state == MeetingState.CANCELLED:
        return None
    if (what == Nudge.INVITE and found.state != MeetingState.PLANNED) or found.minutes_state not in (MinutesState.NONE, MinutesState.DRAFT):
        return None
    language = person.mail_language
    with translation.override(language):
        headline = f"{Nudge(what).label}: {name_of(found, language)}"
    url = settings.LUUKKU_BASE_URL + reverse("governance:meeting", kwargs={"pk": found.pk})
    context = {
        "headline": headline,
        "words": "",
        "meeting": found,
        "url": url,
        "region": found.group.whose.name,
        "inviting": False,
        "approve_by": None,
    }
    return MailContent(person.mail_address, language, context)


def entry(mail: OutgoingMail) -> MailContent | None:
    """To whoever sees to a day of the year: the page where one press says that it is done; nothing when it is, or was called off."""
    found = ClockEntry.objects.standing().filter(pk=mail.subject_id, done_at=None).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if found is None or person is None:
        return None
    language, base_url = person.mail_language, settings.LUUKKU_BASE_URL
    answer_to = answer_address(door_address(found.region_id), OF_ENTRIES, mail.pk)
    with translation.override(language):
        reply = [str(_("Or answer this mail: “done” ends it, other words are kept as how it goes."))] if answer_to else []
        days = _("By %(day)s. Say with one click that it is done, or how it goes.") % {"day": day_text(found.last_day)}
        late = [str(_("Its day is behind."))] if found.is_late else []
        context = {
            "subject": f"{found.get_kind_display()}: {found.title}", "code": "", "before": [*late, str(days)], "after": reply,
            "link": str(_("Say how it goes")), "url": base_url + reverse("governance:entry", kwargs={"pk": found.pk}),
            "language": language, "base_url": base_url,
        }  # fmt: skip
    return MailContent(person.mail_address, language, context, reply_to=answer_to)


KINDS = {
    "nudge": (nudge, _("What of a meeting waits")),
    "meeting": (meeting, _("A meeting")),
    "deputy": (deputy, _("A meeting, to a deputy")),
    "tasks": (tasks, _("Tasks of a group")),
}


def network_letter(mail: OutgoingMail) -> MailContent | None:
    """To one who keeps a network: something that it had is lacking now. Nothing when she has left."""
    region = Region.objects.filter(pk=mail.subject_id).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if region is None or person is None:
        return None
    language, base_url = person.mail_language, settings.LUUKKU_BASE_URL
    with translation.override(language):
        context = {
            "subject": _("A look at the network of %(name)s") % {"name": region.name}, "code": "", "after": [], "link": _("See what it is"),
            "before": [_("Something that the network had is lacking now. It happens; the page says what it is, and what to do.")],
            "language": language, "base_url": base_url, "url": base_url + reverse("governance:network", args=[region.code]),
        }  # fmt: skip
        context = {key: [str(each) for each in value] if isinstance(value, list) else str(value) for key, value in context.items()}
    return MailContent(person.mail_address, language, context)


def register_kinds() -> None:
    mail_preparers.register("governance.tasks", number_tasks)
    for name, (build, label) in KINDS.items():
        template = "tasks" if name == "tasks" else "meeting"
        mail_kinds.register(f"governance.{name}", MailKind(f"governance/mail/{template}", build, label))
    mail_kinds.register("governance.entry", MailKind("accounts/mail/letter", entry, _("A day of the year’s plan")))
    mail_kinds.register("governance.network", MailKind("accounts/mail/letter", network_letter, _("A look at a network")))
