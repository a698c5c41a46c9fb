"""The one search box: matters, people, organisations, services — whatever modules have registered."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.actor import Actor
from luukku.core.registries import SearchHit, SearchSource, search_sources
from luukku.core.ui.forms import actor_of, staff_only
from luukku.core.ui.sought import sought
from luukku.desk.access import get_case
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.search import SOURCE as CASES
from luukku.desk.queries.search import is_number
from luukku.network.access import is_inside, require

MOST = 20
NUMBER = re.compile(r"[A-Za-zÅÄÖåäö]{1,4}-\d{2}-\d+\Z")
KINDS = {
    "case": _("Matters"),
    "customer": _("Customers of others who let you read of them"),
    "person": _("People"),
    "organisation": _("Organisations"),
    "service": _("Services"),
    "company": _("Companies"),
    "page": pgettext_lazy("search", "Pages"),
}


@dataclass(frozen=True)
class HitGroup:
    label: str
    hits: list[SearchHit]


@require_safe
@staff_only
def search(request: HttpRequest) -> HttpResponse:
    """Hits in groups; a whole case number that the actor may see leads straight there. `asiakas` is a matter's number: what else its customer has,
    so that no link needs to tell who she is."""
    actor = actor_of(request)
    require(is_inside(actor))
    of = request.GET.get("asiakas", "")
    text = " ".join((_customer_of(actor, of) if of else sought(request, "q")).split())[:120]
    hits: list[SearchHit] = []
    for source in _sources(text):
        if not (source.if_nothing and hits):
            hits += source.find(actor, text, MOST)
    exact = case_url(text.upper()) if NUMBER.match(text) else ""
    if exact and any(hit.url == exact for hit in hits):
        return redirect(exact)
    kinds = list(dict.fromkeys(hit.kind for hit in hits))
    found = [HitGroup(str(KINDS.get(kind, kind)), [hit for hit in hits if hit.kind == kind]) for kind in kinds]
    return render(request, "desk/staff/search.html", {"q": text, "groups": found, "count": len(hits), "most": MOST})


def _customer_of(actor: Actor, number: str) -> str:
    """By what the customer of a matter is found. Raises NotFound."""
    found = get_case(actor, number.upper())
    contact = found.customer.contact if found.customer is not None else None
    return (contact.phone or contact.email or contact.name) if contact is not None else ""


def _sources(text: str) -> list[SearchSource]:
    """Where to look, in order. What begins like a case number is one."""
    if is_number(text):
        return [CASES]
    return sorted(search_sources.all(), key=lambda source: source.order)
