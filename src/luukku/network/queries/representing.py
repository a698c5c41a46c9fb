"""Who acts for whom on a day."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.network.models import Organisation, Representation


def represented_by(organisation: Organisation, on: date | None = None) -> Organisation | None:
    """The organisation that acts for this one on the day (today); None when it acts for itself. One statement."""
    found = Representation.objects.on(on or timezone.localdate()).filter(represented=organisation).select_related("representative").first()
    return found.representative if found else None


def representing_along(stem: str = "", on: date | None = None) -> "tuple[Prefetch[Any], ...]":
    """What to fetch with organisations (or, by `stem`, with what points at them) so that lists show who acts for whom: `acting_for` and
    `represented_now`, spells with both organisations. Two statements."""
    spells = Representation.objects.on(on or timezone.localdate())
    theirs = spells.select_related("represented").order_by(_by_name(), "pk")
    return (
        Prefetch(f"{stem}represents", theirs, to_attr="acting_for"),
        Prefetch(f"{stem}representations", spells.select_related("representative"), to_attr="represented_now"),
    )


def representations_of(organisation: Organisation) -> "QuerySet[Representation]":
    """All spells of today and to come in which it acts or is represented, by name and day. One statement."""
    today = timezone.localdate()
    open_or_to_come = Representation.objects.filter(Q(valid_until=None) | Q(valid_until__gte=today))
    mine = open_or_to_come.filter(Q(represented=organisation) | Q(representative=organisation))
    return mine.select_related("representative", "represented").order_by(_by_name(), "valid_from", "pk")


def _by_name() -> FinnishKey:
    """In the reader's language."""
    return FinnishKey(best("represented__name"))
