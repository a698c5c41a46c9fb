"""Every module's addresses under its own name."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from luukku.core.health import health

handler500 = "luukku.core.ui.broken.broken"
urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("kieli/", include("django.conf.urls.i18n")),
    path("account/", include("luukku.accounts.web.urls")),
    path("", include("luukku.network.web.urls")),
    path("", include("luukku.catalogue.web.urls")),
    path("", include("luukku.surveys.web.urls")),
    path("", include("luukku.customers.web.urls")),
    path("", include("luukku.desk.web.urls")),
    path("", include("luukku.desk.api.urls")),
    path("", include("luukku.relations.web.urls")),
    path("", include("luukku.development.web.urls")),
    path("", include("luukku.vitality.web.urls")),
    path("", include("luukku.statements.web.urls")),
    path("", include("luukku.privacy.web.urls")),
    path("", include("luukku.complaints.web.urls")),
    path("", include("luukku.governance.web.urls")),
    path("", include("luukku.plans.web.urls")),
    path("", include("luukku.agreements.web.urls")),
    *([path("demo/", include("luukku.demo.urls"))] if settings.LUUKKU_DEMO else []),
    path("", include("luukku.portal.urls")),  # last: its addresses begin with a region's code
]
