"""Mails of visits, leads and account plans to our own people: that there is news, and the way to it.

Never which company, what was said or who was met.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import HOUSE
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.network.models import Person
from luukku.relations.access import visible_leads, visible_plans, visible_visits

VISIT = {
    "asked": (_("You are asked along on a company visit"), _("See which company, when, and what is to be asked.")),
    "moved": (_("A company visit has another day"), _("See when.")),
    "step": (_("Something was agreed on a company visit, and its day has come"), _("Do it, and mark it as done.")),
    "called-off": (_("A company visit was called off"), _("You need do nothing.")),
}
LEAD = {
    "new": (_("A lead has come to you"), _("See which company might need something. Take it, or say why it is not for you.")),
    "late": (_("A lead waits for your answer"), _("The day has passed. Take it, or say why it is not for you.")),
    "taken": (_("Your lead has been taken"), _("Somebody sees to it. You hear what comes of it.")),
    "declined": (_("Your lead was declined"), _("See why, and give it to another if you know whom it is for.")),
    "case": (_("Your lead became a matter"), _("They have agreed to help the company.")),
    "done": (_("Your lead has been seen to"), _("See what came of it.")),
}
PLAN = {
    "joined": (_("You are on the team of an account plan"), _("See which company, its aims, and who does what.")),
    "action": (_("Something in an account plan is for you"), _("See what, and by when.")),
    "due": (_("Something of yours in an account plan is due"), _("Do it, and mark it as done.")),
    "review": (_("An account plan is to be looked at"), _("Look at it with the team, and write down what you say.")),
}


def visit(mail: OutgoingMail) -> MailContent | None:
    """To one visitor; nothing when there is no such visit any more."""
    found = visible_visits(HOUSE).filter(pk=mail.subject_id).exists()
    return _letter(mail, VISIT, reverse("relations:visit", args=[mail.subject_id])) if found else None


def lead(mail: OutgoingMail) -> MailContent | None:
    """To one who gave a lead, or is to answer it."""
    found = visible_leads(HOUSE).filter(pk=mail.subject_id).exists()
    return _letter(mail, LEAD, reverse("relations:lead", args=[mail.subject_id])) if found else None


def plan(mail: OutgoingMail) -> MailContent | None:
    """To one of a plan's team."""
    found = visible_plans(HOUSE).filter(pk=mail.subject_id).exists()
    return _letter(mail, PLAN, reverse("relations:plan", args=[mail.subject_id])) if found else None


def _letter(mail: OutgoingMail, said: dict[str, tuple[Any, Any]], page: str) -> MailContent | None:
    person = Person.objects.to_mail(mail.facts.get("person"))
    if person is None:
        return None
    with translation.override(person.mail_language):
        headline, words = (str(each) for each in said[str(mail.facts.get("turn"))])
    return MailContent(person.mail_address, person.mail_language, {"headline": headline, "words": words, "url": settings.LUUKKU_BASE_URL + page})


def register_kinds() -> None:
    kinds = {"visit": (visit, _("A visit to a company")), "lead": (lead, _("A lead")), "plan": (plan, _("An account plan"))}
    for name, (build, label) in kinds.items():
        mail_kinds.register(f"relations.{name}", MailKind("relations/mail/turn", build, label))
