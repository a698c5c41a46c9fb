"""What every page knows: navigation for this actor, languages, the region whose site it is, demo or not."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import PUBLIC, Actor
from luukku.core.registries import NavItem, navigation
from luukku.core.ui.forms import base_of

LANGUAGES = (("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))
IN_SIGHT = 7  # links of the staff's row; the rest stand in the menu under these headings
GROUPS: dict[str, str | Promise] = {
    "work": _("Customers' matters"),
    "companies": _("Companies and vitality"),
    "steering": _("Working together"),
    "figures": _("Figures and feedback"),
    "network": _("Services and people"),
    "upkeep": _("Rules and upkeep"),
}


def _items(actor: Actor, place: str) -> list[NavItem]:
    shown = [item for item in navigation.all() if item.place == place and item.shown(actor)]
    return sorted(shown, key=lambda item: item.order)


def _menu(items: list[NavItem]) -> list[tuple[str | Promise, list[NavItem]]]:
    """Links under their headings, headings without any left out."""
    grouped = ((name, [item for item in items if item.group == key]) for key, name in GROUPS.items())
    return [(name, inside) for name, inside in grouped if inside]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the page bases. `request.site_region` is set by views of a region's public pages. No query is made here."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    match = request.resolver_match
    here = match.view_name if match else ""
    staff = _items(actor, "staff")
    behind = staff[IN_SIGHT:] + _items(actor, "menu")
    return {
        "actor": actor,
        "page_base": base_of(actor),
        "site_region": getattr(request, "site_region", None),
        "nav_public": _items(actor, "public"),
        "nav_staff": staff[:IN_SIGHT] + [item for item in behind if item.url_name == here],
        "nav_menu": _menu(behind),
        "nav_search": _items(actor, "staff-search"),
        "nav_acts": _items(actor, "staff-act"),
        "nav_footer": _items(actor, "footer"),
        "here": here,
        "ui_languages": LANGUAGES,
        "is_demo": settings.LUUKKU_DEMO,
    }
