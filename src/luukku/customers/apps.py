from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luukku.core.registries import person_doors
from luukku.core.walls import register_window

WINDOWS = {
    "wall.customers_ask_code": "a code is asked for before anybody is known; it adds one row and tells its key",
    "wall.customers_try_code": "whoever holds the browser's secret and the mailed code proves the address; five tries in ten minutes",
    "wall.customers_of_proof": "which customers have a proven address is asked before she has any principal; only for a live proof's secret",
    "wall.customers_shepherd_doors": "which relations a person keeps is asked before she has any principal: doors only, no customer",
    "wall.customers_look": "whoever opens a customer's data is written down for the customer by the database; it tells nothing back",
    "wall.customers_known": "whether others know a customer: one word, to those who may know by law, so many times a day, each written down",
    "wall.customers_inquire": "a question reaches those who know a customer, and tells whoever asks nothing back",
    "wall.customers_circles": "to which circles a person belongs today is asked before she has any principal: numbers only, no customer",
    "wall.customers_inside": "whether the actor is one of the network's own people, asked by policies: yes or no",
    "wall.customers_segment_anew": "nothing else writes which segment a company has when; returns how many moved",
    "wall.customers_segment_trial": "what would move by a draft of the rules: numbers only",
    "wall.customers_segment_cells": "how many companies of a region are of which segment: numbers, whose small ones are hidden",
    "wall.customers_segment_change": "how many companies of a region are in change, by segment: numbers, whose small ones are hidden",
    "wall.customers_segment_on": "a matter takes its company's segment when somebody from the street makes it; no page shows it to her",
}


class CustomersConfig(AppConfig):
    name = "luukku.customers"

    def ready(self) -> None:
        _register_reforms()
        from luukku.core.registries import Importer, file_importers, importers
        from luukku.customers import mails
        from luukku.customers.actions.grounds import load_grounds
        from luukku.customers.management.importing import IMPORTER

        file_importers.register("prh", IMPORTER)
        mails.register()
        importers.register("grounds", Importer("Who may read what", lambda by: load_grounds(by=by)))
        person_doors.register("customers.shepherds", "wall.customers_shepherd_doors")
        person_doors.register("customers.circles", "wall.customers_circles")
        _pages()
        _keeping()
        for function, reason in WINDOWS.items():
            register_window(function, reason)


def _pages() -> None:
    from luukku.core.gathering import TimelineSource, timeline_sources
    from luukku.core.registries import Panel, case_panels, company_panels, navigation, search_sources, segment_columns
    from luukku.customers.queries.companies import NEARLY, SOURCE
    from luukku.customers.queries.panels import case_panel
    from luukku.customers.queries.people import people_panel
    from luukku.customers.queries.segments.analysis import COLUMNS
    from luukku.customers.queries.similar import similar_panel
    from luukku.customers.queries.timeline import consent_entries, register_entries
    from luukku.customers.web import inquiries, register
    from luukku.customers.web.segments import navigation as segments
    from luukku.customers.web.segments.company import shown

    search_sources.register("companies", SOURCE)
    search_sources.register("companies nearly", NEARLY)
    segments.register()
    navigation.register("customers.inquiries", inquiries.NAV)
    navigation.register("customers.register", register.NAV)
    case_panels.register("customers.known", Panel(40, "customers/inquiries/_on_case.html", case_panel, aside=True))
    company_panels.register("customers.segment", Panel(5, "customers/segments/_panel.html", shown))
    timeline_sources.register("rekisteri", TimelineSource(_("Register and facts"), 40, register_entries))
    timeline_sources.register("suostumukset", TimelineSource(_("Consents"), 50, consent_entries))
    company_panels.register("customers.people", Panel(8, "customers/_people.html", people_panel))
    company_panels.register("customers.similar", Panel(60, "customers/_similar.html", similar_panel))
    for code, columns in COLUMNS.items():
        segment_columns.register(code, columns)


def _keeping() -> None:
    from luukku.core.registries import RetentionRule, retention_rules
    from luukku.customers.actions.forgetting import forget_inquiries, forget_looks, inquiries_due, looks_due

    why = _("Telling the customer who has looked")
    looks = RetentionRule(_("Who has looked at a customer's data"), why, 24, "GDPR 5(1)(f), 15", looks_due, forget_looks)
    retention_rules.register("customers.look", looks)
    why = _("Answering whoever asks why it was asked")
    asking = RetentionRule(_("Who asked the network about a customer"), why, 12, "GDPR 5(1)(f)", inquiries_due, forget_inquiries)
    retention_rules.register("customers.inquiry", asking)


def _register_reforms() -> None:
    from luukku.core.reforms import register_reforms
    from luukku.customers.actions import reforming

    register_reforms(reforming.PARTS, reforming.STAYS)
