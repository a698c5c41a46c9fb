from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    name = "luukku.relations"

    def ready(self) -> None:
        from luukku.core.registries import NavItem, Panel, company_panels, navigation
        from luukku.relations import mails
        from luukku.relations.access import works_with_companies
        from luukku.relations.queries.panels import company_panel

        mails.register_kinds()
        company_panels.register("relations", Panel(7, "relations/_on_company.html", company_panel))
        navigation.register("relations", NavItem(_("Visits and leads"), "relations:visits", "staff", 18, works_with_companies))
