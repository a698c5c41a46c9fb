"""Groups and their members."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.errors import NotFound
from luukku.core.months import ended_months
from luukku.core.ui.forms import actor_of, attempt, chosen, confirm_page, form_page, saved, staff_only
from luukku.governance.access import can_keep, get_group, keepable, keeps_groups
from luukku.governance.actions import groups as actions
from luukku.governance.models import Membership
from luukku.governance.queries.activity import activity_rows
from luukku.governance.queries.pages import group_page, listed_groups, my_meetings, my_tasks
from luukku.governance.web.forms import GroupFields, MemberFields
from luukku.network.access import require
from luukku.network.access.figures import figure_regions


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "groups": list(listed_groups(actor)), "keeps": keeps_groups(actor), "keepable": keepable(actor), "tasks": my_tasks(actor),
        "meetings": my_meetings(actor),
    }  # fmt: skip
    return render(request, "governance/groups.html", context)


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    page = group_page(actor, pk)
    return render(request, "governance/group.html", {"page": page, "group": page.group, "keeps": can_keep(actor, page.group)})


@staff_only
def add(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    whose = chosen(request, "seutu", keepable(actor))
    form = GroupFields(request.POST or None, whose=whose)
    key = request.POST.get("submit_key")
    of: dict[str, Any] = {"region": whose.region, "area": whose.area}
    made = attempt(form, lambda: actions.create_group(by=actor, form=form.made(), submit_key=key, **of, kind=form.cleaned_data["kind"]))
    if made is not None:
        return saved(request, _("The group is there. Whoever holds its seats is a member already."), _url(made.pk))
    title = _("New group: %(name)s") % {"name": whose.name}
    return form_page(request, form, title=title, button=_("Make the group"), back=reverse("governance:groups"))


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    group = get_group(actor, pk)
    require(can_keep(actor, group))
    form = GroupFields(request.POST or None, whose=group.whose, group=group)
    if attempt(form, lambda: actions.edit_group(by=actor, group=group, form=form.made())) is not None:
        return saved(request, _("The changes are saved."), _url(pk))
    return form_page(request, form, title=str(group.name), button=_("Save"), back=_url(pk))


@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    group = get_group(actor, pk)
    return confirm_page(
        request, lambda: actions.end_group(by=actor, group=group), title=_("End the group %(name)s?") % {"name": group.name},
        text=_("Its meetings, minutes and decisions stay readable."), button=_("End the group"), back=_url(pk), done=_("The group has ended."),
        after=reverse("governance:groups"),
    )  # fmt: skip


@staff_only
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    group = get_group(actor, pk)
    require(can_keep(actor, group))
    form = MemberFields(request.POST or None, group=group)
    if attempt(form, lambda: actions.add_member(by=actor, group=group, form=form.made())) is not None:
        return saved(request, _("The member is added, and is invited to the next meeting."), _url(pk))
    return form_page(request, form, title=_("New member"), button=_("Add"), back=_url(pk))


def _member(request: HttpRequest, pk: int, which: int) -> Membership:
    group = get_group(actor_of(request), pk)
    found = Membership.objects.select_related("group__kind", "person").filter(pk=which, group=group).first()
    if found is None:
        raise NotFound
    require(can_keep(actor_of(request), group))
    return found


@staff_only
def member(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, found = actor_of(request), _member(request, pk, which)
    form = MemberFields(request.POST or None, group=found.group, member=found)
    if attempt(form, lambda: actions.edit_member(by=actor, membership=found, form=form.made())) is not None:
        return saved(request, _("The changes are saved."), _url(pk))
    return form_page(request, form, title=found.who, button=_("Save"), back=_url(pk))


@staff_only
def end_member(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, found = actor_of(request), _member(request, pk, which)
    return confirm_page(
        request, lambda: actions.end_membership(by=actor, membership=found), title=_("End the term of %(name)s?") % {"name": found.who},
        text=_("This person reads the group's papers no more, and the links sent to them open nothing."), button=_("End the term"), back=_url(pk),
        done=_("The term has ended."),
    )  # fmt: skip


@require_safe
@staff_only
def figures(request: HttpRequest) -> HttpResponse:
    """How much the groups of a region have met in the last twelve months."""
    actor = actor_of(request)
    regions = figure_regions(actor)
    region = chosen(request, "region", regions)
    months = ended_months(12)
    context = {"region": region, "regions": regions, "rows": activity_rows(actor, region, months), "months": months}
    return render(request, "governance/figures.html", context)


def _url(pk: int) -> str:
    return reverse("governance:group", kwargs={"pk": pk})
