"""Mails about shepherds. To the customer who keeps her; to him which matters are new; to handlers that a late one is chased; that a contract ends."""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.customers.models import Shepherd, ShepherdContract
from luukku.desk.mails import to_customer, to_staff
from luukku.network.models import Person


def shepherd(mail: OutgoingMail) -> MailContent | None:
    """Who keeps her from now on, or that he does so no more."""
    found = _shepherd(mail)
    content = to_customer(mail)
    if found is None or content is None:
        return None
    organisation = in_language(found.organisation, "name", content.language)
    return replace(content, context=content.context | {"shepherd": found.person, "organisation": organisation, "over": found.is_over})


def shepherd_yours(mail: OutgoingMail) -> MailContent | None:
    """To the shepherd: a customer is his from now on; nothing when it is over already."""
    found = _shepherd(mail)
    return _to_shepherd(mail) if found is not None and not found.is_over else None


def shepherd_ended(mail: OutgoingMail) -> MailContent | None:
    return _to_shepherd(mail)


def chased(mail: OutgoingMail) -> MailContent | None:
    return to_staff(mail)


def contract_ends(mail: OutgoingMail) -> MailContent | None:
    """To the buyer and the shepherds: the last day is near. Nothing when it has been moved or the contract ended."""
    contract = ShepherdContract.objects.select_related("provider", "buyer").filter(pk=mail.subject_id, ended_on=None).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if contract is None or person is None or contract.warned_at is None:
        return None
    language = person.mail_language
    page = "desk:shepherd_contracts" if mail.facts.get("buyer") else "desk:my_customers"
    context = {
        "contract": contract, "provider": in_language(contract.provider, "name", language), "buyer": in_language(contract.buyer, "name", language),
        "list_url": settings.LUUKKU_BASE_URL + reverse(page),
    }  # fmt: skip
    return MailContent(person.mail_address, language, context)


def _shepherd(mail: OutgoingMail) -> Shepherd | None:
    return Shepherd.objects.select_related("person", "organisation").filter(pk=mail.facts.get("shepherd")).first()


def _to_shepherd(mail: OutgoingMail) -> MailContent | None:
    content = to_staff(mail)
    return content and replace(content, context=content.context | {"list_url": settings.LUUKKU_BASE_URL + reverse("desk:my_customers")})


def register_kinds() -> None:
    builds = {
        "shepherd": (shepherd, _("Who the shepherd is")),
        "shepherd_yours": (shepherd_yours, _("A customer to a shepherd")),
        "shepherd_ended": (shepherd_ended, _("A customer to a shepherd")),
        "shepherd_new_case": (shepherd_yours, _("A new matter of a shepherd’s customer")),
        "chased": (chased, _("A question from a shepherd")),
        "contract_ends": (contract_ends, _("A contract that ends")),
    }
    for name, (build, label) in builds.items():
        mail_kinds.register(f"desk.{name}", MailKind(f"desk/mail/{name}", build, label))
