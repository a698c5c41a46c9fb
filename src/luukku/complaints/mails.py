"""Mails of complaints: that there is news, and the way to it; never what was said, by whom or about whom."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.complaints.access import complaint_token, visible_complaints
from luukku.complaints.models import ComplaintWarning
from luukku.core.actor import HOUSE
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.core.ui.clocks import clock_phrase
from luukku.desk.queries.reply_address import door_address
from luukku.network.models import Person

HERS = {
    "received": (_("We have got your complaint"), _("Somebody answers for it. On its page you see by when, and you can add to it.")),
    "looked-at": (_("Your complaint is being looked at"), _("You can add to it on its page.")),
    "answered": (_("Your complaint has been answered"), _("Read the answer on its page. If it is not enough, say so there.")),
}
STAFF = {
    "new": (_("A complaint has come to you"), _("You answer for it. See by when.")),
    "given": (_("A complaint has been given to you"), _("You answer for it from now on. See by when.")),
    "reopened": (_("A complaint has been opened again"), _("The answer was not enough. See why.")),
    "unreached": (_("A mail to whoever complained did not get through"), _("Reach them in another way. See the complaint's page.")),
    "added": (_("Something was added to a complaint"), _("See what.")),
    "replied": (_("The handler has replied to what you shared"), _("See it on the complaint's page.")),
    "shared": (_("Something about your work has been shared with you"), _("Read it, and say your own word on it.")),
}


def hers(mail: OutgoingMail) -> MailContent | None:
    """To whoever complained; None when she left no address."""
    found = visible_complaints(HOUSE).select_related("region").filter(pk=mail.subject_id).first()
    if found is None or not found.email:
        return None
    headline, words = _said(HERS[str(mail.facts.get("turn"))], found.language)
    region = str(in_language(found.region, "name", found.language))
    url = settings.LUUKKU_BASE_URL + reverse("complaints:own", kwargs={"token": complaint_token(found.door_principal)})
    context = {
        "headline": headline,
        "words": words,
        "url": url,
        "region": region,
        "due_at": found.due_at if mail.facts.get("turn") == "received" else None,
    }
    return MailContent(found.email, found.language, context, found.region.email, region, bounces_to=door_address(found.region_id))


def staff(mail: OutgoingMail) -> MailContent | None:
    """To one person of ours: what is to be done, and the way there."""
    person = Person.objects.to_mail(mail.facts.get("person"))
    if person is None:
        return None
    turn, language = str(mail.facts.get("turn")), person.mail_language
    headline, words = _said(STAFF[turn], language)
    page = reverse("complaints:shared") if turn == "shared" else reverse("complaints:complaint", kwargs={"pk": mail.subject_id})
    return MailContent(person.mail_address, language, {"headline": headline, "words": words, "url": settings.LUUKKU_BASE_URL + page})


def warning(mail: OutgoingMail) -> MailContent | None:
    """All that one sweep warned one person of, in one mail; nothing when all of it has been answered."""
    person = Person.objects.to_mail(mail.subject_id)
    if person is None:
        return None
    rows = ComplaintWarning.objects.filter(
        person=person, at=datetime.fromisoformat(str(mail.facts["at"])), complaint__answered_at=None, due_at=F("complaint__due_at")
    )
    found = sorted({(row.due_at, row.complaint_id) for row in rows})
    if not found:
        return None
    language = person.mail_language
    with translation.override(language):
        lines = [
            {"when": clock_phrase(due_at), "url": settings.LUUKKU_BASE_URL + reverse("complaints:complaint", kwargs={"pk": pk})}
            for due_at, pk in found
        ]
    list_url = settings.LUUKKU_BASE_URL + reverse("complaints:index")
    return MailContent(person.mail_address, language, {"count": len(lines), "lines": lines, "list_url": list_url})


def _said(pair: tuple[Any, Any], language: str) -> tuple[str, str]:
    with translation.override(language):
        return str(pair[0]), str(pair[1])


KINDS = {"hers": (hers, _("A complaint")), "staff": (staff, _("A complaint")), "warning": (warning, _("Complaints that are due"))}


def register_kinds() -> None:
    for name, (build, label) in KINDS.items():
        mail_kinds.register(f"complaints.{name}", MailKind(f"complaints/mail/{name}", build, label, is_to_customer=name == "hers"))
