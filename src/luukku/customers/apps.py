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
    "wall.customers_circles": "to which circles a person belongs today is asked before she has any principal: numbers only, no customer",
    "wall.customers_inside": "whether the actor is one of the network's own people, asked by policies: yes or no",
    "wall.customers_segment_anew": "nothing else writes which segment a company has when; returns how many moved",
    "wall.customers_segment_trial": "what would move by a draft of the rules: numbers only",
    "wall.customers_segment_cells": "how many companies of a region are of which segment: numbers, whose small ones are hidden",
    "wall.customers_segment_on": "a matter takes its company's segment when somebody from the street makes it; no page shows it to her",
}


class CustomersConfig(AppConfig):
    name = "luukku.customers"

    def ready(self) -> None:
        from luukku.core.registries import (
            Importer,
            Panel,
            RetentionRule,
            company_panels,
            file_importers,
            importers,
            retention_rules,
            search_sources,
            segment_columns,
        )
        from luukku.customers import mails
        from luukku.customers.actions.forgetting import forget_looks, looks_due
        from luukku.customers.actions.grounds import load_grounds
        from luukku.customers.management.importing import IMPORTER
        from luukku.customers.queries.companies import NEARLY, SOURCE
        from luukku.customers.queries.segments.analysis import COLUMNS
        from luukku.customers.web.segments import navigation
        from luukku.customers.web.segments.company import shown

        file_importers.register("prh", IMPORTER)
        search_sources.register("companies", SOURCE)
        search_sources.register("companies nearly", NEARLY)
        mails.register()
        importers.register("grounds", Importer("Who may read what", lambda by: load_grounds(by=by)))
        person_doors.register("customers.shepherds", "wall.customers_shepherd_doors")
        person_doors.register("customers.circles", "wall.customers_circles")

        navigation.register()
        company_panels.register("customers.segment", Panel(5, "customers/segments/_panel.html", shown))
        for code, columns in COLUMNS.items():
            segment_columns.register(code, columns)
        why = _("Telling the customer who has looked")
        retention_rules.register(
            "customers.look", RetentionRule(_("Who has looked at a customer's data"), why, 24, "GDPR 5(1)(f), 15", looks_due, forget_looks)
        )
        for function, reason in WINDOWS.items():
            register_window(function, reason)
