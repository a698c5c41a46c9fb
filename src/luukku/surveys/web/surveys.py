"""Surveys as those see them who keep them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.core.ui.tables import table_file
from luukku.network.access import require
from luukku.surveys.access import can_keep, get_survey, invitations_of, keeps_surveys, open_token
from luukku.surveys.actions import inviting
from luukku.surveys.actions import surveys as actions
from luukku.surveys.actions.answering import type_in
from luukku.surveys.models import Survey
from luukku.surveys.queries import exporting
from luukku.surveys.queries.lists import askable, listed_surveys, survey_row
from luukku.surveys.queries.results import results
from luukku.surveys.web.answer_form import AnswerForm
from luukku.surveys.web.forms import InviteFields, MoveFields, SurveyFields, TypedFields
from luukku.surveys.web.questionnaires import own_region

TABLES = {"vastaukset": exporting.coded, "avoimet": exporting.words, "koodit": exporting.code_book}
NAMED = 500  # of those invited by name on a survey's page; all are counted


def url_of(pk: int) -> str:
    return reverse("surveys:survey", kwargs={"pk": pk})


def kept_survey(request: HttpRequest, pk: int) -> Survey:
    """One that is hers to keep. Raises NotFound, NotAllowed."""
    found = get_survey(actor_of(request), pk)
    require(can_keep(actor_of(request), found.region_id))
    return found


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return render(request, "surveys/surveys.html", {"rows": listed_surveys(actor), "keeps": keeps_surveys(actor)})


@staff_only
def add(request: HttpRequest) -> HttpResponse:
    actor, region = actor_of(request), own_region(request)
    require(keeps_surveys(actor))
    among = askable(actor, region.pk if region is not None else None)
    form = SurveyFields(request.POST or None, among=among, chosen=key_of(request.GET.get("pohja")))
    key = request.POST.get("submit_key")
    made = attempt(
        form,
        lambda: actions.create_survey(by=actor, questionnaire=form.cleaned_data["questionnaire"], region=region, form=form.made(), submit_key=key),
    )
    if made is not None:
        return saved(request, _("The survey is there. Open it when it may be answered."), url_of(made.pk))
    return form_page(request, form, title=_("New survey"), button=_("Make the survey"), back=reverse("surveys:surveys"))


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Those who keep it see how it goes; others, with whom it is shared, its results."""
    actor, found = actor_of(request), get_survey(actor_of(request), pk)
    if not can_keep(actor, found.region_id):
        return render(request, "surveys/results.html", {"page": results(actor, found), "survey": found, "keeps": False})
    link = request.build_absolute_uri(reverse("surveys:answer", kwargs={"token": open_token(found)})) if found.link_seed is not None else ""
    invited = invitations_of(found)
    context = {
        "survey": found, "row": survey_row(found), "link": link, "questions": found.version.questions,
        "invitations": invited[:NAMED], "invited": (count := invited.count()), "unnamed": max(0, count - NAMED),
    }  # fmt: skip
    return render(request, "surveys/survey.html", context)


@require_POST
@staff_only
def open_it(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), kept_survey(request, pk)
    done = _("It is open. Invite people, or make a link that everybody may use.")
    return do_now(request, lambda: actions.open_survey(by=actor, survey=found), done=done, to=url_of(pk))


@staff_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), kept_survey(request, pk)
    return confirm_page(
        request, lambda: actions.remove_survey(by=actor, survey=found), title=_("Remove the draft %(title)s?") % {"title": found.title},
        text=_("Nobody has been asked anything yet. The questionnaire stays."), button=_("Remove the draft"), back=url_of(pk),
        done=_("The draft is gone."), after=reverse("surveys:surveys"),
    )  # fmt: skip


@require_POST
@staff_only
def make_link(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), kept_survey(request, pk)
    return do_now(request, lambda: actions.make_open_link(by=actor, survey=found), done=_("Here is the link that everybody may use."), to=url_of(pk))


@staff_only
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), kept_survey(request, pk)
    form = InviteFields(request.POST or None)
    many = attempt(form, lambda: inviting.invite(by=actor, survey=found, invitees=form.made(found)))
    if many is not None:
        return saved(request, _("Invited: %(n)s. Each gets a link of their own.") % {"n": many}, url_of(pk))
    return form_page(request, form, title=_("Invite to answer"), button=_("Send the invitations"), back=url_of(pk))


@require_POST
@staff_only
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), kept_survey(request, pk)
    done = _("Those who have not answered are reminded. Who they are is not shown.")
    return do_now(request, lambda: inviting.remind(by=actor, survey=found), done=done, to=url_of(pk))


@staff_only
def move(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), kept_survey(request, pk)
    form = MoveFields(request.POST or None, initial={"closes_on": found.last_day})
    if attempt(form, lambda: actions.move_end(by=actor, survey=found, closes_on=form.cleaned_data["closes_on"])) is not None:
        return saved(request, _("The new day is known."), url_of(pk))
    return form_page(request, form, title=_("Last day to answer"), button=_("Save"), back=url_of(pk))


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), kept_survey(request, pk)
    text = _("It takes no more answers, and cannot be opened again. The results can be read in a moment.")
    return confirm_page(
        request, lambda: actions.close_survey(by=actor, survey=found), title=_("Close the survey %(title)s?") % {"title": found.title}, text=text,
        button=_("Close the survey"), back=url_of(pk), done=_("It has closed. The results are being taken out."),
    )  # fmt: skip


@require_POST
@staff_only
def share(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), kept_survey(request, pk)
    return do_now(
        request, lambda: actions.share_results(by=actor, survey=found), done=_("The network of the region reads the results."), to=url_of(pk)
    )


@require_safe
@staff_only
def show_results(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), get_survey(actor_of(request), pk)
    context = {"page": results(actor, found), "survey": found, "keeps": can_keep(actor, found.region_id)}
    return render(request, "surveys/results.html", context)


@require_safe
@staff_only
def table(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """For spreadsheets and statistics programs; `which` of TABLES."""
    found = kept_survey(request, pk)
    heads, rows = TABLES[which](found)
    return table_file(request, f"{which}-{found.pk}", heads, rows)


@staff_only
def typed(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer on paper or by phone."""
    actor, found = actor_of(request), kept_survey(request, pk)
    how, form = TypedFields(request.POST or None, survey=found), AnswerForm(request.POST or None, survey=found)
    if request.method == "POST" and how.is_valid():
        key = request.POST.get("submit_key")
        is_needed = attempt(form, lambda: type_in(by=actor, survey=found, said=form.said(), submit_key=key, **how.cleaned_data))
        if is_needed is not None:
            words = _("The answer is in, and what was needed is a matter at the door.") if is_needed else _("The answer is in.")
            return saved(request, f"{words} {_('Here is room for the next one.')}", reverse("surveys:typed", kwargs={"pk": pk}))
    context: dict[str, Any] = {"survey": found, "form": form, "how": how, "back": url_of(pk)}
    return render(request, "surveys/typed.html", context, status=422 if form.errors or how.errors else 200)
