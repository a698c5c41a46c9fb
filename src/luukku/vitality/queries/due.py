"""What waits for one person: next steps of prospects, plots whose reservation runs out, measures in situations."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.registries import DueThing
from luukku.vitality.access import sells, visible_offers, visible_prospects, visible_situations
from luukku.vitality.enums import OfferState
from luukku.vitality.models import SituationMeasure

SOON = timedelta(days=30)
MOST = 100


def my_due(actor: Actor) -> list[DueThing]:
    """The earliest first. Five statements at most."""
    if not actor.is_staff or actor.person_id is None:
        return []
    last = timezone.localdate() + SOON
    found = [*(_selling(actor, last) if sells(actor) else ()), *_measures(actor)]
    return sorted(found, key=lambda each: (each.day, each.words))


def _measures(actor: Actor) -> list[DueThing]:
    """Hers that are not done. Two statements at most."""
    own = SituationMeasure.objects.filter(
        situation__in=visible_situations(actor), person=actor.person_id or 0, done_at=None, situation__closed_at=None
    )
    return [
        DueThing(each.by_day, each.words, each.situation.name, reverse("vitality:situation", args=[each.situation_id]))
        for each in own.select_related("situation").order_by("by_day", "id")[:MOST]
    ]


def _selling(actor: Actor, last: date) -> list[DueThing]:
    """Two statements."""
    own = visible_prospects(actor).filter(responsible=actor.person_id, ended_at=None, next_on__lte=last).order_by("next_on", "id")[:MOST]
    found = [DueThing(each.next_on, each.next_step, each.name, reverse("vitality:prospect", args=[each.pk])) for each in own]
    held = visible_offers(actor).filter(prospect__responsible=actor.person_id, state=OfferState.RESERVED, last_day__lte=last)
    for offer in held.select_related("site", "prospect").order_by("last_day", "id")[:MOST]:
        if offer.last_day is not None:
            words = _("Hand over the plot, reserve it longer or let it go: %(name)s") % {"name": offer.site.name}
            found.append(DueThing(offer.last_day, words, offer.prospect.name, reverse("vitality:prospect", args=[offer.prospect_id])))
    return found
