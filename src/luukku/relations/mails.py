"""Mails of visits, leads, account plans, facts and unmet companies to our own people: that there is news, and the way to it.

Never which company, what was said or who was met.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import HOUSE
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.desk.queries.turn_letters import TEMPLATE, letter, turn_of
from luukku.relations.access import visible_leads, visible_plans, visible_visits
from luukku.relations.enums import FactKind
from luukku.relations.models import VisitTarget
from luukku.relations.queries.contact_plan import count_unmet
from luukku.relations.queries.facts import waiting_by_kind
from luukku.relations.queries.targets import left_of

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
    "lead": (_("You lead an account plan now"), _("See where it stands, and look at it with the team.")),
    "action": (_("Something in an account plan is for you"), _("See what, and by when.")),
    "due": (_("Something of yours in an account plan is due"), _("Do it, and mark it as done.")),
    "review": (_("An account plan is to be looked at"), _("Look at it with the team, and write down what you say.")),
    "unled": (_("An account plan is to be looked at"), _("Its lead has left. Say who of you leads it next, and look at it with the team.")),
}

_UNMET = _("Companies are left to meet this year")
_UNMET_WORDS = _(
    "Your organisation means to meet %(target)s companies this year; met: %(met)s, planned: %(planned)s. "
    "Companies of the region that nobody of the network has met: %(unmet)s. Choose whom to meet."
)
_FACTS = _("Something has happened to companies: take it up or leave it alone")


def visit(mail: OutgoingMail) -> MailContent | None:
    """To one visitor; nothing when there is no such visit any more."""
    found = visible_visits(HOUSE).filter(pk=mail.subject_id).exists()
    return letter(mail, turn_of(mail, VISIT), reverse("relations:visit", args=[mail.subject_id])) if found else None


def lead(mail: OutgoingMail) -> MailContent | None:
    """To one who gave a lead, or is to answer it."""
    found = visible_leads(HOUSE).filter(pk=mail.subject_id).exists()
    return letter(mail, turn_of(mail, LEAD), reverse("relations:lead", args=[mail.subject_id])) if found else None


def plan(mail: OutgoingMail) -> MailContent | None:
    """To one of a plan's team."""
    found = visible_plans(HOUSE).filter(pk=mail.subject_id).exists()
    return letter(mail, turn_of(mail, PLAN), reverse("relations:plan", args=[mail.subject_id])) if found else None


def facts(mail: OutgoingMail) -> MailContent | None:
    """To one who answers at a desk: how many of which kind wait there as it leaves; nothing when all have been answered meanwhile."""
    waits = waiting_by_kind(HOUSE, mail.subject_id)
    if not waits:
        return None
    return letter(mail, lambda: (_FACTS, ", ".join(f"{FactKind(kind).label} {count}" for kind, count in waits)), reverse("relations:facts"))


def unmet(mail: OutgoingMail) -> MailContent | None:
    """To one who answers at a desk: how many companies her organisation meant to meet, and how many nobody has met; nothing when all are planned."""
    target = VisitTarget.objects.select_related("region", "organisation").filter(pk=mail.subject_id).first()
    stands = left_of(target) if target is not None else None
    if target is None or stands is None or not stands.unplanned:
        return None
    counts = {"target": target.visits, "met": stands.met, "planned": stands.planned, "unmet": count_unmet(target.region)}
    return letter(mail, lambda: (_UNMET, _UNMET_WORDS % counts), reverse("relations:contact_plan"))


def register_kinds() -> None:
    kinds = {
        "visit": (visit, _("A visit to a company")),
        "lead": (lead, _("A lead")),
        "plan": (plan, _("An account plan")),
        "unmet": (unmet, _("Companies to meet")),
        "facts": (facts, _("What has happened to companies")),
    }
    for name, (build, label) in kinds.items():
        mail_kinds.register(f"relations.{name}", MailKind(TEMPLATE, build, label))
