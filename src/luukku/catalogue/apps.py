from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "luukku.catalogue"

    def ready(self) -> None:
        from luukku.catalogue.actions.load_catalogue import import_catalogue
        from luukku.core.registries import Importer, importers

        importers.register("catalogue", Importer("Default catalogue", import_catalogue))
