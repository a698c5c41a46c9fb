"""Where a customer complains: on a region's page without signing in, on the page of her matter; and the complaint's own page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luukku.complaints.access import complaint_actor, complaint_token, visible_complaints
from luukku.complaints.actions.making import complain
from luukku.complaints.actions.seeing_to import add_words, reopen
from luukku.complaints.enums import OPEN, Came
from luukku.complaints.queries.pages import ComplaintPage, complaint_page
from luukku.complaints.web.forms import MakeForm, WordsForm
from luukku.core.ratelimit import limited
from luukku.core.registries import LinkOpener, links
from luukku.core.ui.forms import actor_of, attempt
from luukku.core.ui.private import private
from luukku.desk.access.links import case_of_customer, link_actor
from luukku.desk.models import Case
from luukku.network.access import get_region
from luukku.network.models import Region

P = ParamSpec("P")


def register_links() -> None:
    """Called once at start: a complaint's own link, and that of the case on whose page one complains."""
    links.register("complaints /valitus/", LinkOpener("/valitus/", "complaints", complaint_actor))
    links.register("complaints /s/", LinkOpener("/s/", "complaints", link_actor))


@limited("complaint", limit=10, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def public(request: HttpRequest, region: str) -> HttpResponseBase:
    """Anybody, without signing in."""
    place = get_region(actor_of(request), region)
    request.site_region = place  # type: ignore[attr-defined]
    return _make(request, place, None, back=f"/{place.code}/", came=Came.FORM)


@limited("complaint", limit=10, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, token: str = "", number: str = "") -> HttpResponseBase:
    """About her own matter, by its link or signed in."""
    actor = actor_of(request)
    if number and actor.kind == "public":
        return redirect_to_login(request.get_full_path(), "desk:my_sign_in")
    case = case_of_customer(actor, "" if token else number)
    request.site_region = case.region  # type: ignore[attr-defined]
    back = reverse("desk:status", kwargs={"token": token}) if token else reverse("desk:my_case", kwargs={"number": case.number})
    return private(_make(request, case.region, case, back=back, came=Came.STATUS))


def _make(request: HttpRequest, region: Region, case: Case | None, *, back: str, came: Came) -> HttpResponse:
    form = MakeForm(request.POST or None, region=region, case=case)
    language = (get_language() or "fi")[:2]
    key = request.POST.get("submit_key")
    door = attempt(form, lambda: complain(by=actor_of(request), form=form.made(language), came=came, submit_key=key))
    if door is not None:
        messages.success(request, _("Thank you. We have got your complaint, and somebody answers for it."))
        return redirect(reverse("complaints:own", kwargs={"token": complaint_token(door)}))
    context = {"form": form, "region": region, "case": case, "back": back}
    return render(request, "complaints/door/make.html", context, status=422 if form.errors else 200)


def on_complaint(
    view: Callable[Concatenate[HttpRequest, ComplaintPage, str, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view of the one complaint of a link, in its language and out of every cache and index."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        token, actor = str(kwargs.pop("token", "")), actor_of(request)
        own = visible_complaints(actor).filter(door_principal__in=actor.principals).first() if actor.kind == "link" else None
        if own is None:
            return private(render(request, "complaints/door/dead.html", status=404))
        page = complaint_page(actor, own.pk)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(page.complaint.language)
            request.LANGUAGE_CODE = page.complaint.language
        request.site_region = page.complaint.region  # type: ignore[attr-defined]
        return private(view(request, page, token, *args, **kwargs))

    return found


@limited("complaint_words", limit=30, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@on_complaint
def own(request: HttpRequest, page: ComplaintPage, token: str) -> HttpResponseBase:
    """How it stands, the answer, and a box for more: added while it is open, or why the answer was not enough."""
    complaint, is_open = page.complaint, page.complaint.state in OPEN
    label = _("Add something") if is_open else _("Was the answer not enough? Say why, and it is looked at again")
    form = WordsForm(request.POST or None, label=label)
    act = add_words if is_open else reopen
    if attempt(form, lambda: act(by=actor_of(request), complaint=complaint, words=form.cleaned_data["words"])) is not None:
        messages.success(request, _("Thank you. Whoever answers for it has been told."))
        return redirect(reverse("complaints:own", kwargs={"token": token}))
    context = {"page": page, "complaint": complaint, "form": form, "is_open": is_open}
    return render(request, "complaints/door/own.html", context, status=422 if form.errors else 200)
