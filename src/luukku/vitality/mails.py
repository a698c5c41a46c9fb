"""Mails of situations and prospects to our own people: that there is news, and the way to it. Never which company, or what has happened."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import HOUSE
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.desk.queries.turn_letters import TEMPLATE, letter, turn_of
from luukku.vitality.access import visible_prospects, visible_situations

TURNS = {
    "invited": (_("Your organisation is invited to a situation"), _("See what has happened, and who does what.")),
    "measure": (_("Something in a situation is for you"), _("See what, and by when.")),
}

PROSPECT = {
    "shared": (_("A company that might come is shared with you"), _("See what it plans. Write down what you hear of it.")),
    "noted": (_("Somebody has heard of a company that might come"), _("See what, in its history.")),
}


def situation(mail: OutgoingMail) -> MailContent | None:
    """To one person; nothing when there is no such situation, or she has left."""
    found = visible_situations(HOUSE).filter(pk=mail.subject_id).exists()
    return letter(mail, turn_of(mail, TURNS), reverse("vitality:situation", args=[mail.subject_id])) if found else None


def prospect(mail: OutgoingMail) -> MailContent | None:
    """To one of those who read it."""
    found = visible_prospects(HOUSE).filter(pk=mail.subject_id).exists()
    return letter(mail, turn_of(mail, PROSPECT), reverse("vitality:prospect", args=[mail.subject_id])) if found else None


def register_kinds() -> None:
    mail_kinds.register("vitality.situation", MailKind(TEMPLATE, situation, _("A situation")))
    mail_kinds.register("vitality.prospect", MailKind(TEMPLATE, prospect, _("A prospect")))
