"""The tree of service groups, for those who edit the network."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.catalogue.access import can_edit_groups, get_group_to_edit
from luukku.catalogue.actions.grouping import create_group, edit_group, move_group, take_group_out_of_use
from luukku.catalogue.models import ServiceGroup
from luukku.catalogue.queries.groups import group_tree
from luukku.catalogue.web.forms import GroupForm
from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.network.access import require


def _tree() -> str:
    return reverse("catalogue:groups")


@require_GET
@staff_only
def groups(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(can_edit_groups(actor))
    return render(request, "catalogue/groups.html", {"rows": group_tree(actor)})


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(can_edit_groups(actor))
    form = GroupForm(request.POST or None)

    def work() -> int:
        return create_group(by=actor, names=form.names(), parent=form.cleaned_data["parent"]).pk

    if request.method == "POST" and attempt(form, lambda: once(request.POST.get("submit_key"), work)) is not None:
        return saved(request, _("The group is added."), _tree())
    return form_page(request, form, title=_("A new service group"), button=_("Add the group"), back=_tree())


@staff_only
def edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    group = get_group_to_edit(actor, code)
    form = GroupForm(request.POST or None, group=group)

    def work() -> ServiceGroup:
        return edit_group(by=actor, group=group, names=form.names(), parent=form.cleaned_data["parent"])

    if request.method == "POST" and attempt(form, work) is not None:
        return saved(request, _("The group is saved."), _tree())
    return form_page(request, form, title=_("Edit the group: %(name)s") % {"name": group.name}, button=_("Save"), back=_tree())


def _moving(*, is_up: bool) -> Callable[..., HttpResponseBase]:
    def move(request: HttpRequest, code: str) -> HttpResponse:
        actor = actor_of(request)
        group = get_group_to_edit(actor, code)
        done = _("%(name)s was moved.") % {"name": group.name}
        return do_now(request, lambda: move_group(by=actor, group=group, up=is_up), done=done, to=_tree())

    return require_POST(staff_only(move))


up, down = _moving(is_up=True), _moving(is_up=False)


@staff_only
def out_of_use(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    group = get_group_to_edit(actor, code)
    return confirm_page(
        request, lambda: take_group_out_of_use(by=actor, group=group), title=_("Take the group out of use?"),
        text=_("It is no longer offered for new cards. What was counted by it stays, and you can take it back into use."),
        button=_("Take out of use"), back=_tree(), done=_("The group is out of use."),
    )  # fmt: skip


@require_POST
@staff_only
def back_to_use(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    group = get_group_to_edit(actor, code)
    return do_now(request, lambda: take_group_out_of_use(by=actor, group=group, out=False), done=_("The group is in use again."), to=_tree())
