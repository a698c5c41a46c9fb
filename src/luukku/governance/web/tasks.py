"""One's own tasks, and one task: done by one press, told of, or moved."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from luukku.core.registries import DueThing, due_things
from luukku.core.ui.forms import actor_of, attempt, do_now, saved, staff_only
from luukku.governance.access import can_do_task, get_task
from luukku.governance.actions import tasks as actions
from luukku.governance.queries.pages import my_meetings
from luukku.governance.web.forms import HowFields, MoveFields


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    things = sorted((each for source in due_things.all() for each in source(actor)), key=lambda each: (each.day, each.words))
    return render(request, "governance/tasks.html", {"groups": _by_urgency(things), "meetings": my_meetings(actor)[:1]})


def _by_urgency(things: list[DueThing]) -> list[tuple[str, str, list[DueThing]]]:
    """Key, heading and things: what is late, due today, within the week that runs, and later; empty ones left out."""
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    groups = (
        ("late", pgettext("tasks", "Late"), [each for each in things if each.day < today]),
        ("today", pgettext("tasks", "Today"), [each for each in things if each.day == today]),
        ("week", pgettext("tasks", "This week"), [each for each in things if today < each.day <= sunday]),
        ("later", pgettext("tasks", "Later"), [each for each in things if each.day > sunday]),
    )
    return [group for group in groups if group[2]]


@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    to = reverse("governance:task", kwargs={"pk": pk})
    return task_page(request, pk, base="luukku/staff.html", to=to, finish=reverse("governance:task_done", kwargs={"pk": pk}))


def task_page(request: HttpRequest, pk: int, *, base: str, to: str, finish: str) -> HttpResponse:
    """The task with the one press that ends it, and the form that moves it."""
    actor, task = actor_of(request), get_task(actor_of(request), pk)
    tells = "words" in request.POST
    told, form = HowFields(request.POST if tells else None), MoveFields(None if tells else request.POST or None)
    if attempt(told, lambda: actions.tell_task(by=actor, task=task, words=told.cleaned_data["words"])) is not None:
        return saved(request, _("Thank you. How it goes is known."), to)
    if attempt(form, lambda: actions.move_task(by=actor, task=task, due_day=form.cleaned_data["due_day"])) is not None:
        return saved(request, _("The new day is known."), to)
    context = {"task": task, "form": form, "told": told, "base": base, "finish": finish, "can_do": can_do_task(actor, task)}
    return render(request, "governance/task.html", context, status=422 if form.errors or told.errors else 200)


@require_POST
@staff_only
def done(request: HttpRequest, pk: int) -> HttpResponse:
    actor, task = actor_of(request), get_task(actor_of(request), pk)
    said = request.POST.get("outcome", "")
    return do_now(
        request, lambda: actions.finish_task(by=actor, task=task, outcome=said), done=_("The task is done."), to=reverse("governance:tasks")
    )
