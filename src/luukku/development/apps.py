from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevelopmentConfig(AppConfig):
    name = "luukku.development"

    def ready(self) -> None:
        from luukku.core.reforms import register_reforms
        from luukku.core.registries import NavItem, navigation
        from luukku.development.actions import reforming
        from luukku.network.access import is_inside

        shown = NavItem(
            _("Development projects"), "development:projects", "menu", 83, lambda actor: actor.is_staff and is_inside(actor), group="steering"
        )
        navigation.register("development.projects", shown)
        register_reforms(reforming.PARTS, reforming.STAYS)
