"""Mails of surveys: an invitation with one's own link and the first question to be answered at once, and a reminder. Never an answer."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luukku.core.asking import asking_caps
from luukku.core.mail import MailContent, MailKind, mail_kinds, mail_preparers
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.surveys.access import door_by, token_of
from luukku.surveys.enums import Kind
from luukku.surveys.models import Invitation
from luukku.surveys.models.questions import Question, said

REST = 90  # days between two questions to one customer, whoever of the network asks: once a quarter
MOST_TAPS = 11


def reach(invitation: Invitation) -> tuple[str, str]:
    """Address and language; fetch the person and her user with the invitation."""
    person = invitation.person
    return person.mail_reach if person is not None else (invitation.email, invitation.language)


def _found(mail: OutgoingMail) -> Invitation | None:
    return Invitation.objects.select_related("survey__version", "survey__region", "person__user").filter(pk=mail.subject_id).first()


def rest(mail: OutgoingMail) -> None:
    """Before an invitation of a customer is made: whether she is asked now, once and for all of its tries. As the house, in the sender."""
    invitation = _found(mail)
    if invitation is None or not invitation.survey.for_customers or "asked" in mail.facts:
        return
    region = invitation.survey.region
    gap = max(REST, region.feedback_gap_days if region is not None else 0)
    asked = all(cap(invitation.email, gap, timezone.now()) for cap in asking_caps.all())
    mail.facts = mail.facts | {"asked": int(asked)}
    mail.save(update_fields=["facts"])
    if not asked:
        invitation.is_resting = True
        invitation.save(update_fields=["is_resting"])


def taps(question: Question, url: str) -> list[dict[str, str]]:
    """The answers to the first question as links; none for a kind that is not answered by one tap."""
    if question.kind == Kind.SCALE:
        choices = [(code, code) for code in question.codes]
    else:
        choices = [(each.code, str(each.words)) for each in question.options] if question.kind == Kind.CHOICE else []
    return [{"label": label, "url": f"{url}?v={code}"} for code, label in choices] if len(choices) <= MOST_TAPS else []


def invitation(mail: OutgoingMail) -> MailContent | None:
    """Nothing when the survey has closed, she has answered, or rests from being asked."""
    found = _found(mail)
    if found is None or not found.survey.takes_answers or found.is_resting:
        return None
    door = door_by(bytes(found.digest))
    to, language = reach(found)
    if door is None or door.answered or not to:
        return None
    survey = found.survey
    url = settings.LUUKKU_BASE_URL + reverse("surveys:answer", kwargs={"token": token_of(found)})
    with translation.override(language):
        first = survey.version.questions[0]
        context: dict[str, Any] = {
            "title": str(in_language(survey, "title", language)), "anonymous": survey.is_anonymous, "url": url, "last_day": survey.last_day,
            "question": str(first.words), "first": first, "taps": taps(first, url), "reminds": mail.kind == "surveys.reminder",
            "low": str(said(first.low_label)), "high": str(said(first.high_label)),
            "region": survey.region.name if survey.region is not None else "",
        }  # fmt: skip
    return MailContent(to, language, context, reply_to=survey.region.email if survey.region is not None else "")


def register_kinds() -> None:
    for name, label in (("invitation", _("An invitation to a survey")), ("reminder", _("A reminder of a survey"))):
        mail_kinds.register(f"surveys.{name}", MailKind("surveys/mail/invitation", invitation, label))
    mail_preparers.register("surveys.invitation", rest)
