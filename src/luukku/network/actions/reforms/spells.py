"""Periods end and begin on a reform's day; who came after whom is a period without an end."""

from datetime import timedelta
from typing import Any

from luukku.network.actions.reforms.moving import Mover
from luukku.network.models import Succession
from luukku.network.models.places import DatedQuerySet


def end(mover: Mover, spells: "DatedQuerySet[Any]", *, what: str = "") -> None:
    """They end the day before the reform's; one that would have begun on it or later is over before it began, and ends where it begins."""
    last = mover.day - timedelta(days=1)
    open_ones = spells.lasting(mover.day)
    late = list(open_ones.filter(valid_from__gt=last).values_list("pk", flat=True))
    mover.change(spells.model._default_manager.filter(pk__in=late), what=what, valid_from=last, valid_until=last)
    mover.change(open_ones.exclude(pk__in=late), what=what, valid_until=last)


def succeed(mover: Mover) -> None:
    """Write down who came after the source; a legal successor of all also comes after those whom the source had succeeded."""
    if not mover.everything:
        return
    before = [mover.source.pk]
    if mover.is_legal:
        before += list(Succession.objects.filter(successor=mover.source, is_legal=True).order_by("pk").values_list("predecessor", flat=True))
    known = set(Succession.objects.filter(successor=mover.target, predecessor__in=before).values_list("predecessor", flat=True))
    mover.make(
        *(
            Succession(predecessor_id=key, successor=mover.target, is_legal=mover.is_legal, since=mover.day)
            for key in before
            if key not in known and key != mover.target.pk
        )
    )
