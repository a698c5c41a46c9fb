"""The self-assessment of a group: begun, opened at a meeting, read with earlier years."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, day_field, do_now, form_page, saved, staff_only
from luukku.governance.access import can_keep, get_group, get_meeting
from luukku.governance.actions import assessing as actions
from luukku.governance.queries.assessments import assessment_page, years_of
from luukku.network.access import require

OPEN_DAYS = 21


class BeginFields(forms.Form):
    closes_on = day_field(gettext_lazy("Last day to answer"), error_messages={"required": gettext_lazy("Choose the day.")})


def _url(pk: int, year: int | None = None) -> str:
    here = {"pk": pk} if year is None else {"pk": pk, "year": year}
    return reverse("governance:assessments" if year is None else "governance:assessment", kwargs=here)


@require_safe
@staff_only
def index(request: HttpRequest, pk: int) -> HttpResponse:
    actor, group = actor_of(request), get_group(actor_of(request), pk)
    rows, year = years_of(group), timezone.localdate().year
    context = {"group": group, "rows": rows, "keeps": can_keep(actor, group), "is_begun": any(each.year == year for each in rows)}
    return render(request, "governance/assessments.html", context)


@staff_only
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The day is there already: one click asks."""
    actor, group = actor_of(request), get_group(actor_of(request), pk)
    require(can_keep(actor, group))
    form = BeginFields(request.POST or None, initial={"closes_on": timezone.localdate() + timedelta(days=OPEN_DAYS)})
    made = attempt(form, lambda: actions.start_assessment(by=actor, group=group, closes_on=form.cleaned_data["closes_on"]))
    if made is not None:
        return saved(request, _("Each member gets a link of their own by mail."), _url(pk, made.year))
    intro = _(
        "Each member is asked anonymously on a scale from 1 to 7, and in their own words. Results are opened at a meeting, from four answers on."
    )
    return form_page(request, form, title=_("Ask how the group works"), button=_("Ask the members"), back=_url(pk), intro=intro)


@require_safe
@staff_only
def show(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    actor, group = actor_of(request), get_group(actor_of(request), pk)
    return render(request, "governance/assessment.html", {"page": assessment_page(actor, group, year), "group": group, "base": "luukku/staff.html"})


@require_POST
@staff_only
def open_it(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    actor, group = actor_of(request), get_group(actor_of(request), pk)
    page = assessment_page(actor, group, year)
    meeting = get_meeting(actor, key_of(request.POST.get("meeting")) or 0)
    done = _("It is a point of the meeting, and the group reads the results.")
    return do_now(request, lambda: actions.open_at_meeting(by=actor, assessment=page.assessment, meeting=meeting), done=done, to=_url(pk, year))
