"""The code that proves a customer's address; and what organisations ask each other about customers, without a word of who it is."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.customers.access import CODE_LIFE
from luukku.customers.models import AddressProof, InquiryTurn
from luukku.network.models import Person


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


def _inquiry(mail: OutgoingMail) -> MailContent | None:
    """To one who answers: who asks, and the way to the question. None when it has been answered."""
    turn = InquiryTurn.objects.select_related("asker_organisation").filter(pk=mail.subject_id, answer="").first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if turn is None or person is None:
        return None
    language = person.mail_language
    with translation.override(language):
        asker = str(in_language(turn.asker_organisation, "name", language))
        return _letter(person, reverse("customers:inquiry", args=[turn.pk]), {
            "subject": _("%(organisation)s asks about a customer of yours") % {"organisation": asker},
            "before": [_("Ask the customer, and answer yes or no. A no tells them nothing, not even that you know the customer.")], "after": [],
        })  # fmt: skip


def _answered(mail: OutgoingMail) -> MailContent | None:
    """To whoever asked: that somebody has said yes."""
    turn = InquiryTurn.objects.select_related("asker__user", "organisation").filter(pk=mail.subject_id, answer="yes").first()
    if turn is None or turn.asker.deactivated_at is not None:
        return None
    language = turn.asker.mail_language
    with translation.override(language):
        answered = str(in_language(turn.organisation, "name", language))
        return _letter(turn.asker, reverse("customers:inquiries"), {
            "subject": _("%(organisation)s knows the customer whom you asked about") % {"organisation": answered},
            "before": [_("The customer agrees that you read what they let be passed on. See whom to talk with:")], "after": [],
        })  # fmt: skip


def _letter(person: Person, path: str, words: dict[str, object]) -> MailContent:
    language = person.mail_language
    more = {"url": settings.LUUKKU_BASE_URL + path, "base_url": settings.LUUKKU_BASE_URL, "language": language}
    return MailContent(person.mail_address, language, words | more)


def register() -> None:
    """Told to core at start."""
    mail_kinds.register("customers.inquiry", MailKind("accounts/mail/letter", _inquiry, gettext_lazy("A question about a customer")))
    mail_kinds.register("customers.inquiry_answered", MailKind("accounts/mail/letter", _answered, gettext_lazy("Answers about a customer")))
    mail_kinds.register("customers.code", MailKind("accounts/mail/letter", _code, gettext_lazy("A code to a customer"), is_to_customer=True))
