from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    name = "luukku.relations"

    def ready(self) -> None:
        from luukku.core.registries import NavItem, Panel, case_forgetters, company_panels, navigation
        from luukku.relations import mails
        from luukku.relations.access import works_with_companies
        from luukku.relations.actions.forgetting import forget_with_cases
        from luukku.relations.queries.panels import company_panel

        mails.register_kinds()
        company_panels.register("relations", Panel(7, "relations/_on_company.html", company_panel))
        navigation.register("relations", NavItem(_("Visits and leads"), "relations:visits", "staff", 18, works_with_companies))
        case_forgetters.register("relations", forget_with_cases)
        _register_retention()


def _register_retention() -> None:
    from luukku.core.registries import RetentionRule, retention_rules
    from luukku.relations.actions import forgetting as acts

    why, basis = _("Knowing what was agreed with a company, and what came of it"), "GDPR 5(1)(e), 6(1)(e)"
    visits, leads = (
        _("Visits to companies: whom was met, what was heard and agreed"),
        _("Leads that are over: what a company might need, and whom to ask"),
    )
    retention_rules.register("relations.visit", RetentionRule(visits, why, 60, basis, acts.visits_due, acts.forget_visits))
    retention_rules.register("relations.lead", RetentionRule(leads, why, 36, basis, acts.leads_due, acts.forget_leads))
