from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WINDOWS = {
    "wall.relations_team": "an account plan is read by who sits today in the organisation for which she is on its team: yes or no",
    "wall.relations_of_person": "whoever proved her address sees where she was written down as met: tested inside, no words are told",
    "wall.relations_team_of": "the same for what hangs on a plan: yes or no",
    "wall.relations_plan_figures": "how account plans stand is a figure of the region: numbers only, none of fewer than five plans",
    "wall.relations_work_figures": "what a region's people have logged is a figure of the region: numbers only, nothing of fewer than five",
    "wall.relations_placement_figures": "people who got work by a lead are a figure of the region: numbers only, of five leads at least",
    "wall.relations_lead_figures": "leads by source are a figure of the region: numbers only, nothing of fewer than five",
}

EVENTS = {
    "needs.mapped": _("Needs were mapped"),
    "needs.need_given": _("A need was given on as a lead"),
    "needs.need_became_case": _("A need became a matter of its own"),
}


class RelationsConfig(AppConfig):
    name = "luukku.relations"

    def ready(self) -> None:
        from luukku.core.gathering import PersonRecords, TimelineSource, person_records, timeline_sources
        from luukku.core.registries import Panel, case_forgetters, company_panels, due_things
        from luukku.desk.queries.case_meetings.changes import ChangeSource, change_sources

        _register_reforms()
        _register_needs()
        _register_navigation()
        from luukku.core.walls import register_window
        from luukku.relations import mails
        from luukku.relations.actions.forgetting import forget_met, forget_named, forget_with_cases
        from luukku.relations.queries import facts, persons, timeline
        from luukku.relations.queries.due import my_due
        from luukku.relations.queries.panels import company_panel

        mails.register_kinds()
        for function, reason in WINDOWS.items():
            register_window(function, reason)
        company_panels.register("relations", Panel(7, "relations/_on_company.html", company_panel))
        timeline_sources.register("kaynnit", TimelineSource(_("Visits"), 20, timeline.visit_entries))
        timeline_sources.register("vihjeet", TimelineSource(pgettext_lazy("on companies", "Leads"), 25, timeline.lead_entries))
        timeline_sources.register("suunnitelmat", TimelineSource(_("Account plans"), 30, timeline.plan_entries))
        case_forgetters.register("relations", forget_with_cases)
        due_things.register("relations", my_due)
        change_sources.register("facts", ChangeSource({kind.value: kind.label for kind in facts.CHANGES}, facts.counted_changes))
        met, named = _("Visits to your company on which you were met"), _("Leads in which you are named as whom to ask")
        person_records.register("relations.visitreport", PersonRecords(met, persons.held_visits, forget_met))
        person_records.register("relations.lead", PersonRecords(named, persons.held_leads, forget_named))
        _register_retention()


def _register_navigation() -> None:
    from luukku.core.registries import NavItem, navigation
    from luukku.relations.access import sees_contact_plan, works_with_companies

    navigation.register("relations", NavItem(_("Work with companies"), "relations:visits", "staff", 18, works_with_companies, group="companies"))
    others = NavItem(
        _("Whom to meet"),
        "relations:contact_plan",
        "menu",
        84,
        lambda actor: sees_contact_plan(actor) and not works_with_companies(actor),
        group="companies",
    )
    navigation.register("relations.plan", others)


def _register_retention() -> None:
    from luukku.core.registries import RetentionRule, retention_rules
    from luukku.relations.actions import facts
    from luukku.relations.actions import forgetting as acts

    why, basis = _("Knowing what was agreed with a company, and what came of it"), "GDPR 5(1)(e), 6(1)(e)"
    visits, leads = (
        _("Visits to companies: whom was met, what was heard and agreed"),
        _("Leads that are over: what a company might need, and whom to ask"),
    )
    retention_rules.register("relations.visit", RetentionRule(visits, why, 60, basis, acts.visits_due, acts.forget_visits))
    plans = _("Account plans that are over: aims, needs, actions")
    retention_rules.register("relations.plan", RetentionRule(plans, why, 60, basis, acts.plans_due, acts.forget_plans))
    retention_rules.register("relations.lead", RetentionRule(leads, why, 36, basis, acts.leads_due, acts.forget_leads))
    told = _("Lay-off notices and tenders that were written down of companies")
    retention_rules.register("relations.fact", RetentionRule(told, why, 24, basis, facts.facts_due, facts.forget_facts))


def _register_reforms() -> None:
    from luukku.core.reforms import register_reforms
    from luukku.relations.actions import reforming

    register_reforms(reforming.PARTS, reforming.STAYS)


def _register_needs() -> None:
    from luukku.core.registries import ContactStep, Panel, case_panels, contact_steps, event_words
    from luukku.core.worked import WorkPart, work_parts
    from luukku.relations.queries import work_done
    from luukku.relations.queries.talks import ask_more, case_panel

    case_panels.register("relations.needs", Panel(20, "relations/needs/_on_case.html", case_panel))
    contact_steps.register("relations.needs", ContactStep(_("Save and ask what else they need"), 10, ask_more))
    for action, words in EVENTS.items():
        event_words.register(action, words)
    work_parts.register("relations.visits", WorkPart(_("Companies"), 30, work_done.visit_lines))
    work_parts.register("relations.leads", WorkPart(_("Leads and needs"), 40, work_done.lead_lines))
    work_parts.register("relations.hours", WorkPart(_("Hours"), 70, work_done.hour_lines))
