"""Mails of statements: one letter for our own people, one for the customer, one for an organisation outside.

Which turn a mail tells of is a code among its facts; the words are made in the receiver's language when it leaves. Number, desk and day; never
the plan, the question or what was stated.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import HOUSE
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.core.ui.clocks import clock_phrase
from luukku.desk.access import visible_cases
from luukku.desk.access.links import token_of
from luukku.desk.models import Case, StatusLink
from luukku.desk.queries.reaching import Reach, language_of, reach_by
from luukku.desk.queries.reply_address import door_address, reply_address
from luukku.network.models import Person
from luukku.statements.access import RELATED, statement_token, visible_statements
from luukku.statements.enums import WarnedOf
from luukku.statements.models import Statement
from luukku.statements.queries.reminded import reminders_of

STAFF = {
    "asked": (_("%(number)s: a statement is asked of you"), _("See the plan and by when it is asked for, and take it or say who could.")),
    "accepted": (_("%(number)s: %(giver)s gives the statement"), _("You see when it has come.")),
    "declined": (_("%(number)s: %(giver)s cannot give the statement"), _("See why, and who could give it instead.")),
    "given": (_("%(number)s: %(giver)s has given its statement"), _("Read it, and go on with the customer.")),
    "corrected": (_("%(number)s: %(giver)s has corrected its statement"), _("Read what has changed, and why.")),
    "withdrawn": (_("%(number)s: a statement is not asked for any more"), _("You need do nothing. The plan is not shown to you any more.")),
    "unreached": (
        _("%(number)s: the mail to %(giver)s did not get through"),
        _("Correct the address and send it again. They know nothing of it yet."),
    ),
    "agreed": (_("%(number)s: the customer lets their plan be shown"), _("The statement has been asked for.")),
    "refused": (
        _("%(number)s: the customer does not let their plan be shown"),
        _("The statement is not awaited any more. Agree with the customer how to go on."),
    ),
}
CUSTOMER = {
    "consent": (
        _("May we show your plan in matter %(number)s?"),
        _("On your page you see to whom, and what they would see. Nothing is shown before you agree."),
    ),
    "asked": (_("Statements have been asked for in your matter %(number)s"), _("On your page you see of whom, and by when they answer.")),
    "given": (_("A statement has come in your matter %(number)s"), _("See your page.")),
    "corrected": (_("A statement in your matter %(number)s has been corrected"), _("See your page.")),
    "withdrawn": (_("A statement in your matter %(number)s is not awaited any more"), _("See your page.")),
    "consent_ended": (_("Your plan in matter %(number)s is not shown any more"), _("You took your word back, and we wrote it down. See your page.")),
}


def _case_of(mail: OutgoingMail) -> Case | None:
    return visible_cases(HOUSE).select_related("region", "customer__contact").filter(pk=mail.subject_id).first()


def _statement_of(mail: OutgoingMail) -> Statement | None:
    return visible_statements(HOUSE).select_related(*RELATED).filter(pk=mail.facts.get("statement")).first()


def to_staff(mail: OutgoingMail) -> MailContent | None:
    """To one person of ours: the number, who acted, what is to be done."""
    statement, person = _statement_of(mail), Person.objects.to_mail(mail.facts.get("person"))
    if statement is None or person is None:
        return None
    to, language = person.mail_address, person.mail_language
    giver = str(in_language(statement.to_desk.organisation, "name", language)) if statement.to_desk is not None else statement.outside_name
    headline, words = _said(STAFF[str(mail.facts.get("turn"))], language, number=statement.number, giver=giver)
    url = settings.LUUKKU_BASE_URL + reverse("statements:statement", kwargs={"pk": statement.pk})
    return MailContent(to, language, {"headline": headline, "words": words, "url": url})


def to_customer(mail: OutgoingMail) -> MailContent | None:
    """To the customer: that there is news, and the way to her page. None when she is not reached by mail or has no link."""
    case = _case_of(mail)
    if case is None or case.customer is None or reach_by(case.customer.contact) != Reach.MAIL:
        return None
    link = StatusLink.objects.filter(case=case, revoked_at=None).order_by("-id").select_related("case").first()
    if link is None:
        return None
    language = language_of(case)
    headline, words = _said(CUSTOMER[str(mail.facts.get("turn"))], language, number=case.number)
    region = str(in_language(case.region, "name", language))
    context = {
        "headline": headline, "words": words, "region": region, "region_phone": case.region.phone,
        "status_url": settings.LUUKKU_BASE_URL + reverse("desk:status", kwargs={"token": token_of(link)}),
    }  # fmt: skip
    answers = reply_address(case)
    return MailContent(case.customer.contact.email, language, context, answers or case.region.email, region, bounces_to=answers)


def to_outside(mail: OutgoingMail) -> MailContent | None:
    """To an organisation outside the network: who asks, by when, and the personal link. Nothing when the link opens nothing any more."""
    statement = _statement_of(mail)
    if statement is None or statement.link_digest is None or not can_give_by_link(statement):
        return None
    language = statement.outside_language
    context = {
        "number": statement.number, "name": statement.from_person.name, "phone": statement.from_person.phone,
        "organisation": in_language(statement.from_desk.organisation, "name", language), "due_at": statement.due_at,
        "url": settings.LUUKKU_BASE_URL + reverse("statements:outside", kwargs={"token": statement_token(statement)}),
    }  # fmt: skip
    answers = statement.from_person.email or statement.region.email
    return MailContent(statement.outside_email, language, context, reply_to=answers, bounces_to=door_address(statement.region_id))


def can_give_by_link(statement: Statement) -> bool:
    """Whether whoever holds the link is still asked."""
    return statement.state in ("sent", "accepted") and statement.consent is not None and statement.consent.withdrawn_at is None


def reminder(mail: OutgoingMail) -> MailContent | None:
    """All statements that one sweep reminded one person of, in one mail; nothing when all of it has been seen to."""
    person = Person.objects.to_mail(mail.subject_id)
    found = reminders_of(mail.subject_id, datetime.fromisoformat(str(mail.facts["at"]))) if person is not None else []
    if person is None or not found:
        return None
    to, language = person.mail_address, person.mail_language
    with translation.override(language):
        lines = [
            {
                "number": each.number, "when": clock_phrase(each.due_at), "late": each.of == WarnedOf.LATE,
                "url": settings.LUUKKU_BASE_URL + reverse("statements:statement", kwargs={"pk": each.statement_id}),
            }
            for each in found
        ]  # fmt: skip
    return MailContent(to, language, {"count": len(lines), "lines": lines, "list_url": settings.LUUKKU_BASE_URL + reverse("statements:index")})


def _said(pair: tuple[Any, Any], language: str, **names: str) -> tuple[str, str]:
    with translation.override(language):
        headline, words = pair
        return str(headline) % names, str(words)


KINDS = {
    "turn": (to_staff, _("A statement")), "news": (to_customer, _("A statement")), "outside": (to_outside, _("A statement")),
    "reminder": (reminder, _("Statements that are due")),
}  # fmt: skip


def register_kinds() -> None:
    for name, (build, label) in KINDS.items():
        mail_kinds.register(f"statements.{name}", MailKind(f"statements/mail/{name}", build, label))
