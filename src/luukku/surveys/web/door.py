"""Somebody stands before a survey by a link: hers, or the open one. Nothing of an anonymous answer stays but itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.core.ui.private import private, speak
from luukku.surveys.access import Door, door_of, invited, own_draft, survey_of
from luukku.surveys.actions.answering import answer
from luukku.surveys.enums import ResponseState
from luukku.surveys.models import Survey
from luukku.surveys.queries.boxes import draw_key
from luukku.surveys.web.answer_form import AnswerForm, initial_of, tapped

DAYS = 400 * 24 * 3600


def _cookie(survey: Survey) -> str:
    """Says that this browser has answered by the open link; it says nothing else."""
    return f"luukku_answered_{survey.pk}"


def _closed(request: HttpRequest, survey: Survey | None, why: str, status: int = 200) -> HttpResponse:
    return private(render(request, "surveys/door/closed.html", {"survey": survey, "why": why}, status=status))


def _tells_need(request: HttpRequest) -> bool:
    return bool(request.POST.get("wants"))


@limited("survey", limit=60, seconds=3600)
@limited("need", limit=20, seconds=3600, when=_tells_need)
def show(request: HttpRequest, token: str) -> HttpResponse:
    door = door_of(token)
    if door is None:
        return _closed(request, None, "unknown", status=404)
    survey = survey_of(door)
    speak(request, door.language or settings.LANGUAGE_CODE[:2], survey.region)
    if not survey.takes_answers:
        return _closed(request, survey, "closed")
    sent = request.POST if request.method == "POST" else None
    if door.answered and not (sent is not None and sent.get("key")):
        return _closed(request, survey, "answered")
    if door.invitation_id is None and request.COOKIES.get(_cookie(survey)) and not (sent is not None and sent.get("key")):
        return _closed(request, survey, "answered")
    return private(_answer(request, token, door, survey))


def _answer(request: HttpRequest, token: str, door: Door, survey: Survey) -> HttpResponse:
    draft, state = own_draft(door) if not survey.is_anonymous and door.invitation_id is not None else ({}, "")
    tap = tapped(survey, request.GET)
    initial = initial_of(survey, draft | tap) | _known(survey, door) | {"key": draw_key()}
    form = AnswerForm(request.POST or None, survey=survey, initial=initial, asks_who=door.invitation_id is None)
    step = request.POST.get("step", "")
    step = step if step in (ResponseState.PART, ResponseState.DRAFT) else ResponseState.SENT
    if request.method == "POST":
        receipt = attempt(form, lambda: answer(by=actor_of(request), survey=survey, door=door, said=form.said(), step=step))
        if receipt is not None:
            return _after(request, token, survey, door, step, form, receipt)
    context: dict[str, Any] = {
        "survey": survey,
        "form": form,
        "tap": bool(tap) and door.invitation_id is not None and request.method == "GET",
        "has_tapped": step == ResponseState.PART and request.method == "POST",
        "saved": state == ResponseState.DRAFT,
        "can_save": not survey.is_anonymous and door.invitation_id is not None,
    }
    return render(request, "surveys/door/answer.html", context, status=422 if form.errors else 200)


def _known(survey: Survey, door: Door) -> dict[str, str]:
    """Whoever is invited by name need not write it again."""
    if door.invitation_id is None or not survey.takes_needs:
        return {}
    name, email = invited(door)
    return {"need_name": name, "need_email": email}


def _after(request: HttpRequest, token: str, survey: Survey, door: Door, step: str, form: AnswerForm, receipt: str) -> HttpResponse:
    """After the first question the rest is asked on the same page; after the last, thanks, or the receipt of the matter that was made of a need."""
    if step == ResponseState.PART:
        initial = initial_of(survey, form.content) | _known(survey, door) | {"key": form.cleaned_data["key"]}
        rest = AnswerForm(None, survey=survey, initial=initial, asks_who=door.invitation_id is None)
        context = {"survey": survey, "form": rest, "tap": False, "has_tapped": True, "saved": False, "can_save": False}
        return render(request, "surveys/door/answer.html", context)
    if step == ResponseState.DRAFT:
        return redirect(reverse("surveys:answer", kwargs={"token": token}))
    if receipt:
        messages.success(request, _("Thank you for answering. What you need is a matter at the door now."))
    response = redirect(receipt or reverse("surveys:thanks", kwargs={"token": token}))
    if door.invitation_id is None:
        response.set_cookie(_cookie(survey), "1", max_age=DAYS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    door = door_of(token)
    if door is None:
        return _closed(request, None, "unknown", status=404)
    survey = survey_of(door)
    speak(request, door.language or settings.LANGUAGE_CODE[:2], survey.region)
    return private(render(request, "surveys/door/thanks.html", {"survey": survey}))
