"""What of selling the region waits for one person: next steps, and plots whose reservation runs out."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.registries import DueThing
from luukku.vitality.access import sells, visible_offers, visible_prospects
from luukku.vitality.enums import OfferState

SOON = timedelta(days=30)
MOST = 100


def my_due(actor: Actor) -> list[DueThing]:
    """The earliest first. Two statements, none for whoever does not sell."""
    if not sells(actor) or actor.person_id is None:
        return []
    last = timezone.localdate() + SOON
    own = visible_prospects(actor).filter(responsible=actor.person_id, ended_at=None, next_on__lte=last).order_by("next_on", "id")[:MOST]
    found = [DueThing(each.next_on, each.next_step, each.name, reverse("vitality:prospect", args=[each.pk])) for each in own]
    held = visible_offers(actor).filter(prospect__responsible=actor.person_id, state=OfferState.RESERVED, last_day__lte=last)
    for offer in held.select_related("site", "prospect").order_by("last_day", "id")[:MOST]:
        if offer.last_day is not None:
            words = _("Hand over the plot, reserve it longer or let it go: %(name)s") % {"name": offer.site.name}
            found.append(DueThing(offer.last_day, words, offer.prospect.name, reverse("vitality:prospect", args=[offer.prospect_id])))
    return sorted(found, key=lambda each: (each.day, each.words))
