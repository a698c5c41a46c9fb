"""Agreements of a region: the list, where regions stand, one agreement with its parties and steps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.agreements import access
from luukku.agreements.actions import annexes, drafting, life
from luukku.agreements.enums import BY_ITSELF, BY_PARTY, StepCode
from luukku.agreements.models import Agreement, Party
from luukku.agreements.queries.lists import listed, region_rows, stage_counts, stage_of
from luukku.agreements.queries.pages import agreement_page
from luukku.agreements.queries.wording import validity
from luukku.agreements.web.forms import ExtendFields, JoinFields, LeaveFields, PartyFields, StepFields, TermsFields
from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.paging import Cursor, paged
from luukku.core.ui.forms import actor_of, attempt, base_of, chosen, confirm_page, do_now, form_page, saved, staff_only
from luukku.network.access import regions_to_edit, require
from luukku.network.models import Organisation, Region

PAGE = 50
STAGE_COLOURS = {"none": "grey", "drafting": "grey", "signing": "blue", "coming": "blue", "in-force": "green", "ended": "red"}


def url_of(pk: int) -> str:
    return reverse("agreements:agreement", kwargs={"pk": pk})


def document_url(pk: int, anchor: str = "") -> str:
    return reverse("agreements:document", kwargs={"pk": pk}) + (f"#{anchor}" if anchor else "")


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    """Her own agreements, and for area and nation where each region stands."""
    actor = actor_of(request)
    rows = region_rows(actor)
    today = timezone.localdate()
    page = paged(listed(actor), "id", Cursor.parse(request.GET), PAGE, newest_first=True) if not rows else None
    own = [(each, stage_of(each, today)) for each in page.rows] if page is not None else []
    context = {"rows": rows, "counts": stage_counts(rows), "own": own, "page": page, "keeps": access.keeps(actor), "colours": STAGE_COLOURS}
    return render(request, "agreements/agreements.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """For those inside everything; for everybody else what a public agreement says, who its parties are, and its signed texts."""
    actor = actor_of(request)
    page = agreement_page(actor, pk)
    context = {
        "page": page, "agreement": page.agreement, "colour": STAGE_COLOURS[page.stage], "base": base_of(actor), "validity": validity(page.agreement),
        "is_draft": page.main.state == "draft" and not page.agreement.given_up_at, "checks": access.can_check(actor), "by_itself": BY_ITSELF,
    }  # fmt: skip
    return render(request, "agreements/agreement.html", context)


def _region(request: HttpRequest) -> Region:
    region = chosen(request, "region", list(regions_to_edit(actor_of(request)).order_by("code")))
    require(access.can_keep(actor_of(request), region.pk))
    return region


@staff_only
def add(request: HttpRequest) -> HttpResponse:
    actor, region = actor_of(request), _region(request)
    form = TermsFields(request.POST or None, actor=actor, region=region)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: drafting.begin_draft(by=actor, region=region, terms=form.made(), submit_key=key))
    if made is not None:
        return saved(
            request,
            _("The draft is there with the network's own text. The region's organisations are its parties; change them first."),
            url_of(made.pk),
        )
    intro = _("The draft begins with the network's own text. What is open in it stands in double brackets; fill it together.")
    return form_page(
        request,
        form,
        title=_("New agreement: %(region)s") % {"region": region},
        button=_("Begin the draft"),
        back=reverse("agreements:agreements"),
        intro=intro,
    )


def kept(request: HttpRequest, pk: int) -> Agreement:
    """One that she keeps. Raises NotFound, NotAllowed."""
    agreement = access.get_agreement(actor_of(request), pk)
    require(access.can_keep(actor_of(request), agreement.region_id))
    return agreement


@staff_only
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agreement = actor_of(request), kept(request, pk)
    form = TermsFields(request.POST or None, actor=actor, region=agreement.region, agreement=agreement)
    if attempt(form, lambda: drafting.change_terms(by=actor, agreement=agreement, terms=form.made(agreement.language))) is not None:
        return saved(request, _("The changes are saved."), url_of(pk))
    return form_page(request, form, title=_("Terms of the agreement"), button=_("Save"), back=url_of(pk))


@require_POST
@staff_only
def show_to(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agreement = actor_of(request), kept(request, pk)
    to = request.POST.get("visibility", "")
    return do_now(request, lambda: drafting.show_to(by=actor, agreement=agreement, visibility=to), done=_("The change is saved."), to=url_of(pk))


@staff_only
def add_party(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agreement = actor_of(request), kept(request, pk)
    form = PartyFields(request.POST or None, agreement=agreement)
    if attempt(form, lambda: drafting.add_party(by=actor, agreement=agreement, **form.cleaned_data)) is not None:
        return saved(request, _("The party is in the draft."), url_of(pk))
    return form_page(request, form, title=_("Party of the draft"), button=_("Add"), back=url_of(pk))


def party_of(request: HttpRequest, pk: int, which: int) -> Party:
    """A party of an agreement that she keeps. Raises NotFound, NotAllowed."""
    agreement = kept(request, pk)
    found = Party.objects.select_related("agreement__region", "organisation").filter(pk=which, agreement=agreement).first()
    if found is None:
        raise NotFound
    return found


@staff_only
def remove_party(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, party = actor_of(request), party_of(request, pk, which)
    return confirm_page(
        request, lambda: drafting.remove_party(by=actor, party=party), title=_("Take %(name)s out of the draft?") % {"name": party.organisation},
        text=_("Nothing of what it can do in the region changes by this."), button=_("Take it out"), back=url_of(pk),
        done=_("It is out of the draft."),
    )  # fmt: skip


@staff_only
def join(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agreement = actor_of(request), kept(request, pk)
    form = JoinFields(request.POST or None, agreement=agreement)
    made = attempt(form, lambda: annexes.join_by_annex(by=actor, agreement=agreement, **form.cleaned_data))
    if made is not None:
        return saved(request, _("The annex is drafted. Say who signs it."), document_url(made.pk))
    intro = _("It takes part in the region from its first day on, when the annex has been signed by it and by the coordinating organisation.")
    return form_page(request, form, title=_("A party joins"), button=_("Draft the annex"), back=url_of(pk), intro=intro)


@staff_only
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agreement = actor_of(request), kept(request, pk)
    form = LeaveFields(request.POST or None, agreement=agreement)
    made = attempt(form, lambda: annexes.leave_by_annex(by=actor, agreement=agreement, **form.cleaned_data))
    if made is not None:
        return saved(request, _("The annex is drafted. Say who signs it."), document_url(made.pk))
    intro = _("After the last day it reads and does nothing in the region any more. With less than the notice all parties sign.")
    return form_page(request, form, title=_("A party leaves"), button=_("Draft the annex"), back=url_of(pk), intro=intro)


@staff_only
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agreement = actor_of(request), kept(request, pk)
    form = ExtendFields(request.POST or None)
    made = attempt(form, lambda: annexes.extend_by_annex(by=actor, agreement=agreement, last_day=form.cleaned_data["last_day"]))
    if made is not None:
        return saved(request, _("The annex is drafted. Say who signs it."), document_url(made.pk))
    return form_page(request, form, title=_("The agreement goes on"), button=_("Draft the annex"), back=url_of(pk))


@staff_only
def step(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A step of the agreement's life is done."""
    actor = actor_of(request)
    agreement = access.get_agreement(actor, pk)
    if code not in StepCode.values or code in BY_ITSELF:
        raise NotFound
    require(access.can_check(actor) if code == StepCode.CHECKED else access.can_keep(actor, agreement.region_id))
    first = key_of(request.GET.get("party"))
    form = StepFields(request.POST or None, agreement=agreement, by_party=code in BY_PARTY, first=first)
    if attempt(form, lambda: life.do_step(by=actor, agreement=agreement, code=code, **form.cleaned_data)) is not None:
        return saved(request, _("The step is written down."), url_of(pk))
    return form_page(request, form, title=str(StepCode(code).label), button=_("Save"), back=url_of(pk))


def organisation_of(pk: int) -> Organisation:
    """Raises NotFound."""
    found = Organisation.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
