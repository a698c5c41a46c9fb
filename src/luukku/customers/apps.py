from django.apps import AppConfig

from luukku.core.registries import person_doors
from luukku.core.walls import register_window

WINDOWS = {
    "wall.customers_shepherd_doors": "which relations a person keeps is asked before she has any principal: doors only, no customer",
}


class CustomersConfig(AppConfig):
    name = "luukku.customers"

    def ready(self) -> None:
        from luukku.core.registries import file_importers
        from luukku.customers.management.importing import IMPORTER

        file_importers.register("prh", IMPORTER)
        person_doors.register("customers.shepherds", "wall.customers_shepherd_doors")
        for function, reason in WINDOWS.items():
            register_window(function, reason)
