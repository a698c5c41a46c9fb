"""The mail that brings a colleague of the customer his link: the number and the way there, nothing of the matter."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.desk.access.links import guest_token
from luukku.desk.mails import case_of
from luukku.desk.models import CaseGuest
from luukku.desk.queries.guests import GUEST_MAIL
from luukku.desk.queries.reaching import language_of
from luukku.desk.queries.reply_address import door_address


def to_guest(mail: OutgoingMail) -> MailContent | None:
    """None when his link has been ended."""
    case, guest = case_of(mail), CaseGuest.objects.filter(pk=mail.facts.get("guest"), ended_at=None).first()
    if case is None or guest is None:
        return None
    language = language_of(case)
    region = str(in_language(case.region, "name", language))
    url = settings.LUUKKU_BASE_URL + reverse("desk:status", kwargs={"token": guest_token(case, guest.invited_at)})
    context = {"number": case.number, "region": region, "status_url": url}
    return MailContent(guest.email, language, context, case.region.email, region, bounces_to=door_address(case.region_id))


def register_kinds() -> None:
    mail_kinds.register(GUEST_MAIL, MailKind("desk/mail/guest", to_guest, _("A link to a colleague")))
