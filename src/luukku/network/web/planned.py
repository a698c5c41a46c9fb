"""Changes of regions and areas that are known beforehand: now or on their day, and taken back."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.ui.forms import do_now, staff_only
from luukku.core.ui.times import date_text
from luukku.network.actions.planned_places import cancel_place_plan
from luukku.network.models import PlannedPlace
from luukku.network.web.keepers import keeper


def now_or_then(since: date | None, act: Callable[[], object], plan: Callable[[], object]) -> object:
    """Do it, or write it down for its day when that is still to come."""
    return (plan if is_to_come(since) else act)()


def is_to_come(since: date | None) -> bool:
    return since is not None and since > timezone.localdate()


def told(since: date | None, done: str) -> str:
    """What is said afterwards: `done`, or that it waits for its day."""
    if since is None or not is_to_come(since):
        return done
    return _("Written down. Nothing changes before %(day)s; then it happens by itself.") % {"day": date_text(since, year=True)}


@require_POST
@staff_only
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    plan = get_object_or_404(PlannedPlace.objects.select_related("region", "area"), pk=pk)
    name = "network:area" if plan.area is not None else "network:region"
    back = reverse(name, args=[plan.place.code])
    return do_now(request, lambda: cancel_place_plan(by=actor, plan=plan), done=_("The change does not come."), to=back)
