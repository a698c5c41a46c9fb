"""Mails of the catalogue: which cards wait to be looked over. Names of cards are public; nothing else is said."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.access import coordinated_regions
from luukku.catalogue.models import Service
from luukku.catalogue.queries.reviews import cards_to_review, late_cards, months_for
from luukku.core.actor import Actor
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.network.access import actor_of_person
from luukku.network.models import Person

MOST = 10  # cards that a mail names; the page has them all


def reviews(mail: OutgoingMail) -> MailContent | None:
    """To an editor or a coordinator; None when all has been looked over since, or she has left."""
    person = Person.objects.to_mail(mail.subject_id)
    if person is None:
        return None
    is_editor = mail.facts.get("turn") == "editor"
    actor = actor_of_person(person.pk)
    cards = list(cards_to_review(actor) if is_editor else _late(actor))
    if not cards:
        return None
    language = person.mail_language
    with translation.override(language):
        lines = [{"name": str(card.name), "url": settings.LUUKKU_BASE_URL + reverse("catalogue:service", args=[card.code])} for card in cards[:MOST]]
    context = {
        "count": len(cards), "lines": lines, "more": max(0, len(cards) - MOST), "is_editor": is_editor, "months": months_for(actor),
        "list_url": settings.LUUKKU_BASE_URL + reverse("catalogue:reviews"),
    }  # fmt: skip
    return MailContent(person.mail_address, language, context)


def _late(actor: Actor) -> QuerySet[Service]:
    found = Service.objects.none()
    for region in coordinated_regions(actor):
        found |= late_cards(region).exclude(owner=None)
    return found.distinct()


def register_kinds() -> None:
    mail_kinds.register("catalogue.reviews", MailKind("catalogue/mail/reviews", reviews, _("Cards to look over")))
