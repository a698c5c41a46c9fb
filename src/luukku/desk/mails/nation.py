"""Whoever has written to the whole nation's address hears at once that it has come, and what follows: a receipt from her own region."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.languages import guess_language
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.mail.letter import read_letter
from luukku.core.models import OutgoingMail
from luukku.core.ui.times import NBSP
from luukku.desk.models import Fate, IncomingMail
from luukku.desk.queries.mailed import NATION_MAIL, address_of, bytes_of
from luukku.desk.queries.unrouted import promised_days, take_up_by
from luukku.network.models import Person
from luukku.network.queries.nation import nation_rules


def awaits(mail: OutgoingMail) -> MailContent | None:
    """None when her region has been found meanwhile: its receipt says more."""
    incoming = IncomingMail.objects.select_related("original", "mailbox").filter(pk=mail.subject_id, fate=Fate.UNROUTED).first()
    letter = read_letter(bytes_of(incoming)) if incoming is not None else None
    if incoming is None or letter is None or not address_of(letter):
        return None
    language = guess_language(f"{letter.subject} {letter.text}")
    with translation.override(language):
        sender = _("Business services of the whole country")
    context = {"region": sender, "phone": nation_rules().phone.replace(" ", NBSP)}
    box = incoming.mailbox.address if incoming.mailbox.is_active else ""
    return MailContent(address_of(letter), language, context, box, sender, bounces_to=box)


def unrouted_due(mail: OutgoingMail) -> MailContent | None:
    """To an operator: the oldest mail must find its region soon. Nothing of what it says; None when it has found it meanwhile."""
    incoming = IncomingMail.objects.filter(pk=mail.subject_id, fate=Fate.UNROUTED).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if incoming is None or person is None:
        return None
    context = {
        "came": incoming.arrived_at,
        "due": take_up_by(incoming, promised_days()),
        "list_url": settings.LUUKKU_BASE_URL + reverse("desk:unrouted"),
    }
    return MailContent(person.mail_address, person.mail_language, context)


def register_kinds() -> None:
    mail_kinds.register(NATION_MAIL, MailKind("desk/mail/awaits", awaits, gettext_lazy("The receipt")))
    mail_kinds.register("desk.unrouted_due", MailKind("desk/mail/unrouted_due", unrouted_due, gettext_lazy("A mail that waits for its region")))
