"""Statement forms for those who keep them: the list, one form, and what is done with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, saved, staff_only
from luukku.network.access import can_edit_region, require
from luukku.statements.access import can_edit_any_form
from luukku.statements.actions.forms import change_form, make_form, retire_form, take_ready_made
from luukku.statements.queries.keeping import Keeper, form_to_keep, keepers
from luukku.statements.web.staff.form_fields import Editor


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(can_edit_any_form(actor))
    return render(request, "statements/staff/forms.html", {"keepers": keepers(actor)})


@staff_only
def add(request: HttpRequest) -> HttpResponse:
    """A new form of the keeper in the address."""
    actor, keeper = actor_of(request), _keeper(request)
    editor = Editor(request.POST or None, None)
    region, organisation = keeper.region, keeper.organisation
    made = attempt(editor, lambda: make_form(by=actor, draft=editor.draft(), region=region, organisation=organisation))
    if made is not None:
        return saved(request, _("The form can be used now."), reverse("statements:forms"))
    return _page(request, editor, title=_("New statement form"), keeper=keeper.name)


def _keeper(request: HttpRequest) -> Keeper:
    found = next((each for each in keepers(actor_of(request)) if each.key == request.GET.get("kenen")), None)
    if found is None:
        raise NotFound
    return found


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    form, version = form_to_keep(actor, pk)
    editor = Editor(request.POST or None, version)
    if attempt(editor, lambda: change_form(by=actor, form=form, draft=editor.draft())) is not None:
        return saved(request, _("A new version is in use. What has been asked already stays on the old one."), reverse("statements:forms"))
    keeper = form.region.name if form.region is not None else form.organisation.name if form.organisation is not None else ""
    return _page(request, editor, title=str(version.title), keeper=str(keeper), form=form, version=version)


def _page(request: HttpRequest, editor: Editor, **shown: object) -> HttpResponse:
    failed = bool(editor.errors or (editor.rows.is_bound and not editor.rows.is_valid()))
    context = {"head": editor, "rows": editor.rows, "back": reverse("statements:forms"), **shown}
    return render(request, "statements/staff/form.html", context, status=422 if failed else 200)


@require_POST
@staff_only
def take(request: HttpRequest, code: str) -> HttpResponse:
    """A ready-made form becomes the region's own, so that it can be changed."""
    actor, keeper = actor_of(request), _keeper(request)
    region = keeper.region
    if region is None:
        raise NotFound
    require(can_edit_region(actor, region.pk))
    done = _("The form is your region's own now. Change it as you like.")
    return do_now(request, lambda: take_ready_made(by=actor, region=region, code=code), done=done, to=reverse("statements:forms"))


@staff_only
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    form, version = form_to_keep(actor, pk)
    back = reverse("statements:forms")
    return confirm_page(
        request, lambda: retire_form(by=actor, form=form), title=_("Take the form out of use"), button=_("Take out of use"), back=back,
        text=_("Nothing new is asked on “%(title)s”. What has been asked already is answered on it.") % {"title": version.title},
        done=_("The form is not in use any more."),
    )  # fmt: skip
