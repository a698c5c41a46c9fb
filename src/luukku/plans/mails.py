"""Mails of plans: a draft to be commented on, an approved plan, and the question how a measure goes. A draft's measure is in none of them."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.mail.answers import answer_address
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.core.ui.times import day_text
from luukku.desk.queries.reply_address import door_address
from luukku.network.enums import LanguageCode
from luukku.network.models import Person
from luukku.plans.access import reminder_token
from luukku.plans.enums import ENDED, PlanState
from luukku.plans.models import Idea, Plan, Reminder, RoundPart
from luukku.plans.queries import figures_due
from luukku.plans.queries.people import holders

ANSWERS = "toim"  # begins the +tags of answers to reminders of measures
TURNS = {
    PlanState.COMMENTS: (
        _("A draft to be commented on: %(name)s"),
        _("Read the draft and say what should be different, of the whole or of a single measure."),
    ),
    PlanState.FOLLOWED: (_("Approved: %(name)s"), _("From now on the plan is followed. On its page you see what your seat answers for.")),
}


def _name(plan: Plan, language: str) -> str:
    return f"{plan.name or in_language(plan.kind, 'name', language)} {plan.years}"


def _news(mail: OutgoingMail, state: PlanState) -> MailContent | None:
    """To one who speaks for a party. Nothing when the plan has gone on since, or she has left."""
    plan = Plan.objects.select_related("kind", "region").filter(pk=mail.subject_id, state=state).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if plan is None or person is None:
        return None
    language = person.mail_language
    with translation.override(language):
        headline, words = (str(each) for each in TURNS[state])
    url = settings.LUUKKU_BASE_URL + reverse("plans:plan", kwargs={"pk": plan.pk})
    until = plan.comments_until if state == PlanState.COMMENTS else None
    context = {"headline": headline % {"name": _name(plan, language)}, "words": words, "until": until, "url": url, "region": plan.region.name}
    return MailContent(person.mail_address, language, context, reply_to=plan.region.email)


def comments(mail: OutgoingMail) -> MailContent | None:
    return _news(mail, PlanState.COMMENTS)


def approved(mail: OutgoingMail) -> MailContent | None:
    return _news(mail, PlanState.FOLLOWED)


def reminder(mail: OutgoingMail) -> MailContent | None:
    """To whoever holds the seat that answers: which measure, and the way to say how it goes. Nothing when it has been said, or is over."""
    found = Reminder.objects.select_related("measure__plan__region", "person__user").filter(pk=mail.subject_id, answered_at=None).first()
    if found is None or found.person.deactivated_at is not None:
        return None
    measure = found.measure
    if measure.state in ENDED or measure.plan.state != PlanState.FOLLOWED or measure.touched_at > found.made_at:
        return None
    language = found.person.mail_language
    with translation.override(language):
        headline = str(_("How does this measure go?"))
    url = settings.LUUKKU_BASE_URL + reverse("plans:answer", kwargs={"token": reminder_token(found)})
    answer_to = answer_address(door_address(measure.plan.region_id), ANSWERS, found.pk)
    context = {
        "headline": headline, "number": measure.number, "measure": measure.words, "due": measure.due_on, "url": url,
        "region": measure.plan.region.name, "by_mail": bool(answer_to),
    }  # fmt: skip
    return MailContent(found.person.mail_address, language, context, reply_to=answer_to or measure.plan.region.email)


def asked(mail: OutgoingMail) -> MailContent | None:
    """To whoever holds a seat that a round asks. Nothing when it has been answered or closed, or she holds the seat no more."""
    part = RoundPart.objects.select_related("round__plan__region", "round__plan__kind").filter(pk=mail.facts.get("part"), answered_at=None).first()
    person = Person.objects.to_mail(mail.subject_id)
    if part is None or person is None or not part.round.is_open:
        return None
    round_, plan, language = part.round, part.round.plan, person.mail_language
    if person not in holders(plan.region, part.key):
        return None
    with translation.override(language):
        late = timezone.localdate() > round_.due_on
        words = _("The report is still missing: %(name)s") if late else _("Report how the measures go: %(name)s")
        headline = str(words) % {"name": _name(plan, language)}
    url = settings.LUUKKU_BASE_URL + reverse("plans:part", kwargs={"pk": part.pk})
    context = {"headline": headline, "round": round_.name, "asks": round_.asks, "due": round_.due_on, "url": url, "region": plan.region.name}
    return MailContent(person.mail_address, language, context, reply_to=plan.region.email)


def unasked(mail: OutgoingMail) -> MailContent | None:
    """To who coordinates: a meeting that looks at the plan is near, and nobody has been asked. Nothing when somebody has, or it has moved."""
    person = Person.objects.to_mail(mail.facts.get("person"))
    waits = [
        each
        for each in figures_due.unasked(None, timezone.localdate())
        if (each.plan.pk, each.meeting.pk) == (mail.subject_id, mail.facts["meeting"])
    ]
    if person is None or not waits:
        return None
    each, language = waits[0], person.mail_language
    with translation.override(language):
        headline = str(_("Ask how the measures go before the meeting of %(day)s")) % {"day": day_text(each.day)}
        words = str(_("So its figures are there when the invitation leaves. Begin a round of reporting on the plan's page: %(name)s."))
    url = settings.LUUKKU_BASE_URL + reverse("plans:plan", kwargs={"pk": each.plan.pk})
    context = {
        "headline": headline,
        "words": words % {"name": _name(each.plan, language)},
        "until": None,
        "url": url,
        "region": each.plan.region.name,
    }
    return MailContent(person.mail_address, language, context, reply_to=each.plan.region.email)


def idea(mail: OutgoingMail) -> MailContent | None:
    """To a customer who left her address: what was answered. Nothing once the address is forgotten."""
    found = Idea.objects.select_related("region").filter(pk=mail.subject_id, answered_at__isnull=False).exclude(email="").first()
    if found is None:
        return None
    language = found.language or LanguageCode.FI
    with translation.override(language):
        headline = str(_("An answer to your idea"))
    url = settings.LUUKKU_BASE_URL + f"/{found.region.code}/"
    context = {"headline": headline, "idea": found.words, "answer": found.answer, "url": url, "region": found.region.name}
    return MailContent(found.email, language, context, reply_to=found.region.email)


KINDS = {
    "idea": ("idea", idea, _("An answer to an idea")),
    "round": ("round", asked, _("A round of reporting")),
    "unasked": ("news", unasked, _("A meeting that looks at a plan is near")),
    "comments": ("news", comments, _("Comments on a plan")),
    "approved": ("news", approved, _("An approved plan")),
    "reminder": ("reminder", reminder, _("A reminder of a plan")),
}


def register_kinds() -> None:
    for name, (template, build, label) in KINDS.items():
        mail_kinds.register(f"plans.{name}", MailKind(f"plans/mail/{template}", build, label))
