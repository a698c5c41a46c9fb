from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "luukku.network"

    def ready(self) -> None:
        from luukku.core.registries import Importer, NavItem, importers, navigation, search_sources
        from luukku.network.access import can_administer
        from luukku.network.actions.load_reference import import_network
        from luukku.network.queries import search

        importers.register("network", Importer("Network", import_network))
        search_sources.register("network", search.SOURCE)
        shows = (
            ("network.people", NavItem(_("People"), "network:people", "public", 30, lambda _: True)),
            ("network.hatch", NavItem(_("Behind the hatch"), "network:hatch", "footer", 10, lambda _: True)),
            ("network.people.staff", NavItem(_("People"), "network:people", "staff", 60, lambda actor: actor.is_staff)),
            ("network.organisations", NavItem(_("Organisations"), "network:organisations", "staff", 70, lambda actor: actor.is_staff)),
            ("network.regions", NavItem(_("Regions"), "network:regions", "staff", 80, lambda actor: actor.is_staff)),
            ("network.sign_ins", NavItem(_("Sign-ins"), "network:sign-ins", "staff", 90, can_administer)),
        )
        for key, item in shows:
            navigation.register(key, item)
