"""One's own tasks, and one task: done by one press, told of, or moved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.ui.forms import actor_of, attempt, do_now, saved, staff_only
from luukku.governance.access import can_do_task, get_task
from luukku.governance.actions import tasks as actions
from luukku.governance.queries.my_tasks import my_tasks
from luukku.governance.queries.pages import my_meetings
from luukku.governance.web.forms import HowFields, MoveFields


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return render(request, "governance/tasks.html", {"groups": my_tasks(actor), "meetings": my_meetings(actor)[:1]})


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
