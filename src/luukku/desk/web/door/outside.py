"""An organisation outside the network reads what was handed over to it, and answers, by its personal link alone."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luukku.core import files as file_store
from luukku.core.errors import NotFound
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.core.ui.private import private
from luukku.desk.access import visible_handovers
from luukku.desk.actions.handover import finishing, passing, receiving
from luukku.desk.models import Handover
from luukku.desk.queries.handovers import HandoverPage, handover_page
from luukku.desk.web.package import lines_of
from luukku.desk.web.staff.settle_form import SettleForm

P = ParamSpec("P")
Response = HttpResponseBase


class TakeForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Who takes it at your place"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write who takes it: the customer is told.")},
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)


class NotHereForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not here"), widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": gettext_lazy("Write why.")}
    )
    next_words = forms.CharField(
        label=gettext_lazy("Who could help instead"),
        max_length=300,
        error_messages={"required": gettext_lazy("Name somebody who could help instead.")},
    )


class QuestionForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Your question"), widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what you want to know.")},
    )  # fmt: skip


def on_handover(view: Callable[Concatenate[HttpRequest, HandoverPage, str, P], Response]) -> Callable[Concatenate[HttpRequest, P], Response]:
    """A view of the one handover of a link, in its language and out of every cache and index."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        token, actor = str(kwargs.pop("token", "")), actor_of(request)
        handover = visible_handovers(actor).filter(door_principal__in=actor.principals).first() if actor.kind == "link" else None
        if handover is None:
            return private(render(request, "desk/door/outside/dead.html", status=404))
        page = handover_page(actor, handover.pk)
        _speak(request, page.handover)
        return private(view(request, page, token, *args, **kwargs))

    return found


def answering(view: Callable[[HttpRequest, HandoverPage, str], Response]) -> Callable[..., Response]:
    """A view of what the organisation sends; who comes to its address again finds the page."""

    @limited("outside", limit=60, seconds=3600)
    @require_http_methods(["GET", "POST"])
    @on_handover
    @wraps(view)
    def sent(request: HttpRequest, page: HandoverPage, token: str) -> Response:
        return view(request, page, token) if request.method == "POST" else redirect(_home(token))

    return sent


def _speak(request: HttpRequest, handover: Handover) -> None:
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(handover.outside_language)
        request.LANGUAGE_CODE = handover.outside_language
    request.site_region = handover.region  # type: ignore[attr-defined]


@require_safe
@on_handover
def show(request: HttpRequest, page: HandoverPage, token: str) -> Response:
    return _page(request, page, token)


def _page(request: HttpRequest, page: HandoverPage, token: str, **given: forms.Form) -> Response:
    context = {
        "page": page,
        "handover": page.handover,
        "token": token,
        "take": TakeForm(),
        "refuse": NotHereForm(),
        "ask": QuestionForm(),
        "finish": SettleForm(by_call=False) if page.end_awaited else None,
        "lines": [line for line in lines_of(page.parts) if line.included],
        **given,
    }
    return render(request, "desk/door/outside/show.html", context, status=422 if any(form.errors for form in given.values()) else 200)


@answering
def accept(request: HttpRequest, page: HandoverPage, token: str) -> Response:
    form = TakeForm(request.POST)
    if attempt(form, lambda: receiving.accept(by=actor_of(request), handover=page.handover, **form.cleaned_data)):
        messages.success(request, _("Thank you. Contact the customer next, and tell here when you have."))
        return redirect(_home(token))
    return _page(request, page, token, take=form)


@answering
def ask(request: HttpRequest, page: HandoverPage, token: str) -> Response:
    form = QuestionForm(request.POST)
    if attempt(form, lambda: receiving.ask(by=actor_of(request), handover=page.handover, words=form.cleaned_data["words"])):
        messages.success(request, _("Your question is on its way. You get a mail when it is answered."))
        return redirect(_home(token))
    return _page(request, page, token, ask=form)


@answering
def decline(request: HttpRequest, page: HandoverPage, token: str) -> Response:
    form = NotHereForm(request.POST)
    if attempt(form, lambda: receiving.decline(by=actor_of(request), handover=page.handover, **form.cleaned_data)):
        return render(request, "desk/door/outside/declined.html", {"handover": page.handover})
    return _page(request, page, token, refuse=form)


@limited("outside", limit=60, seconds=3600)
@require_POST
@on_handover
def contacted(request: HttpRequest, page: HandoverPage, token: str) -> Response:
    form = forms.Form(request.POST)
    if attempt(form, lambda: passing.mark_contacted(by=actor_of(request), handover=page.handover)):
        messages.success(request, _("Thank you. We know now that the customer is in good hands."))
    else:
        messages.error(request, " ".join(str(each) for each in form.non_field_errors()))
    return redirect(_home(token))


@answering
def finished(request: HttpRequest, page: HandoverPage, token: str) -> Response:
    form = SettleForm(request.POST, by_call=False)
    if attempt(form, lambda: finishing.finish(by=actor_of(request), handover=page.handover, outcomes=form.chosen(), words=form.said)):
        messages.success(request, _("Thank you. The customer and those who asked you have been told."))
        return redirect(_home(token))
    return _page(request, page, token, finish=form)


@require_safe
@on_handover
def file(request: HttpRequest, page: HandoverPage, token: str, part: int) -> Response:
    stored = next((each.file for each in page.parts if each.pk == part and each.file is not None), None)
    if stored is None:
        raise NotFound
    return FileResponse(file_store.path_of(stored).open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type)


def _home(token: str) -> str:
    return reverse("desk:outside", kwargs={"token": token})
