"""Situations: the list, one page, and what is written on it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.paging import Cursor
from luukku.core.ui.forms import actor_of, attempt, chosen, confirm_page, do_now, form_page, saved, staff_only
from luukku.development.queries.choices import people_of
from luukku.network.access import get_organisation, require
from luukku.vitality.access import get_situation, led_regions, sees_situations
from luukku.vitality.actions import situations as acts
from luukku.vitality.enums import SituationKind
from luukku.vitality.queries import situations as reads
from luukku.vitality.web import situation_forms as forms


def url(pk: int) -> str:
    return reverse("vitality:situation", args=[pk])


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor, over = actor_of(request), bool(request.GET.get("paattyneet"))
    require(sees_situations(actor))
    found = reads.listed(actor, Cursor.parse(request.GET), over=over)
    rows = [(each, SituationKind(each.kind).label) for each in found.page.rows]
    return render(request, "vitality/situations.html", {"found": found, "rows": rows, "over": over})


@staff_only
def begin(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    region = chosen(request, "seutu", reads.led_by(actor))
    form = forms.SituationFields(request.POST or None)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: acts.open_situation(by=actor, region=region, form=acts.SituationForm(**form.cleaned_data), submit_key=key))
    if made is not None:
        return saved(request, _("The situation is open. Invite its parties."), url(made.pk))
    title, back = _("Open a situation"), reverse("vitality:situations")
    return form_page(request, form, title=title, button=_("Open the situation"), back=back, intro=str(region.name))


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = reads.situation_page(actor_of(request), pk)
    context = {"page": page, "situation": page.situation, "kind": SituationKind(page.situation.kind).label, "today": timezone.localdate()}
    return render(request, "vitality/situation.html", context)


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    form = forms.SituationFields(request.POST or None, initial={name: getattr(found, name) for name in ("kind", "name", "words")})
    require(found.region_id in led_regions(actor))
    work: Callable[[], object] = lambda: acts.change_situation(by=actor, situation=found, form=acts.SituationForm(**form.cleaned_data))  # noqa: E731
    if attempt(form, work) is not None:
        return saved(request, _("The changes are saved."), url(pk))
    return form_page(request, form, title=_("Change what is told of it"), button=_("Save"), back=url(pk), intro=found.name)


@staff_only
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """First the organisation, then whom the others ask there."""
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    require(found.region_id in led_regions(actor))
    code = request.GET.get("org", "")
    if not code:
        return render(request, "vitality/invite.html", {"situation": found, "organisations": reads.invitable(found), "back": url(pk)})
    organisation = get_organisation(actor, code)
    form = forms.PartyForm(request.POST or None, people=people_of(organisation.pk))
    work: Callable[[], object] = lambda: acts.invite_party(by=actor, situation=found, organisation=organisation, **form.cleaned_data)  # noqa: E731
    if attempt(form, work) is not None:
        return saved(request, _("Invited. They read this situation from now on."), url(pk))
    title = _("Invite %(name)s") % {"name": organisation.name}
    return form_page(request, form, title=title, button=_("Invite"), back=url(pk), intro=found.name)


@staff_only
def leave_out(request: HttpRequest, pk: int, organisation: str) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    whose = get_organisation(actor, organisation)
    require(found.region_id in led_regions(actor))
    return confirm_page(
        request, lambda: acts.leave_out(by=actor, situation=found, organisation=whose), title=_("Leave %(name)s out") % {"name": whose.name},
        text=_("They read nothing of this situation any more. What they have done stays."), button=_("Leave out"), back=url(pk),
        done=_("They are out of it."),
    )  # fmt: skip


@staff_only
def company(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    form = forms.CompanyForm(request.POST or None, initial={"business_id": request.GET.get("yritys", "")[:12]})
    if attempt(form, lambda: acts.write_company(by=actor, situation=found, **form.cleaned_data)) is not None:
        return saved(request, _("The company is written down."), url(pk))
    return form_page(request, form, title=_("A company that is touched"), button=_("Save"), back=url(pk), intro=found.name)


@require_POST
@staff_only
def company_out(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    work = lambda: acts.take_company_out(by=actor, situation=found, pk=which)  # noqa: E731
    return do_now(request, work, done=_("The company is not of this situation any more."), to=url(pk))


@staff_only
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    form = forms.MeasureForm(request.POST or None, people=reads.responsible_choices(found))
    if attempt(form, lambda: acts.add_measure(by=actor, situation=found, **form.cleaned_data)) is not None:
        return saved(request, _("It stands in the tasks of whoever sees to it."), url(pk))
    return form_page(request, form, title=_("A measure"), button=_("Save"), back=url(pk), intro=found.name)


@staff_only
def done(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    form = forms.DoneForm(request.POST or None)
    if attempt(form, lambda: acts.finish_measure(by=actor, situation=found, pk=which, **form.cleaned_data)) is not None:
        return saved(request, _("Marked as done."), url(pk))
    return form_page(request, form, title=_("The measure is done"), button=_("Mark as done"), back=url(pk), intro=found.name)


@staff_only
def count(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    form = forms.CountForm(request.POST or None, initial={"day": timezone.localdate()})
    if attempt(form, lambda: acts.write_count(by=actor, situation=found, **form.cleaned_data)) is not None:
        return saved(request, _("The number is written down."), url(pk))
    intro = _("How many in all by the day. Numbers only, never who.")
    return form_page(request, form, title=_("How many people"), button=_("Save"), back=url(pk), intro=intro)


@staff_only
def note(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    form = forms.NoteForm(request.POST or None)
    if attempt(form, lambda: acts.write_note(by=actor, situation=found, **form.cleaned_data)) is not None:
        return saved(request, _("All parties read it."), url(pk))
    return form_page(request, form, title=_("What happened"), button=_("Save"), back=url(pk), intro=found.name)


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_situation(actor_of(request), pk)
    require(found.region_id in led_regions(actor))
    form = forms.CloseForm(request.POST or None)
    if attempt(form, lambda: acts.close_situation(by=actor, situation=found, **form.cleaned_data)) is not None:
        return saved(request, _("The situation is closed. Its parties read the summary."), url(pk))
    return form_page(request, form, title=_("Close the situation"), button=_("Close the situation"), back=url(pk), intro=found.name)
