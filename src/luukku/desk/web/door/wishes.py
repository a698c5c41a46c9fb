"""How the customer wants to be reached: she says so on her page, and it holds for all her matters."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luukku.core.errors import NotFound
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.actions.wishes import set_wishes
from luukku.desk.web.door.place import Place, Response, on_case
from luukku.desk.web.wish_form import WishForm


@limited("wishes", limit=30, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def wishes(request: HttpRequest, place: Place) -> Response:
    case = place.page.case
    contact = getattr(case.customer, "contact", None)
    if contact is None:
        raise NotFound
    form = WishForm(request.POST if request.method == "POST" else None, contact=contact)
    if attempt(form, lambda: set_wishes(by=actor_of(request), case=case, wishes=form.wishes())):
        messages.success(request, _("Thank you. We reach you as you wish from now on."))
        return redirect(place.url())
    context = {"place": place, "case": case, "form": form, "contact": contact}
    return render(request, "desk/door/wishes.html", context, status=422 if form.errors else 200)
