"""The company register brought in on screen, by administrators: a file, what it would change, applied, taken back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from luukku.core.registries import NavItem
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, saved, staff_only
from luukku.customers.actions.register.applying import drop_run
from luukku.customers.actions.register.uploading import ENDINGS, ask_step, take_one, take_upload
from luukku.customers.enums import ImportState
from luukku.customers.models import ImportRun
from luukku.customers.queries.register_runs import runs_to_show, shown_report
from luukku.network.access import can_administer, require

NAV = NavItem(gettext_lazy("Company register"), "customers:register", "menu", 92, can_administer, group="upkeep")


class FileForm(forms.Form):
    """A file of the register."""

    file = forms.FileField(
        label=gettext_lazy("File of the company register"),
        help_text=gettext_lazy("JSON as the register gives it, one company a line or in one list, also packed (.gz, .zip). Nothing changes yet."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


class OneForm(forms.Form):
    """One company of the register."""

    business_id = forms.CharField(
        label=gettext_lazy("Business ID"),
        max_length=12,
        help_text=gettext_lazy("For example 1234567-1."),
        error_messages={"required": gettext_lazy("Write the business ID.")},
    )


class ApplyForm(forms.Form):
    """Whether rows that cannot be read are left out."""

    skip_broken = forms.BooleanField(label=gettext_lazy("Leave the broken rows out"), required=False)


def _run(request: HttpRequest, pk: int) -> ImportRun:
    require(can_administer(actor_of(request)))
    return get_object_or_404(ImportRun.objects.select_related("person"), pk=pk)


@require_http_methods(["GET", "POST"])
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(can_administer(actor))
    form = FileForm(request.POST or None, request.FILES or None)
    made = attempt(form, lambda: take_upload(by=actor, upload=form.cleaned_data["file"])) if request.method == "POST" else None
    return _looked_through(request, made) if made is not None else _list(request, form, OneForm())


@require_POST
@staff_only
def one(request: HttpRequest) -> HttpResponse:
    """One company is asked of the register's interface, in the same steps as a file."""
    actor = actor_of(request)
    require(can_administer(actor))
    form = OneForm(request.POST)
    made = attempt(form, lambda: take_one(by=actor, business_id=form.cleaned_data["business_id"]))
    return _looked_through(request, made) if made is not None else _list(request, FileForm(), form)


def _looked_through(request: HttpRequest, run: ImportRun) -> HttpResponse:
    address = reverse("customers:register-run", args=[run.pk])
    return saved(request, _("The file is being looked through. You may leave this page and come back."), address)


def _list(request: HttpRequest, form: FileForm, one_form: OneForm) -> HttpResponse:
    wrong = one_form if one_form.errors else form
    context = {"form": form, "one": one_form, "wrong": wrong, "runs": runs_to_show(actor_of(request))}
    return render(request, "customers/register/list.html", context, status=422 if wrong.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, what it would change or has changed, and what can be done next; POST applies."""
    actor, run = actor_of(request), _run(request, pk)
    form = ApplyForm(request.POST or None)
    address = reverse("customers:register-run", args=[pk])
    if request.method == "POST" and attempt(form, lambda: bool(ask_step(by=actor, run=run, state=ImportState.APPLYING, **form.cleaned_data))):
        return saved(request, _("It is being applied. You may leave this page and come back."), address)
    context: dict[str, Any] = {"run": run, "report": shown_report(run), "form": form, "works": run.state in ("reading", "applying", "undoing")}
    template = "customers/register/run.html#progress" if request.headers.get("HX-Request") else "customers/register/run.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    actor, run = actor_of(request), _run(request, pk)
    return confirm_page(
        request, lambda: ask_step(by=actor, run=run, state=ImportState.UNDOING), title=_("Take the import back"),
        text=_("What the register said before comes back. Companies that have changed since or are in use stay, and the report names them."),
        button=_("Take the import back"), back=reverse("customers:register-run", args=[pk]), done=_("It is being taken back."),
    )  # fmt: skip


@require_POST
@staff_only
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    actor, run = actor_of(request), _run(request, pk)
    return do_now(
        request, lambda: drop_run(by=actor, run=run), done=_("The import is put away. Nothing was changed."), to=reverse("customers:register")
    )
