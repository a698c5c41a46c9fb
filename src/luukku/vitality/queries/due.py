"""What waits for one person: next steps of prospects, plots whose reservation runs out, measures in situations."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.registries import DueThing
from luukku.network.models import Seat
from luukku.vitality.access import sells, sells_for, visible_offers, visible_prospects, visible_situations
from luukku.vitality.enums import OfferState
from luukku.vitality.models import Prospect, SituationMeasure

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
    """Her own, and those of her organisation whose seller has left. Two statements."""
    own = (
        visible_prospects(actor)
        .select_related("responsible")
        .filter(ended_at=None)
        .filter(Q(responsible=actor.person_id, next_on__lte=last) | _left_to(actor))
    )
    found = [_step(each, actor) for each in own.order_by("next_on", "id")[:MOST]]
    held = visible_offers(actor).filter(prospect__responsible=actor.person_id, state=OfferState.RESERVED, last_day__lte=last)
    for offer in held.select_related("site", "prospect").order_by("last_day", "id")[:MOST]:
        if offer.last_day is not None:
            words = _("Hand over the plot, reserve it longer or let it go: %(name)s") % {"name": offer.site.name}
            found.append(DueThing(offer.last_day, words, offer.prospect.name, reverse("vitality:prospect", args=[offer.prospect_id])))
    return found


def _left_to(actor: Actor) -> Q:
    """Of prospects: those of an organisation for which she sells, in which whoever was responsible sits no more."""
    sits = Seat.objects.on(timezone.localdate()).filter(person=OuterRef("responsible"), organisation=OuterRef("organisation"))
    return Q(organisation__in=[pk for pk in actor.organisation_ids if sells_for(actor, pk)]) & ~Q(Exists(sits.filter(person__deactivated_at=None)))


def _step(prospect: Prospect, actor: Actor) -> DueThing:
    url = reverse("vitality:prospect", args=[prospect.pk])
    if prospect.responsible_id == actor.person_id:
        return DueThing(prospect.next_on, prospect.next_step, prospect.name, url)
    words = _("%(person)s has left: say who sells the region to it now") % {"person": prospect.responsible.name}
    return DueThing(timezone.localdate(), words, prospect.name, url)
