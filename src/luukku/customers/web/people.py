"""The page of a customer, a founder among them, for those who handle a matter of hers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luukku.core.registries import customer_panels, shown_panels
from luukku.core.ui.forms import actor_of, staff_only
from luukku.customers import access
from luukku.customers.actions.looking import looked
from luukku.customers.queries.customer import customer_page


@require_safe
@staff_only
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_own_customer(actor, pk)
    looked(by=actor, customer_id=found.pk, is_own=True)
    context = {
        "customer": found, "contact": found.contact, "page": customer_page(actor, found), "panels": shown_panels(customer_panels, actor, found),
    }  # fmt: skip
    return render(request, "customers/customer.html", context)
