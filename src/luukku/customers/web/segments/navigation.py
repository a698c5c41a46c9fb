"""Where segments stand in the staff's navigation."""

from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.registries import NavItem, navigation
from luukku.network.access import is_inside, may
from luukku.network.enums import Right


def register() -> None:
    """Called once at start."""
    shown = NavItem(_("Segments"), "customers:segments", "menu", 65, lambda actor: actor.is_staff and is_inside(actor), group="companies")
    navigation.register("customers.segments", shown)
    figures = NavItem(_("Companies by segment"), "customers:segment-analysis", "menu", 66, _sees_figures, group="figures")
    navigation.register("customers.segment_analysis", figures)


def _sees_figures(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.SEE_FIGURES)
