from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "luukku.core"
    verbose_name = "Luukku core"
