"""What every page knows: navigation for this actor, languages, the region whose site it is, demo or not."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from luukku.core.actor import PUBLIC, Actor
from luukku.core.registries import NavItem, navigation

LANGUAGES = (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))


def _items(actor: Actor, place: str) -> list[NavItem]:
    shown = [item for item in navigation.all() if item.place == place and item.shown(actor)]
    return sorted(shown, key=lambda item: item.order)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the page bases. `request.site_region` is set by views of a region's public pages. No query is made here."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    match = request.resolver_match
    return {
        "actor": actor,
        "site_region": getattr(request, "site_region", None),
        "nav_public": _items(actor, "public"),
        "nav_staff": _items(actor, "staff"),
        "nav_search": _items(actor, "staff-search"),
        "nav_acts": _items(actor, "staff-act"),
        "nav_footer": _items(actor, "footer"),
        "here": match.view_name if match else "",
        "ui_languages": LANGUAGES,
        "is_demo": settings.LUUKKU_DEMO,
    }
