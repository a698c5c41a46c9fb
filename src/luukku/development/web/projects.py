"""Development projects: the list, one, and what its organisations write of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotAllowed
from luukku.core.paging import Cursor
from luukku.core.ui.forms import actor_of, attempt, chosen, confirm_page, do_now, form_page, saved, staff_only
from luukku.core.ui.sought import sought
from luukku.core.ui.tables import table_file
from luukku.development.access import can_change, get_project, own_organisations
from luukku.development.actions import projects as acts
from luukku.development.enums import TONES, ProjectState
from luukku.development.queries.choices import people_of, regions_of
from luukku.development.queries.projects import ALL, Wanted, listed, narrowed, project_page, with_parts
from luukku.development.web.forms import EditPartForm, EditProjectForm, NewProjectForm, OutputForm
from luukku.network.access import is_inside, require


def url(pk: int) -> str:
    return reverse("development:project", args=[pk])


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted(request.GET.get("missa", "")[:60], request.GET.get("tila", "")[:20], sought(request, "q")[:100])


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(is_inside(actor))
    wanted = _wanted(request)
    found = listed(actor, wanted, Cursor.parse(request.GET))
    states = [("", _("Open ones")), (ALL, _("All")), *((each.value, str(each.label)) for each in ProjectState)]
    overview = [(ProjectState(each.state).label, each) for each in found.overview]
    context = {
        "found": found, "wanted": wanted, "states": states, "overview": overview, "can_begin": bool(own_organisations(actor)),
        "rows": [(each, ProjectState(each.state).label, TONES[ProjectState(each.state)]) for each in found.page.rows],
    }  # fmt: skip
    return render(request, "development/projects.html", context)


@require_safe
@staff_only
def table(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed, a line for each organisation's part."""
    actor = actor_of(request)
    require(is_inside(actor))
    heads = [_("Project"), _("State"), _("Region"), _("Led by"), _("Funder"), _("From"), _("Until"), _("Organisation"), _("Part"), _("Euros")]
    rows = (
        [
            each.name, str(ProjectState(each.state).label), str(each.region.name), str(each.lead.name), each.funder, each.starts_on.isoformat(),
            each.ends_on.isoformat(), str(part.organisation.name), part.what, "" if part.budget is None else str(part.budget),
        ]
        for each in with_parts(narrowed(actor, _wanted(request)))
        for part in each.parts.all()
    )  # fmt: skip
    return table_file(request, f"hankkeet-{timezone.localdate().isoformat()}", heads, rows)


@staff_only
def begin(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    lead = chosen(request, "org", own_organisations(actor))
    form = NewProjectForm(request.POST or None, regions=regions_of(actor, lead), people=people_of(lead.pk), person_id=actor.person_id)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: acts.begin_project(by=actor, lead=lead, form=form.form(), part=form.part(), submit_key=key))
    if made is not None:
        return saved(request, _("The project is known to the network."), url(made.pk))
    intro = _("The whole network reads it from the first plan on, so that others can come along, or leave room.")
    return form_page(request, form, title=_("Tell of a project"), button=_("Tell the network"), back=reverse("development:projects"), intro=intro)


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = project_page(actor_of(request), pk)
    state = ProjectState(page.project.state)
    return render(request, "development/project.html", {"page": page, "project": page.project, "state": state.label, "tone": TONES[state]})


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    project = get_project(actor, pk)
    require(can_change(actor, project))
    people = {each.pk: each for each in [*people_of(project.lead_id), project.contact]}
    form = EditProjectForm(request.POST or None, regions=regions_of(actor, project.lead), people=list(people.values()), project=project)
    if attempt(form, lambda: acts.change_project(by=actor, project=project, form=form.form())) is not None:
        return saved(request, _("The changes are saved."), url(pk))
    return form_page(request, form, title=_("Change the project"), button=_("Save"), back=url(pk))


@require_POST
@staff_only
def move(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    project = get_project(actor, pk)
    state = request.POST.get("state", "")
    return do_now(request, lambda: acts.move_on(by=actor, project=project, state=state), done=_("The state is changed."), to=url(pk))


@staff_only
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """An own organisation's part, written or begun."""
    actor = actor_of(request)
    project = get_project(actor, pk)
    organisation = chosen(request, "org", own_organisations(actor))
    own = project.parts.filter(organisation=organisation).first()
    form = EditPartForm(request.POST or None, part=own)
    if attempt(form, lambda: acts.write_part(by=actor, project=project, organisation=organisation, part=form.form())) is not None:
        return saved(request, _("Your part is written down."), url(pk))
    title = _("The part of %(name)s") % {"name": organisation.name}
    return form_page(request, form, title=title, button=_("Save") if own else _("Come along"), back=url(pk), intro=project.name)


@staff_only
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    project = get_project(actor, pk)
    organisation = chosen(request, "org", own_organisations(actor))
    get_object_or_404(project.parts.all(), organisation=organisation)
    return confirm_page(
        request, lambda: acts.leave_project(by=actor, project=project, organisation=organisation), title=_("Step back from the project"),
        text=_("What your organisation wrote of its part goes. The others see that you are not in it."), button=_("Step back"), back=url(pk),
        done=_("Your organisation is not in the project any more."),
    )  # fmt: skip


@staff_only
def output(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    project = get_project(actor, pk)
    inside = set(project.parts.values_list("organisation", flat=True))
    mine = [each for each in own_organisations(actor) if each.pk in inside]
    if not mine:
        raise NotAllowed
    form = OutputForm(request.POST or None, organisations=mine)
    if attempt(form, lambda: acts.add_output(by=actor, project=project, **form.cleaned_data)) is not None:
        return saved(request, _("Others find it now."), url(pk))
    return form_page(request, form, title=_("Something that others may use"), button=_("Save"), back=url(pk), intro=project.name)
