from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "luukku.privacy"

    def ready(self) -> None:
        from luukku.core.registries import Panel, case_panels, status_panels
        from luukku.privacy.queries.panels import case_panel, status_panel
        from luukku.privacy.web.door.place import register_links

        register_links()
        status_panels.register("privacy", Panel(30, "privacy/door/_on_status.html", status_panel))
        case_panels.register("privacy", Panel(30, "privacy/staff/_on_case.html", case_panel))
