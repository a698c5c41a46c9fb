"""Rows of mapped needs for the walks over every table."""

from luukku.core.actor import act_as
from luukku.desk.models import Case
from luukku.relations.actions.reporting import Answer
from luukku.relations.actions.talks import map_needs
from luukku.relations.models import NeedMap
from tests.cast import Cast


def ask_what_is_needed(cast: Cast, case: Case) -> None:
    """The adviser asks on a matter of her desk, and hears of premises."""
    with act_as(cast.adviser.actor) as by:
        map_needs(by=by, case=case, need_map=NeedMap.objects.get(code="whole"), answers={"x1": Answer("Tilat", True)})
