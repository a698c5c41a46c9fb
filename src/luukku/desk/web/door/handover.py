"""The customer's page of one handover: to whom, why, exactly what; her word on it, and what she leaves out."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luukku.core.errors import NotFound
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.customers.enums import ConsentWay
from luukku.desk.actions.handover import consent
from luukku.desk.enums import WITH_RECEIVER, HandoverState
from luukku.desk.models import Handover
from luukku.desk.queries.handovers import handover_page
from luukku.desk.queries.package import CONSENT_TEXTS, CONSENT_VERSIONS
from luukku.desk.web.door.place import Place, Response, on_case
from luukku.desk.web.package import Tick, lines_of
from luukku.desk.web.staff.act_forms import PlainForm


@limited("handover", limit=60, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@on_case
def show(request: HttpRequest, place: Place, pk: int) -> Response:
    """What is passed, with a tick for each; she agrees, changes it, or says no, for as long as nobody has accepted."""
    page = handover_page(actor_of(request), pk)
    handover, lines = page.handover, lines_of(page.parts)
    if handover.case_id != place.page.case.pk:
        raise NotFound
    if request.method == "POST":
        return _answer(request, place, handover, lines)
    asked = handover.state == HandoverState.PROPOSED
    context = {
        "place": place, "case": place.page.case, "handover": handover, "lines": lines, "asked": asked,
        "can_change": asked or handover.state in WITH_RECEIVER,
        "consent": CONSENT_TEXTS[handover.consent_version or CONSENT_VERSIONS[ConsentWay.PAGE]],
    }  # fmt: skip
    return render(request, "desk/door/handover/show.html", context)


def _answer(request: HttpRequest, place: Place, handover: Handover, lines: list[Tick]) -> Response:
    actor, chosen, do = actor_of(request), set(request.POST.getlist("passed")), request.POST.get("do")
    out = [part_id for line in lines if not line.fixed and line.key not in chosen for part_id in line.part_ids]
    form = PlainForm(request.POST)
    acts = {
        "agree": (lambda: consent.agree(by=actor, handover=handover, leave_out=out), _("Thank you. We passed on what you ticked, and nothing else.")),
        "trim": (lambda: consent.trim(by=actor, handover=handover, leave_out=out), _("The receiver sees now only what is ticked.")),
        "refuse": (lambda: consent.refuse(by=actor, handover=handover), _("Nothing is passed on. Your matter stays with us.")),
    }
    if do not in acts:
        return redirect(place.url("handover", pk=handover.pk))
    act, words = acts[do]
    if attempt(form, act):
        messages.success(request, words)
        return redirect(place.url())
    messages.error(request, " ".join(str(each) for each in form.non_field_errors()))
    return redirect(place.url("handover", pk=handover.pk))
