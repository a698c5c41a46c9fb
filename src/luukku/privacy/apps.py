from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "luukku.privacy"

    def ready(self) -> None:
        from luukku.core.registries import NavItem, Panel, case_panels, navigation, search_sources, status_panels
        from luukku.network.access import is_inside
        from luukku.privacy.queries.panels import case_panel, status_panel
        from luukku.privacy.web.door.place import register_links
        from luukku.privacy.web.staff import passed

        register_links()
        search_sources.register("passed", passed.SOURCE)
        navigation.register("privacy.passed", NavItem(_("Passed on to us"), "privacy:passed_to_us", "menu", 89, passed.reads_passed, group="work"))
        navigation.register(
            "privacy.grounds",
            NavItem(_("Who may read what"), "privacy:grounds", "menu", 90, lambda actor: actor.is_staff and is_inside(actor), group="upkeep"),
        )
        navigation.register(
            "privacy.times",
            NavItem(_("How long things are kept"), "privacy:times", "menu", 91, lambda actor: actor.is_staff and is_inside(actor), group="upkeep"),
        )
        status_panels.register("privacy", Panel(30, "privacy/door/_on_status.html", status_panel, aside=True))
        case_panels.register("privacy", Panel(30, "privacy/staff/_on_case.html", case_panel, aside=True))
