from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "luukku.catalogue"

    def ready(self) -> None:
        from luukku.catalogue.actions.load_catalogue import import_catalogue
        from luukku.catalogue.queries.people import FINDERS
        from luukku.core.registries import Importer, importers, people_finders

        importers.register("catalogue", Importer("Default catalogue", import_catalogue))
        for key, finder in FINDERS.items():
            people_finders.register(key, finder)
