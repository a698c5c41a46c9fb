from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor


class PortalConfig(AppConfig):
    name = "luukku.portal"

    def ready(self) -> None:
        from luukku.core.registries import Landing, NavItem, landings, navigation

        shows = (
            ("portal.mine", NavItem(_("My matters"), "desk:mine", "public", 5, _may_be_customer)),
            ("portal.promise", NavItem(_("Our promise"), "portal:promise", "public", 40, lambda _actor: True)),
            ("portal.accessibility", NavItem(_("Accessibility"), "portal:accessibility", "footer", 20, lambda _actor: True)),
            ("portal.privacy", NavItem(_("Privacy"), "portal:privacy", "footer", 30, lambda _actor: True)),
        )
        for key, item in shows:
            navigation.register(key, item)
        landings.register("portal.mine", Landing(50, lambda actor: reverse("desk:mine") if _is_customer(actor) else None))


def _may_be_customer(actor: Actor) -> bool:
    return actor.kind in ("customer", "public")


def _is_customer(actor: Actor) -> bool:
    return actor.kind == "customer"
