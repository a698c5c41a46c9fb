"""Mails of agreements: a text to be signed, that all have signed, and what those who keep one must see to. Never what the text says."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.agreements.access import link_token
from luukku.agreements.enums import DocumentState, MarkState
from luukku.agreements.models import Agreement, MarkApplication, Party, Signatory
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.network.models import Person

NOTICES = {
    "ends": (
        _("The cooperation agreement ends soon"),
        _("Agree on what comes after it: a new agreement, or an annex by which it goes on."),
        _("Last day"),
    ),
    "open": (_("A party leaves and still has open matters"), _("Hand each over, or name the desk that takes them all."), _("Last day")),
    "stuck": (
        _("A party's part has ended and could not be closed"),
        _("It keeps the front desk, or no desk could take its matters. See to it now."),
        _("Last day"),
    ),
    "mark_ends": (
        _("The right to the common mark ends soon"),
        _("Apply for it anew in good time. What the system sees of each criterion stands beside the application."),
        _("Last day"),
    ),
    "mark_conditions": (
        _("The conditions of the common mark are to be met"),
        _("See that they are met, and tell whoever decides on the mark."),
        _("By"),
    ),
    "promises": (_("The promises of the agreement are to be looked at"), _("Say of each how it was kept in the past year."), ""),
}


def reach(signatory: Signatory) -> tuple[str, str]:
    """Address and language; fetch the person and her user with the signatory."""
    person = signatory.person
    return person.mail_reach if person is not None else (signatory.outside_email, signatory.language)


def url_of(signatory: Signatory) -> str:
    """Her own way to the document: by her sign-in, or by her link."""
    if signatory.link_digest is not None:
        return settings.LUUKKU_BASE_URL + reverse("agreements:link", kwargs={"token": link_token(signatory)})
    return settings.LUUKKU_BASE_URL + reverse("agreements:document", kwargs={"pk": signatory.document_id})


def _signatory(mail: OutgoingMail) -> Signatory | None:
    rows = Signatory.objects.select_related("document__agreement__region", "person__user")
    return rows.filter(pk=mail.subject_id).first()


def _content(signatory: Signatory, headline: Any, words: Any, button: Any) -> MailContent:
    to, language = reach(signatory)
    region = signatory.document.agreement.region
    with translation.override(language or "fi"):
        context = {
            "headline": f"{headline}: {region.name}",
            "words": str(words),
            "button": str(button),
            "url": url_of(signatory),
            "region": region.name,
        }
    return MailContent(to, language, context, region.email)


def sign(mail: OutgoingMail) -> MailContent | None:
    """To who signs, with the way to exactly this text; nothing when it is another one by now, or she has signed."""
    found = _signatory(mail)
    if found is None or found.document.state != DocumentState.OUT or found.document.digest != mail.facts.get("digest"):
        return None
    if found.signed_digest == found.document.digest:
        return None
    words = _("Read the text and sign it on its page. You sign exactly this text; if it changes, you are asked again.")
    return _content(found, _("To be signed: cooperation agreement"), words, _("Read and sign"))


def signed(mail: OutgoingMail) -> MailContent | None:
    """All have signed."""
    found = _signatory(mail)
    if found is None or found.document.state != DocumentState.SIGNED:
        return None
    return _content(
        found, _("All have signed: cooperation agreement"), _("The signed text with its digest is on its page."), _("Open the signed text")
    )


def notice(mail: OutgoingMail) -> MailContent | None:
    """To one who keeps an agreement, or leads a leaving party's desk."""
    agreement = Agreement.objects.select_related("region").filter(pk=mail.subject_id).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if agreement is None or person is None:
        return None
    party = Party.objects.select_related("organisation").filter(pk=mail.facts.get("party") or 0).first()
    headline, words, label = NOTICES[str(mail.facts.get("what"))]
    mark = MarkApplication.objects.filter(pk=mail.facts.get("mark") or 0).first()
    what, day = reverse("agreements:agreement", kwargs={"pk": agreement.pk}), party.last_day if party is not None else agreement.last_day
    if mark is not None:
        day = mark.conditions_by if mark.state == MarkState.CONDITIONAL and mail.facts["what"] == "mark_conditions" else mark.last_day
        what = reverse("agreements:mark", kwargs={"pk": mark.pk})
    url = settings.LUUKKU_BASE_URL + what
    button = _("Open the agreement") if mark is None else _("Open the common mark")
    with translation.override(person.mail_language):
        context = {
            "headline": f"{headline}: {agreement.region.name}", "words": str(words), "button": str(button), "url": url,
            "region": agreement.region.name, "label": str(label), "day": day if str(label) else None,
            "party": party.organisation.name if party else "",
        }  # fmt: skip
    return MailContent(person.mail_address, person.mail_language, context)


KINDS = {
    "sign": (sign, _("An agreement to sign")), "signed": (signed, _("A signed agreement")), "notice": (notice, _("News of an agreement")),
}  # fmt: skip


def register_kinds() -> None:
    for name, (build, label) in KINDS.items():
        mail_kinds.register(f"agreements.{name}", MailKind(f"agreements/mail/{'notice' if name == 'notice' else 'sign'}", build, label))
