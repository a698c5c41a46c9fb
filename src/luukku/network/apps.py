from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "luukku.network"

    def ready(self) -> None:
        _register_points()
        from django.urls import reverse

        from luukku.core.reforms import register_reforms
        from luukku.core.registries import Importer, Landing, NavItem, due_things, importers, landings, navigation, search_sources
        from luukku.network import mails
        from luukku.network.access import can_administer
        from luukku.network.actions.load_reference import import_network
        from luukku.network.actions.reforms import own_parts
        from luukku.network.queries import rotas, search

        mails.register_kinds()
        importers.register("network", Importer("Network", import_network))
        search_sources.register("network", search.SOURCE)
        due_things.register("network", rotas.my_due)
        register_reforms(own_parts.PARTS, own_parts.STAYS)
        shows = (
            ("network.people", NavItem(_("People"), "network:people", "public", 30, lambda _: True)),
            ("network.hatch", NavItem(_("Behind the hatch"), "network:hatch", "footer", 10, lambda _: True)),
            ("network.people.staff", NavItem(_("People"), "network:people", "staff", 60, lambda actor: actor.is_staff, group="network")),
            (
                "network.organisations",
                NavItem(_("Organisations"), "network:organisations", "staff", 70, lambda actor: actor.is_staff, group="network"),
            ),
            ("network.regions", NavItem(_("Regions"), "network:regions", "staff", 80, lambda actor: actor.is_staff, group="network")),
            ("network.sign_ins", NavItem(_("Sign-ins"), "network:sign-ins", "staff", 90, can_administer, group="upkeep")),
        )
        for key, item in shows:
            navigation.register(key, item)
        landings.register("network", Landing(40, lambda actor: reverse("network:organisations") if actor.is_staff else None))


def _register_points() -> None:
    from luukku.core.watching import network_points
    from luukku.network.queries.points import POINTS

    for key, point in POINTS.items():
        network_points.register(key, point)
