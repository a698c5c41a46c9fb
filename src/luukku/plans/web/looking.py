"""Plans from above: the nation's or an area's regions by years, one region's years side by side, a programme through its years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.actor import Actor
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, chosen, staff_only
from luukku.core.ui.tables import table_file
from luukku.network.access import is_inside, require
from luukku.network.access.working import working_regions
from luukku.network.enums import Role
from luukku.network.models import Area
from luukku.plans.access import get_plan
from luukku.plans.models import PlanKind
from luukku.plans.queries.overview import kinds_of, overview, years_of
from luukku.plans.queries.through import through

YEARS = 5


def _kind(request: HttpRequest) -> PlanKind:
    return get_object_or_404(PlanKind, code=request.GET.get("laji", "action"))


def _area(request: HttpRequest, actor: Actor) -> Area | None:
    """The chosen one; at first that of an area's contact, for everybody else the whole country."""
    own = next((seat.area_id for seat in actor.seats if seat.role == Role.AREA_CONTACT), None)
    chosen_key = key_of(request.GET["alue"]) if "alue" in request.GET else own
    return Area.objects.filter(pk=chosen_key).first() if chosen_key else None


@require_safe
@staff_only
def nation(request: HttpRequest) -> HttpResponse:
    """Does every region have a plan in force, and how is it going. What is approved is the whole network's to read."""
    actor = actor_of(request)
    require(is_inside(actor))
    today, kind = timezone.localdate(), _kind(request)
    area = _area(request, actor)
    last = today.year + (today.month > 8)
    found = overview(actor, kind, range(last - YEARS + 1, last + 1), area)
    if "as" in request.GET:
        heads = [_("Region"), *map(str, found.years)]
        rows = [[str(line.region.name), *(f"{c.plan.get_state_display()}: {c.words}" if c else "" for c in line.cells)] for line in found.lines]
        return table_file(request, "suunnitelmat", heads, rows)
    kinds = PlanKind.objects.filter(deactivated_at=None, is_personal=False).exclude(code="sub")
    return render(request, "plans/nation.html", {"page": found, "area": area, "kind": kind, "kinds": kinds, "today": today})


@require_safe
@staff_only
def years(request: HttpRequest) -> HttpResponse:
    """One region's plans of one kind, year beside year; those of its organisations among them."""
    actor = actor_of(request)
    regions = working_regions(actor)
    region, kind = chosen(request, "seutu", regions), _kind(request)
    rows, kinds = years_of(actor, region, kind), kinds_of(actor, region)
    context = {"rows": rows, "region": region, "regions": regions, "kind": kind, "kinds": kinds if kind in kinds else [kind, *kinds]}
    return render(request, "plans/years.html", context)


@require_safe
@staff_only
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """A programme of several years, how far it was at the end of each."""
    plan = get_plan(actor_of(request), pk)
    return render(request, "plans/through.html", {"plan": plan, "page": through(plan), "today": timezone.localdate()})
