"""Short mails to our own people of the modules above: that there is news, and the way to it. Template desk/mail/turn."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import translation

from luukku.core.mail import MailContent
from luukku.core.models import OutgoingMail
from luukku.network.models import Person

TEMPLATE = "desk/mail/turn"


def letter(mail: OutgoingMail, said: Callable[[], tuple[Any, Any]], page: str) -> MailContent | None:
    """To the person whom the mail names: headline and words, said in her language, and the path of the page. None when she has left."""
    person = Person.objects.to_mail(mail.facts.get("person"))
    if person is None:
        return None
    with translation.override(person.mail_language):
        headline, words = (str(each) for each in said())
    return MailContent(person.mail_address, person.mail_language, {"headline": headline, "words": words, "url": settings.LUUKKU_BASE_URL + page})


def turn_of(mail: OutgoingMail, said: dict[str, tuple[Any, Any]]) -> Callable[[], tuple[Any, Any]]:
    """What is said of the turn that the mail names."""
    return lambda: said[str(mail.facts.get("turn"))]
