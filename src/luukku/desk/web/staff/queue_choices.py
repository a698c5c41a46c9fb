"""Tabs and filters of the queue, with what is chosen."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luukku.core.ui.filled import filled, joined
from luukku.desk.queries.choices import Pairs
from luukku.desk.queries.queue import COUNT_CAP, NOBODY, Queue
from luukku.network.enums import LanguageCode

_OPTION = '<option value="{value}">{label}</option>'
_CHOSEN = '<option value="{value}" selected>{label}</option>'


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    count: str
    is_here: bool


@dataclass(frozen=True)
class Filter:
    """One select: its first option says what it filters by."""

    name: str
    label: str
    options: SafeString
    css: str = ""


def count_text(count: int) -> str:
    """`over 1,000` beyond what is counted."""
    return _("over 1,000") if count > COUNT_CAP else str(count)


def tabs(found: Queue, query: QueryDict) -> list[Tab]:
    shown = []
    for scope, label in (("mine", _("Mine")), ("desk", _("The desk's")), ("all", _("All I may see"))):
        plain = query.copy()
        for name in ("after", "before"):
            plain.pop(name, None)
        plain["scope"] = scope
        shown.append(Tab(label, f"?{plain.urlencode()}", count_text(found.counts[scope]), found.filters.scope == scope))
    return shown


def filter_choices(found: Queue) -> list[Filter]:
    chosen, offers = found.filters, found.choices
    promises = [("late", _("Late")), ("today", _("By the end of today")), ("week", _("By the end of this week")), ("waiting", _("Waiting"))]
    handlers = [(NOBODY, _("Nobody yet")), *((str(pk), name) for pk, name in offers.handlers)]
    languages = [(code.value, str(code.label)) for code in LanguageCode]
    sorts = [("received", _("Arrived first")), ("customer", _("Customer's name"))]
    return [
        _filter("promise", _("Promise: all"), promises, chosen.promise),
        _filter("handler", _("Handler: all"), handlers, NOBODY if chosen.unassigned else _text(chosen.handler)),
        _filter("municipality", _("Municipality: all"), _keyed(offers.municipalities), _text(chosen.municipality)),
        _filter("service", _("Service: all"), _keyed(offers.services), _text(chosen.service)),
        _filter("language", _("Language: all"), languages, chosen.language),
        _filter("sort", _("Order: promise"), sorts, "" if chosen.sort == "due" else chosen.sort, "lu-only-small"),
    ]


def _text(key: int | None) -> str:
    return "" if key is None else str(key)


def _keyed(pairs: Pairs) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in pairs]


def _filter(name: str, label: str, pairs: list[tuple[str, str]], chosen: str, css: str = "") -> Filter:
    options = [filled(_CHOSEN if value == chosen else _OPTION, value=value, label=text) for value, text in [("", label), *pairs]]
    return Filter(name, label, joined(options), css)
