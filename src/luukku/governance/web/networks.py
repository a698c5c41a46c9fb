"""How networks stand: the guide of a start, what is lacking, talks and visits; and all of them for an area and the nation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.governance.access import can_keep_network, get_network, get_step, keeps_networks
from luukku.governance.actions.networks import step_done, write_talk
from luukku.governance.models import NetworkWatch
from luukku.governance.queries.networks import guide, network_rows, questions, standing, talks_of, to_start
from luukku.governance.web.network_forms import TalkFields
from luukku.network.access import require


def _url(code: str) -> str:
    return reverse("governance:network", args=[code])


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    """All that are hers to see; whoever has one comes to that."""
    actor = actor_of(request)
    require(keeps_networks(actor))
    rows = network_rows(actor)
    if len(rows) == 1:
        region = rows[0].standing.region
        return redirect(reverse("governance:network_start", args=[region.code]) if to_start([region.pk]) else _url(region.code))
    return render(request, "governance/networks.html", {"rows": rows, "questions": questions(actor)})


@require_safe
@staff_only
def show(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    region = get_network(actor, code)
    found = standing(region, NetworkWatch.objects.filter(region=region).first())
    keeps = can_keep_network(actor, region.pk)
    context = {"region": region, "standing": found, "talks": talks_of(actor, region), "keeps": keeps}
    return render(request, "governance/network.html", context)


@require_safe
@staff_only
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The guide of a start; its steps are read from facts at each look."""
    region = get_network(actor_of(request), code)
    steps = guide(region)
    done = sum(step.there for step in steps)
    following = next((step for step in steps if not step.there), None)
    return render(request, "governance/network_start.html", {"region": region, "steps": steps, "done": done, "following": following})


@staff_only
def talk(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    region = get_network(actor, code)
    require(can_keep_network(actor, region.pk))
    form = TalkFields(request.POST or None, region=region, today=timezone.localdate())
    key = request.POST.get("submit_key")
    if attempt(form, lambda: write_talk(by=actor, region=region, form=form.made(), submit_key=key)) is not None:
        return saved(request, _("Written down. The network's coordinator reads it too."), _url(code))
    intro = _("Read by the two of you, and by those who keep the region, its area and the nation.")
    return form_page(request, form, title=_("A talk or a visit"), button=_("Write it down"), back=_url(code), intro=intro)


@require_POST
@staff_only
def done(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    step = get_step(actor, pk)
    return do_now(request, lambda: step_done(by=actor, step=step), done=_("Done."), to=_url(step.talk.region.code))
