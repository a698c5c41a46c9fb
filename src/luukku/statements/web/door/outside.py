"""An organisation outside the network reads what is asked of it, and gives its statement, by its personal link alone."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.errors import NotFound
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.statements.actions import giving
from luukku.statements.queries.statement_page import StatementPage
from luukku.statements.web.door.place import Response, on_statement
from luukku.statements.web.files import download
from luukku.statements.web.phrases import whose_turn
from luukku.statements.web.writing import DeclineForm, WhyForm, WriteForm


class TakeForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Who writes the statement at your place"), max_length=120,
        error_messages={"required": gettext_lazy("Write who gives the statement: the name stands under it.")},
    )  # fmt: skip


@require_safe
@on_statement
def show(request: HttpRequest, page: StatementPage, token: str) -> Response:
    return _page(request, page, token)


def _page(request: HttpRequest, page: StatementPage, token: str, **forms_that_failed: forms.Form) -> Response:
    context = {
        "page": page, "statement": page.statement, "token": token, "turn": whose_turn(page), "take": TakeForm(), "refuse": DeclineForm(),
        "mend": WhyForm(), **forms_that_failed,
    }  # fmt: skip
    return render(request, "statements/door/outside.html", context, status=422 if forms_that_failed else 200)


@limited("outside", limit=60, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_statement
def accept(request: HttpRequest, page: StatementPage, token: str) -> Response:
    form = TakeForm(request.POST or None)
    if attempt(form, lambda: giving.accept(by=actor_of(request), statement=page.statement, name=form.cleaned_data["name"])):
        return redirect(reverse("statements:outside_write", kwargs={"token": token}))
    return _page(request, page, token, take=form) if request.method == "POST" else redirect(_home(token))


@limited("outside", limit=60, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_statement
def decline(request: HttpRequest, page: StatementPage, token: str) -> Response:
    form = DeclineForm(request.POST or None)
    if attempt(form, lambda: giving.decline(by=actor_of(request), statement=page.statement, **form.cleaned_data)):
        return render(request, "statements/door/declined.html", {"statement": page.statement})
    return _page(request, page, token, refuse=form) if request.method == "POST" else redirect(_home(token))


@limited("outside", limit=60, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_statement
def write(request: HttpRequest, page: StatementPage, token: str) -> Response:
    """A draft is kept, or the statement is signed: `do` says which."""
    if not page.can_write or not page.statement.outside_person:
        raise NotFound
    form = WriteForm(request.POST or None, version=page.statement.form, draft=page.draft)
    signs = request.POST.get("do") == "sign"
    act = giving.sign if signs else giving.save_draft
    if attempt(form, lambda: act(by=actor_of(request), statement=page.statement, draft=form.draft())):
        messages.success(request, _("Thank you. The statement is signed and given.") if signs else _("The draft is kept. Nobody else reads it yet."))
        return redirect(_home(token))
    context = {"page": page, "statement": page.statement, "token": token, "form": form, "back": _home(token)}
    return render(request, "statements/door/write.html", context, status=422 if form.errors else 200)


@limited("outside", limit=60, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_statement
def correct(request: HttpRequest, page: StatementPage, token: str) -> Response:
    form = WhyForm(request.POST or None)
    if attempt(form, lambda: giving.correct(by=actor_of(request), statement=page.statement, why=form.cleaned_data["why"])):
        return redirect(reverse("statements:outside_write", kwargs={"token": token}))
    return _page(request, page, token, mend=form) if request.method == "POST" else redirect(_home(token))


@require_safe
@on_statement
def file(request: HttpRequest, page: StatementPage, token: str, which: int) -> Response:
    return download(page.plan, which)


def _home(token: str) -> str:
    return reverse("statements:outside", kwargs={"token": token})
