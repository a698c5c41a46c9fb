"""Services go along when organisations merge or split: who keeps a card, and who gives a service where."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from luukku.catalogue.models import Service, ServiceProvider
from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover
from luukku.network.models import Seat


def carry_services(mover: Mover) -> None:
    """Cards in use, and what the source gives in regions. Where both give a service, the receiver's own stays, first if either was."""
    cards = Service.objects.filter(mover.within(service="pk"), owner=mover.source, deactivated_at=None)
    mover.change(cards, what="catalogue.cards", owner_id=mover.target.pk)
    wanted = mover.within(region="region", service="service", person="person")
    given = ServiceProvider.objects.filter(wanted, organisation=mover.source)
    there = {(each.service_id, each.region_id): each.pk for each in ServiceProvider.objects.filter(organisation=mover.target)}
    both = [each for each in given.order_by("pk") if (each.service_id, each.region_id) in there]
    for each in both:
        if each.is_primary:
            mover.change(ServiceProvider.objects.filter(pk=each.pk), is_primary=False)
            mover.change(ServiceProvider.objects.filter(pk=there[each.service_id, each.region_id]), is_primary=True)
    mover.tell("catalogue.both_give", len(both))
    rest = list(given.exclude(pk__in=[each.pk for each in both]).values_list("pk", flat=True))
    here = Seat.objects.on(mover.day).filter(organisation=mover.target).values("person")
    mover.change(ServiceProvider.objects.filter(pk__in=rest).exclude(person=None).exclude(person__in=here), person_id=None)
    mover.change(ServiceProvider.objects.filter(pk__in=rest), what="catalogue.given", organisation_id=mover.target.pk)


PARTS: Final = {
    "catalogue.services": ReformPart(
        60,
        ("catalogue.Service.owner", "catalogue.ServiceProvider.organisation"),
        carry_services,
        {"catalogue.cards": _("Service cards"), "catalogue.given": _("Services given in regions")},
        {"catalogue.both_give": _("Both give the same service in the same region: the receiver's own goes on")},
    ),
}
