"""Every module's addresses under its own name."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from luukku.core.addresses import Module
from luukku.core.health import health

handler500 = "luukku.core.ui.broken.broken"
urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("kieli/", include("django.conf.urls.i18n")),
    path("account/", include("luukku.accounts.web.urls")),
    Module.at_root("luukku.network.web.urls"),
    Module.at_root("luukku.catalogue.web.urls"),
    Module.at_root("luukku.surveys.web.urls"),
    Module.at_root("luukku.customers.web.urls"),
    Module.at_root("luukku.desk.web.urls"),
    Module.at_root("luukku.desk.api.urls"),
    Module.at_root("luukku.relations.web.urls"),
    Module.at_root("luukku.development.web.urls"),
    Module.at_root("luukku.vitality.web.urls"),
    Module.at_root("luukku.statements.web.urls"),
    Module.at_root("luukku.privacy.web.urls"),
    Module.at_root("luukku.complaints.web.urls"),
    Module.at_root("luukku.governance.web.urls"),
    Module.at_root("luukku.plans.web.urls"),
    Module.at_root("luukku.agreements.web.urls"),
    *([path("demo/", include("luukku.demo.urls"))] if settings.LUUKKU_DEMO else []),
    Module.at_root("luukku.portal.urls"),  # last: its addresses begin with a region's code
]
