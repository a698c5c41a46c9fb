from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor


def _anybody(_actor: Actor) -> bool:
    return True


class DemoConfig(AppConfig):
    name = "luukku.demo"

    def ready(self) -> None:
        if not settings.LUUKKU_DEMO:
            return
        from luukku.core.registries import NavItem, SignInPanel, navigation, sign_in_panels
        from luukku.demo.web import panel_context

        sign_in_panels.register("demo", SignInPanel(10, "demo/sign_in_panel.html", panel_context))
        navigation.register("demo-outbox", NavItem(_("Outbox of the demo"), "demo:outbox", "footer", 90, _anybody))
        navigation.register("demo-parts", NavItem(_("Parts of the look"), "demo:components", "footer", 91, _anybody))
