"""Plans of a region: the list, one plan, its basic page, and its way from draft to closed."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, base_of, chosen, confirm_page, form_page, saved, staff_only
from luukku.network.access import require
from luukku.network.access.working import working_regions
from luukku.network.models import Region
from luukku.plans.access import can_begin, can_begin_own, can_write, get_plan, party_regions
from luukku.plans.actions import plans as actions
from luukku.plans.actions.following import answer_comment, comment
from luukku.plans.models import Measure, Note, Plan, PlanKind, Snapshot
from luukku.plans.queries.facts import facts_of
from luukku.plans.queries.kept import kept
from luukku.plans.queries.pages import listed_plans, my_measures, plan_page
from luukku.plans.web.forms import BasicFields, BeginFields, CommentFields, CommentsFields, ReplyFields
from luukku.plans.web.measure_forms import differences

COLOURS = {"draft": "grey", "comments": "yellow", "followed": "blue", "closed": "grey"}


def url_of(pk: int) -> str:
    return reverse("plans:plan", kwargs={"pk": pk})


def _region(request: HttpRequest) -> Region:
    return chosen(request, "seutu", working_regions(actor_of(request)))


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor, region = actor_of(request), _region(request)
    plans = list(listed_plans(actor, region))
    years: dict[int, list[Plan]] = {}
    for plan in plans:
        years.setdefault(plan.year, []).append(plan)
    context = {
        "region": region, "regions": working_regions(actor), "years": years, "mine": my_measures(actor), "colours": COLOURS,
        "has_ideas": region.pk in party_regions(actor), "can_begin": can_begin(actor, region.pk) or can_begin_own(actor, region.pk),
    }  # fmt: skip
    return render(request, "plans/index.html", context)


@staff_only
def begin(request: HttpRequest) -> HttpResponse:
    actor, region = actor_of(request), _region(request)
    require(can_begin(actor, region.pk) or can_begin_own(actor, region.pk))
    kind = PlanKind.objects.filter(code=request.GET.get("laji", "")).first()
    form, key = BeginFields(request.POST or None, actor=actor, region=region, kind=kind), request.POST.get("submit_key")
    made = attempt(form, lambda: actions.begin_plan(by=actor, region=region, form=form.made(), submit_key=key))
    if made is not None:
        return saved(request, _("The draft is there. Write its basic page and its first measures."), url_of(made.pk))
    back = f"{reverse('plans:index')}?seutu={region.code}"
    return form_page(request, form, title=_("New plan: %(region)s") % {"region": region.name}, button=_("Begin the plan"), back=back)


def context_of(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    page = plan_page(actor, pk)
    return {
        "page": page, "plan": page.plan, "base": base_of(actor), "inside": actor.is_staff, "colour": COLOURS[page.plan.state],
        "today": timezone.localdate(),
    }  # fmt: skip


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who work here all of it; for everybody else, where the region says so, what is done and how it goes."""
    context = context_of(request, pk)
    context["words"] = CommentFields()
    return render(request, "plans/plan.html" if actor_of(request).is_staff else "plans/public.html", context)


@require_safe
@staff_only
def basic(request: HttpRequest, pk: int) -> HttpResponse:
    """The basic page, for one sheet of A4."""
    context = context_of(request, pk)
    return render(request, "plans/basic.html", context | {"facts": facts_of(actor_of(request), context["plan"])})


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Overtaken by somebody else, both texts are shown, and what was typed stays in the form."""
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_write(actor, plan))
    form = BasicFields(request.POST or None, plan=plan)
    based_on = key_of(request.POST.get("version")) or 0
    if attempt(form, lambda: actions.edit_plan(by=actor, plan=plan, form=form.made(), based_on=based_on)) is not None:
        return saved(request, _("The changes are saved."), url_of(pk))
    overtaken = differences(form) if request.method == "POST" and based_on != plan.version else []
    context = {"form": form, "version": plan.version, "overtaken": overtaken, "back": url_of(pk), "title": _("Basic page")}
    return render(request, "plans/edit.html", context, status=422 if form.errors else 200)


@staff_only
def for_comments(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_write(actor, plan))
    form = CommentsFields(request.POST or None, initial={"until": timezone.localdate() + timedelta(days=14)})
    if attempt(form, lambda: actions.send_for_comments(by=actor, plan=plan, until=form.cleaned_data["until"])) is not None:
        return saved(request, _("The region's parties are asked by mail to read the draft."), url_of(pk))
    intro = _("Heads of the parties and the region's groups get a mail. Everybody in the parties may comment, the whole or a single measure.")
    return form_page(request, form, title=_("Send for comments"), button=_("Ask for comments"), back=url_of(pk), intro=intro)


@require_POST
@staff_only
def say(request: HttpRequest, pk: int, which: int | None = None) -> HttpResponse:
    """A comment on the whole, or on one measure."""
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    measure = Measure.objects.filter(plan=plan, pk=which).first() if which is not None else None
    form, back = CommentFields(request.POST), url_of(pk) + (f"#m{which}" if which is not None else "#comments")
    if attempt(form, lambda: comment(by=actor, plan=plan, measure=measure, words=form.cleaned_data["words"])) is not None:
        return saved(request, _("Your comment is there."), back)
    return form_page(request, form, title=_("Comment"), button=_("Send the comment"), back=back, intro=measure.words if measure else "")


@staff_only
def reply(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_write(actor, plan))
    note = Note.objects.select_related("plan__region", "person").filter(plan=plan, pk=which, kind="comment").first()
    if note is None:
        raise NotFound
    form = ReplyFields(request.POST or None, initial={"reply": note.reply})
    if attempt(form, lambda: answer_comment(by=actor, note=note, reply=form.cleaned_data["reply"])) is not None:
        return saved(request, _("The comment is answered."), url_of(pk))
    return form_page(request, form, title=_("Answer the comment"), button=_("Answer"), back=url_of(pk), intro=note.words)


@staff_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    return confirm_page(
        request, lambda: actions.remove_plan(by=actor, plan=plan), title=_("Remove the draft?"),
        text=_("Its measures and comments go with it. What has been approved is never removed."), button=_("Remove the draft"), back=url_of(pk),
        done=_("The draft is removed."), after=f"{reverse('plans:index')}?seutu={plan.region.code}",
    )  # fmt: skip


@require_safe
@staff_only
def frozen(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The plan as it was approved or closed."""
    plan = get_plan(actor_of(request), pk)
    found = Snapshot.objects.filter(plan=plan, number=number).first()
    if found is None:
        raise NotFound
    return render(request, "plans/frozen.html", {"plan": plan, "snapshot": found, "body": found.body, "kept": kept(actor_of(request), found)})
