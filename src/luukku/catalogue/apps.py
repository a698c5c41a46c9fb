from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.walls import register_window
from luukku.network.enums import Role


def _anybody(_actor: Actor) -> bool:
    return True


def _cards_of_editor(actor: Actor) -> str | None:
    """Whose work is service cards and nothing else comes to them."""
    return reverse("catalogue:services") + "?mine=1" if any(seat.role == Role.SERVICE_EDITOR for seat in actor.seats) else None


class CatalogueConfig(AppConfig):
    name = "luukku.catalogue"

    def ready(self) -> None:
        register_window("wall.catalogue_note_unmet", "who searches adds to what only the region's coordinator reads; nothing is given back")
        _register_reforms()
        from luukku.catalogue import mails
        from luukku.catalogue.access import can_see_unmet_needs
        from luukku.catalogue.actions.load_catalogue import import_catalogue
        from luukku.catalogue.queries import search
        from luukku.catalogue.queries.people import FINDERS
        from luukku.core.registries import Importer, Landing, NavItem, importers, landings, navigation, people_finders, search_sources

        mails.register_kinds()
        importers.register("catalogue", Importer("Default catalogue", import_catalogue))
        search_sources.register("services", search.SOURCE)
        for key, finder in FINDERS.items():
            people_finders.register(key, finder)
        navigation.register("services", NavItem(_("Services"), "catalogue:services", "public", 10, _anybody))
        navigation.register(
            "staff-services", NavItem(_("Services"), "catalogue:services", "staff", 40, lambda actor: actor.is_staff, group="network")
        )
        navigation.register(
            "unmet", NavItem(_("Needs without an answer"), "catalogue:unmet_needs", "staff", 60, can_see_unmet_needs, group="figures")
        )
        landings.register("catalogue", Landing(30, _cards_of_editor))


def _register_reforms() -> None:
    from luukku.catalogue.actions import reforming
    from luukku.core.reforms import register_reforms

    register_reforms(reforming.PARTS, {})
