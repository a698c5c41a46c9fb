"""How it went, by one of four faces. The mail's link chooses the face; a POST gives it, since a link may not change anything."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luukku.core.errors import RuleBroken
from luukku.core.keys import key_of
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of
from luukku.desk.actions.follow_ups import rate_answer
from luukku.desk.actions.marks import give_feedback
from luukku.desk.enums import Face
from luukku.desk.queries.asked import session_asked
from luukku.desk.web.door.forms import AnswerForm, FeedbackForm, break_rule
from luukku.desk.web.door.place import Place, Response, on_case


@limited("feedback", limit=60, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@on_case
def feedback(request: HttpRequest, place: Place) -> Response:
    """The face as chosen in the mail, sent at once where scripts run; then thanks, and room for words."""
    if not place.page.ended and not session_asked(place.page.case.pk):
        return redirect(place.url())
    rating = AnswerForm(request.POST if "answer_face" in request.POST else None)
    if rating.is_bound and rating.is_valid():
        try:
            rate_answer(by=actor_of(request), case=place.page.case, face=rating.cleaned_data["answer_face"])
            messages.success(request, _("Thank you. We read every answer."))
            return redirect(place.url("feedback"))
        except RuleBroken as broken:
            break_rule(rating, broken)
    form = FeedbackForm(request.POST) if request.method == "POST" and not rating.is_bound else FeedbackForm(initial=_given(place) | _tapped(request))
    if form.is_valid():
        try:
            give_feedback(by=actor_of(request), case=place.page.case, **form.cleaned_data)
            messages.success(request, _("Thank you. We read every answer."))
            return redirect(place.url("feedback"))
        except RuleBroken as broken:
            break_rule(form, broken)
    context = {
        "place": place,
        "case": place.page.case,
        "form": form,
        "given": place.page.feedback,
        "tapped": bool(_tapped(request)),
        "rating": rating,
    }
    return render(request, "desk/door/feedback.html", context, status=422 if form.errors or rating.errors else 200)


def _given(place: Place) -> dict[str, Any]:
    given = place.page.feedback
    return {"face": given.face, "comment": given.comment, "may_contact": given.may_contact} if given else {}


def _tapped(request: HttpRequest) -> dict[str, Any]:
    face = key_of(request.GET.get("face"))
    return {"face": face} if face in Face.values else {}
