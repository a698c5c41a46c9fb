"""By what a company is of weight in a region: read by the network, agreed on by its coordinator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.ui.forms import actor_of, attempt, chosen, do_now, saved, staff_only
from luukku.network.access import require
from luukku.network.models import Region
from luukku.relations.access import can_set_rules, plan_regions, sees_contact_plan
from luukku.relations.actions import criteria as acts
from luukku.relations.models import PlanCriterion
from luukku.relations.queries.account_plans import agreed_criteria
from luukku.relations.web.plans.forms import CriterionForm
from luukku.relations.web.tabs import tabs


def _home(region: Region) -> str:
    return f"{reverse('relations:criteria')}?region={region.code}"


@staff_only
def criteria(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(sees_contact_plan(actor))
    regions = plan_regions(actor)
    region = chosen(request, "region", regions)
    can_set = can_set_rules(actor, region.pk)
    form = CriterionForm(request.POST or None)
    if request.method == "POST":
        require(can_set)
    if attempt(form, lambda: acts.add_criterion(by=actor, region=region, texts=form.texts())) is not None:
        return saved(request, _("The criterion is saved."), _home(region))
    context = {
        "form": form, "region": region, "regions": regions, "criteria": agreed_criteria({region.pk}), "can_set": can_set,
        "tabs": tabs(actor, "plans"),
    }  # fmt: skip
    return render(request, "relations/plans/criteria.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PlanCriterion.objects.select_related("region"), pk=pk)
    done = _("No plan is begun by it any more.")
    return do_now(request, lambda: acts.end_criterion(by=actor_of(request), criterion=found), done=done, to=_home(found.region))
