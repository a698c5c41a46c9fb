"""Where segments stand in the staff's navigation."""

from django.utils.translation import gettext_lazy as _

from luukku.core.registries import NavItem, navigation
from luukku.network.access import is_inside


def register() -> None:
    """Called once at start."""
    shown = NavItem(_("Segments"), "customers:segments", "footer", 65, lambda actor: actor.is_staff and is_inside(actor))
    navigation.register("customers.segments", shown)
