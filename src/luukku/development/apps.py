from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevelopmentConfig(AppConfig):
    name = "luukku.development"

    def ready(self) -> None:
        from luukku.core.registries import NavItem, navigation
        from luukku.network.access import is_inside

        shown = NavItem(_("Development projects"), "development:projects", "footer", 83, lambda actor: actor.is_staff and is_inside(actor))
        navigation.register("development.projects", shown)
