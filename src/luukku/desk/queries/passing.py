"""How far a case's customer lets her data be passed on, asked along with the case."""

from django.db.models import F, OuterRef, Q, Subquery

from luukku.customers.enums import ConsentKind
from luukku.customers.models import Consent


def passes_to() -> Subquery:
    """The ConsentScope of the consent in force that reaches furthest; None for none. For a queryset of cases."""
    held = Consent.objects.in_force().filter(
        Q(matter=None) | Q(matter=OuterRef("pk")), customer=OuterRef("customer"), region=OuterRef("region"), kind=ConsentKind.PASSING
    )
    return Subquery(held.order_by(F("matter").asc(nulls_first=True)).values("scope")[:1])
