"""What every page knows: navigation for this actor, languages, the region whose site it is, demo or not."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import get_language
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


def _shown(actor: Actor) -> dict[str, list[NavItem]]:
    """By place, in order."""
    places: dict[str, list[NavItem]] = {}
    for item in sorted(navigation.all(), key=lambda item: item.order):
        if item.shown(actor):
            places.setdefault(item.place, []).append(item)
    return places


def _menu(items: list[NavItem]) -> list[tuple[str | Promise, list[NavItem]]]:
    """Links under their headings, headings without any left out."""
    grouped = ((name, [item for item in items if item.group == key]) for key, name in GROUPS.items())
    return [(name, inside) for name, inside in grouped if inside]


def _staff_nav(shown: dict[str, list[NavItem]], here: str) -> str:
    """The staff's main menu; `here` is the page's name."""
    staff = shown.get("staff", [])
    names = tuple(tuple(item.url_name for item in items) for items in (staff, shown.get("menu", []), shown.get("staff-act", [])))
    return _nav_of(get_language(), names, here if any(here in each for each in names) else "")


@lru_cache(maxsize=256)
def _nav_of(language: str | None, names: tuple[tuple[str, ...], ...], here: str) -> str:
    """It says the same to all who may go to the same places, so it is written once for them."""
    known = {(item.place, item.url_name): item for item in navigation.all()}
    staff, menu, acts = ([known[place, name] for name in each] for place, each in zip(("staff", "menu", "staff-act"), names, strict=True))
    behind = staff[IN_SIGHT:] + menu
    context = {"items": staff[:IN_SIGHT] + [item for item in behind if item.url_name == here], "acts": acts, "menu": _menu(behind), "here": here}
    return get_template("luukku/_staff_nav.html").render(context)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the page bases. `request.site_region` is set by views of a region's public pages. No query is made here."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    match = request.resolver_match
    here = match.view_name if match else ""
    shown = _shown(actor)
    return {
        "actor": actor,
        "page_base": base_of(actor),
        "site_region": getattr(request, "site_region", None),
        "nav_public": shown.get("public", []),
        "nav_staff": lambda: _staff_nav(shown, here),
        "nav_search": shown.get("staff-search", []),
        "nav_footer": shown.get("footer", []),
        "here": here,
        "ui_languages": LANGUAGES,
        "is_demo": settings.LUUKKU_DEMO,
    }
