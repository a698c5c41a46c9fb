"""Staff screens of reforms of organisations, for the network's keepers."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.submissions import once
from luukku.core.ui.forms import attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.network import access
from luukku.network.access.reforms import get_move, get_reform
from luukku.network.actions.reforms.deciding import Part, add_part, cancel, decide, drop_part, prepare, receiver, try_again, undo
from luukku.network.models import Organisation, Reform
from luukku.network.models.reforms import ReformKind
from luukku.network.queries.reforms import reform_page, reforms
from luukku.network.web.keepers import keeper
from luukku.network.web.organisations import address as organisation_address
from luukku.network.web.reform_forms import DayForm, MergeForm, NameForm, ParentForm, SourceForm, SplitForm, TargetForm

PAGE = 30


def address(reform: Reform) -> str:
    """The page of the reform."""
    return reverse("network:reform", args=[reform.pk])


def _of(request: HttpRequest, code: str) -> tuple[Actor, Organisation]:
    actor = keeper(request)
    return actor, access.get_organisation(actor, code)


@require_GET
@staff_only
def all_reforms(request: HttpRequest) -> HttpResponse:
    keeper(request)
    return render(request, "network/reforms.html", {"page": Paginator(reforms(), PAGE).get_page(request.GET.get("page"))})


@require_GET
@staff_only
def reform(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page for all its life: preview, progress, report."""
    found = get_reform(keeper(request), pk)
    template = "network/reform.html#progress" if request.headers.get("HX-Request") else "network/reform.html"
    return render(request, template, {"page": reform_page(found, today=timezone.localdate()), "reform": found})


@require_GET
@staff_only
def choose(request: HttpRequest, code: str) -> HttpResponse:
    _actor, found = _of(request, code)
    return render(request, "network/reform_kinds.html", {"organisation": found})


def _begin(
    request: HttpRequest, found: Organisation, form: DayForm, kind: ReformKind, part: Callable[[], Part], *, title: str, intro: str = ""
) -> HttpResponse:
    """The form by which a reform is put together, with its first part."""
    actor = keeper(request)

    def work() -> int:
        return prepare(by=actor, kind=kind, day=form.cleaned_data["day"], why=form.cleaned_data["why"], parts=[part()]).pk

    made = attempt(form, lambda: once(request.POST.get("submit_key"), work))
    if made is not None:
        return saved(request, _("Nothing has moved yet. See what would move, then decide."), reverse("network:reform", args=[made]))
    return form_page(request, form, title=title, button=_("See what would move"), back=organisation_address(found), intro=intro)


def _receiver(actor: Actor, form: TargetForm) -> Organisation:
    return receiver(by=actor, source=form.source, target=form.cleaned_data["target"], new_name=form.cleaned_data["new_name"])


@staff_only
def merge(request: HttpRequest, code: str) -> HttpResponse:
    actor, found = _of(request, code)
    form = MergeForm(request.POST or None, source=found)
    intro = _("People, seats, desks, services and open matters go along; ended matters and figures of the past stay. You see first what would move.")
    title = _("%(name)s merges into another organisation") % {"name": found.name}
    return _begin(request, found, form, ReformKind.MERGE, lambda: form.part(_receiver(actor, form)), title=title, intro=intro)


@staff_only
def split(request: HttpRequest, code: str) -> HttpResponse:
    actor, found = _of(request, code)
    form = SplitForm(request.POST or None, source=found)
    intro = _("Choose what goes to one receiver; others are added on the next page. What is not chosen stays.")
    title = _("%(name)s is split") % {"name": found.name}
    return _begin(request, found, form, ReformKind.SPLIT, lambda: form.part(_receiver(actor, form)), title=title, intro=intro)


@staff_only
def rename(request: HttpRequest, code: str) -> HttpResponse:
    _actor, found = _of(request, code)
    form = NameForm(request.POST or None, initial={name: getattr(found, name) for name in ("name_fi", "name_sv", "name_en")})
    title = _("%(name)s gets another name") % {"name": found.name}
    return _begin(request, found, form, ReformKind.RENAME, lambda: Part(source=found, names=form.names()), title=title)


@staff_only
def parent(request: HttpRequest, code: str) -> HttpResponse:
    _actor, found = _of(request, code)
    form = ParentForm(request.POST or None, source=found)
    title = _("%(name)s becomes a part of another") % {"name": found.name}
    return _begin(request, found, form, ReformKind.PARENT, lambda: Part(source=found, target=form.cleaned_data["parent"]), title=title)


@staff_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another organisation that merges into the same, or another receiver of one that is split."""
    actor = keeper(request)
    found = get_reform(actor, pk)
    first = found.moves.select_related("source", "target").order_by("position").first()
    if first is None or first.target is None:
        raise NotFound
    target = first.target
    if found.kind == ReformKind.MERGE:
        form: SourceForm | SplitForm = SourceForm(request.POST or None, target=target)
        title = _("Another organisation that merges into it")
    else:
        form = SplitForm(request.POST or None, source=first.source, dated=False)
        title = _("Another receiver")

    def work() -> object:
        part = form.part(target if isinstance(form, SourceForm) else _receiver(actor, form))
        return add_part(by=actor, reform=found, part=part)

    if attempt(form, work):
        return saved(request, _("Added. What would move is being counted anew."), address(found))
    return form_page(request, form, title=title, button=_("Add"), back=address(found))


@require_POST
@staff_only
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    move = get_move(actor, pk)
    return do_now(request, lambda: drop_part(by=actor, move=move), done=_("It does not move."), to=address(move.reform))


@require_POST
@staff_only
def count(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    found = get_reform(actor, pk)
    return do_now(request, lambda: try_again(by=actor, reform=found), done=_("What would move is being counted anew."), to=address(found))


@require_POST
@staff_only
def decide_now(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    found = get_reform(actor, pk)
    return do_now(request, lambda: decide(by=actor, reform=found), done=_("Decided."), to=address(found))


@staff_only
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    found = get_reform(actor, pk)
    return confirm_page(
        request, lambda: cancel(by=actor, reform=found), title=_("Give up the reform"), text=_("Nothing moves. What was prepared stays readable."),
        button=_("Give it up"), back=address(found), done=_("The reform does not come."),
    )  # fmt: skip


@staff_only
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    found = get_reform(actor, pk)
    text = _("Everything goes back to where it was, if nobody has touched what moved. If somebody has, nothing moves and you are told what it was.")
    return confirm_page(
        request, lambda: undo(by=actor, reform=found), title=_("Undo the reform"), text=text, button=_("Undo"), back=address(found),
        done=_("It is being undone."),
    )  # fmt: skip
