"""The customer and whoever keeps her whole relation: what he may do, and the end."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of
from luukku.customers.enums import Mandate
from luukku.desk.actions.shepherding.giving import end_shepherd, set_mandate
from luukku.desk.queries.status_page import StatusPage
from luukku.desk.web.door.place import Place, Response, on_case

LABELS = {
    Mandate.SEE: gettext_lazy("See my matters as I see them"),
    Mandate.ACT: gettext_lazy("Write in my name"),
    Mandate.CHASE: gettext_lazy("Ask for me when something is late"),
}


@dataclass(frozen=True)
class May:
    """One thing that a trusted person can be let to do; `since` when she has let it."""

    kind: str
    label: str
    since: datetime | None


def what_he_may(page: StatusPage) -> list[May]:
    """All of them, given or not; nothing without a trusted person."""
    if page.shepherd is None:
        return []
    given = {each.kind: each.agreed_at for each in page.shepherd.mandates.all() if each.ended_at is None}
    return [May(kind.value, str(label), given.get(kind.value)) for kind, label in LABELS.items()]


@limited("mandate", limit=30, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def mandate(request: HttpRequest, place: Place) -> Response:
    """One thing more, or one less."""
    page, kind = place.page, request.POST.get("kind", "")
    if request.method == "POST" and page.shepherd is not None and kind in Mandate.values:
        set_mandate(by=actor_of(request), case=page.case, shepherd=page.shepherd, kind=kind, allowed=bool(request.POST.get("allowed")))
        messages.success(request, _("It is as you wish, from now on."))
    return redirect(place.url())


@limited("mandate", limit=30, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def end(request: HttpRequest, place: Place) -> Response:
    """No trusted person any more: asked once before it is done."""
    shepherd = place.page.shepherd
    if shepherd is None:
        return redirect(place.url())
    if request.method != "POST":
        return render(request, "desk/door/end_keeper.html", {"place": place, "case": place.page.case, "shepherd": shepherd})
    end_shepherd(by=actor_of(request), case=place.page.case, shepherd=shepherd)
    messages.success(request, _("You have no trusted person now. Those who handle your matters go on as before."))
    return redirect(place.url())
