"""Customers whom others handle, as far as they let the actor's organisation read of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luukku.core.actor import Actor
from luukku.core.paging import Cursor
from luukku.core.registries import SearchHit, SearchSource
from luukku.core.ui.forms import actor_of, staff_only
from luukku.core.ui.sought import sought
from luukku.customers.actions.looking import looked
from luukku.network.access import is_inside, may, require
from luukku.network.enums import Right
from luukku.privacy.queries.passed import get_passed, passed_contacts, passed_named


def reads_passed(actor: Actor) -> bool:
    """Whether customers may have let their data be passed on to the actor."""
    return actor.is_staff and may(actor, Right.READ_CASES)


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(reads_passed(actor))
    text = " ".join(sought(request, "q").split())[:120]
    page = passed_contacts(actor, text=text, cursor=Cursor.parse(request.GET))
    return render(request, "privacy/staff/passed_list.html", {"page": page, "q": text})


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(is_inside(actor))
    passed = get_passed(actor, pk)
    looked(by=actor, customer_id=pk)
    return render(request, "privacy/staff/passed.html", {"passed": passed, "contact": passed.contact})


def _hits(actor: Actor, text: str, limit: int) -> list[SearchHit]:
    if not reads_passed(actor) or len(text) < 2:
        return []
    return [SearchHit(name, "", reverse("privacy:passed_on", args=[pk]), "customer") for pk, name in passed_named(actor, text, limit)]


SOURCE = SearchSource("passed", 15, _hits)
