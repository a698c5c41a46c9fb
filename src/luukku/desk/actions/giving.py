"""Many matters given to one person at once, as when somebody is away or has left."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.access import can_lead, visible_legs
from luukku.desk.actions.handling import assign
from luukku.network.access import require
from luukku.network.models import Person

MOST = 50


def give_many(*, by: Actor, leg_ids: Sequence[int], person: Person) -> int:
    """Give each of these open legs to the person, all or none; returns how many. By the lead of their desks.

    Raises RuleBroken for none, too many, or a person who does not handle them; NotAllowed.
    """
    if not leg_ids:
        raise RuleBroken(_("Choose at least one matter."), field="legs")
    if len(leg_ids) > MOST:
        raise RuleBroken(_("Choose at most 50 matters at a time."), field="legs")
    with transaction.atomic():
        legs = list(visible_legs(by).open().filter(pk__in=leg_ids).select_related("desk").order_by("case_id", "position"))
        for leg in legs:
            require(can_lead(by, leg))
        for leg in legs:
            assign(by=by, leg=leg, person=person)
    return len(legs)
