"""The report of a visit, on a phone and without network too: the page is kept at hand by a worker, and what is written waits in the browser."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.errors import NotAllowed, NotFound
from luukku.core.ui.forms import actor_of, attempt, saved, staff_only
from luukku.core.ui.private import private
from luukku.network.access import require
from luukku.relations.access import get_visit
from luukku.relations.actions.reporting import report_visit
from luukku.relations.queries.visits import questions_of, report_of
from luukku.relations.web.visits.forms import ReportForm

BY_SCRIPT = "kept"


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A script that sends what has waited gets 204 when it is saved, 401 when nobody is signed in, 409 when somebody else is."""
    if request.headers.get("X-Requested-With") != BY_SCRIPT:
        return private(_page(request, pk))
    actor = actor_of(request)
    if not actor.is_staff:
        return HttpResponse(status=401)
    if request.POST.get("writer") != str(actor.person_id):
        return HttpResponse(status=409)
    answer = _page(request, pk)
    return HttpResponse(status=204) if answer.status_code == 302 else answer


@staff_only
def _page(request: HttpRequest, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    visit = get_visit(actor, pk)
    require(visit.parties.filter(person=actor.person_id).exists())
    kept = report_of(actor, visit)
    form = ReportForm(request.POST or None, visit=visit, person_id=actor.person_id, questions=questions_of(visit), report=kept)
    if request.method == "POST" and request.POST.get("writer") != str(actor.person_id):
        raise NotAllowed  # another's words on the same phone
    key = request.POST.get("submit_key")
    if attempt(form, lambda: report_visit(by=actor, visit=visit, written=form.written(), submit_key=key)) is not None:
        if request.headers.get("X-Requested-With") == BY_SCRIPT:
            return redirect(reverse("relations:visit", args=[pk]))
        return saved(request, _("The report is saved."), reverse("relations:visit", args=[pk]))
    context = {"form": form, "visit": visit, "kept": kept if form.errors and kept is not None else None, "version": kept.version if kept else 0}
    return render(request, "relations/visits/report.html", context, status=422 if form.errors else 200)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps report pages at hand without network; it must lie under the visits' own address."""
    path = finders.find("luukku/built/visit-worker.js")
    if path is None:
        raise NotFound
    return HttpResponse(Path(path).read_bytes(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "max-age=3600"})
