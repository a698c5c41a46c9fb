"""What a card's editor chooses from."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import get_language

from luukku.catalogue.access import edited_organisations
from luukku.catalogue.models import Service, ServiceGroup
from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.remembered import Remembered
from luukku.core.translated import best
from luukku.network.models import Organisation, OrganisationType

_types: Remembered[list[tuple[str, str]]] = Remembered(60)


def type_choices() -> Sequence[tuple[str, str]]:
    """Kinds of organisations by code and name. One statement, then none for a minute."""
    return _types.get(get_language(), lambda: [(kind.code, str(kind.name)) for kind in OrganisationType.objects.all()])


def group_choices() -> QuerySet[ServiceGroup]:
    """Groups in use in the order of the tree."""
    return ServiceGroup.objects.active().select_related("parent").order_by("order", "code")


def related_choices(service: Service) -> QuerySet[Service]:
    """The other cards in use, and those that are tied already, by name."""
    others = Service.objects.active()
    if service.pk is not None:
        others = (others | Service.objects.filter(related=service)).exclude(pk=service.pk).distinct()
    return Service.objects.filter(pk__in=others.values("pk")).order_by(FinnishKey(best("name")), "pk")


def own_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Organisations for which the actor may make cards by her own seats."""
    return Organisation.objects.active().filter(pk__in=edited_organisations(actor)).order_by(FinnishKey(best("name")), "pk")
