"""Mails of situations to our own people: that there is news, and the way to it. Never which company, or what has happened."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import HOUSE
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.network.models import Person
from luukku.vitality.access import visible_situations

TURNS = {
    "invited": (_("Your organisation is invited to a situation"), _("See what has happened, and who does what.")),
    "measure": (_("Something in a situation is for you"), _("See what, and by when.")),
}


def situation(mail: OutgoingMail) -> MailContent | None:
    """To one person; nothing when there is no such situation, or she has left."""
    person = Person.objects.to_mail(mail.facts.get("person"))
    if person is None or not visible_situations(HOUSE).filter(pk=mail.subject_id).exists():
        return None
    with translation.override(person.mail_language):
        headline, words = (str(each) for each in TURNS[str(mail.facts.get("turn"))])
    url = settings.LUUKKU_BASE_URL + reverse("vitality:situation", args=[mail.subject_id])
    return MailContent(person.mail_address, person.mail_language, {"headline": headline, "words": words, "url": url})


def register_kinds() -> None:
    mail_kinds.register("vitality.situation", MailKind("vitality/mail/turn", situation))
