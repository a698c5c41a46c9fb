"""Whoever was asked by mail how a measure goes answers by her link, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.ratelimit import limited
from luukku.core.ui.private import private, speak
from luukku.network.access import actor_of_person
from luukku.plans.access import reminded
from luukku.plans.actions.reminding import answer_reminder
from luukku.plans.models import Reminder
from luukku.plans.queries.pages import rows_of


@limited("outside", limit=60, seconds=3600)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The one measure, and three answers. The link does no more than its holder's seat would."""
    found = reminded(token)
    if found is None:
        return _dead(request)
    reminder_id, person_id, measure_id = found
    try:
        actor = actor_of_person(person_id)
    except NotFound:
        return _dead(request)
    with act_as(actor):
        rows = Reminder.objects.select_related("person__user", "measure__plan__region", "measure__plan__kind", "measure__part")
        reminder = rows.filter(pk=reminder_id).first()
        if reminder is None or reminder.measure_id != measure_id:
            return _dead(request)
        speak(request, reminder.person.mail_language, reminder.measure.plan.region)
        error, words, said = "", request.POST.get("words", ""), False
        if request.method == "POST":
            try:
                answer_reminder(by=actor, reminder=reminder, answer=request.POST.get("answer", ""), words=words)
                said = True
            except RuleBroken as broken:
                error = str(broken.message)
            except NotAllowed:
                return _dead(request)
        measure = reminder.measure
        context = {"row": rows_of(measure.plan, only=measure.pk)[measure.pk], "plan": measure.plan, "error": error, "words": words, "said": said}
        return private(render(request, "plans/answer.html", context, status=422 if error else 200))


def _dead(request: HttpRequest) -> HttpResponse:
    title = _("The link opens nothing any more")
    return private(render(request, "plans/dead.html", {"title": title}, status=404))
