"""Mails to customers that are about no matter: the code that proves her address."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.customers.access import CODE_LIFE
from luukku.customers.models import AddressProof


def _code(mail: OutgoingMail) -> MailContent | None:
    proof = AddressProof.objects.filter(pk=mail.subject_id, proven_at=None, asked_at__gt=timezone.now() - CODE_LIFE).first()
    if proof is None:
        return None
    with translation.override(proof.language):
        words = {
            "subject": _("Your code to your matters"),
            "before": [_("Write this code on the page where you asked for it:")],
            "code": f"{proof.code[:4]} {proof.code[4:]}",
            "after": [
                _("The code is valid for ten minutes. We never ask for it by telephone or mail, so tell it to nobody."),
                _("If it was not you who asked, you need do nothing."),
            ],
        }
    return MailContent(proof.email, proof.language, words | {"base_url": settings.LUUKKU_BASE_URL, "language": proof.language})


def register() -> None:
    """Told to core at start."""
    mail_kinds.register("customers.code", MailKind("accounts/mail/letter", _code))
