"""The list of handovers, one handover for both sides, and the receiver's answers."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core import files as file_store
from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, form_page, saved
from luukku.desk.access import get_handover
from luukku.desk.actions.handover import receiving
from luukku.desk.enums import HandoverState, PartKind
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.bounce_words import bounce_words
from luukku.desk.queries.handovers import handover_page, handovers_of
from luukku.desk.queries.needed import misfits
from luukku.desk.web.package import lines_of
from luukku.desk.web.staff.act_forms import PlainForm
from luukku.desk.web.staff.frame import desk_only
from luukku.desk.web.staff.handover.forms import AskForm, DeclineForm
from luukku.desk.web.staff.handover.phrases import COLOURS, page_url, whose_turn


@require_safe
@desk_only
def index(request: HttpRequest) -> HttpResponse:
    """What lies between desks."""
    actor, now = actor_of(request), timezone.now()
    return render(request, "desk/staff/handover/list.html", {"found": handovers_of(actor, now=now), "now": now, "colours": COLOURS})


@require_safe
@desk_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = handover_page(actor_of(request), pk)
    handover, lines = page.handover, lines_of(page.parts)
    needed = next((timezone.localdate(each.moment) for each in lines if each.kind == PartKind.NEEDED and each.included and each.moment), None)
    context = {
        "page": page, "handover": handover, "lines": lines, "turn": whose_turn(handover),
        "unreached": bounce_words(page.unreached) if page.unreached and not handover.closed_at else "",
        "needed": needed if not handover.closed_at else None, "needed_misfits": misfits(needed, handover.due_at, None, timezone.localdate()),
        "colour": COLOURS[HandoverState(handover.state)],
        "case_url": case_url(handover.number) if page.is_passer or handover.received_leg_id else "", "now": timezone.now(),
    }  # fmt: skip
    return render(request, "desk/staff/handover/show.html", context)


@require_POST
@desk_only
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken: on to the case, where the first thing is to contact the customer."""
    actor = actor_of(request)
    handover = get_handover(actor, pk)
    form = PlainForm(request.POST)
    taken = attempt(form, lambda: receiving.accept(by=actor, handover=handover))
    if taken is None:
        messages.error(request, " ".join(str(each) for each in form.non_field_errors()))
        return redirect(page_url(pk))
    passer = (taken.leg.handler or taken.from_person).name
    words = _("You have taken this. Contact the customer now: until you have, %(name)s answers for them.") % {"name": passer}
    return saved(request, words, case_url(handover.number))


@desk_only
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    handover = get_handover(actor, pk)
    form = AskForm(request.POST or None)
    if attempt(form, lambda: receiving.ask(by=actor, handover=handover, words=form.cleaned_data["words"])):
        return saved(request, _("Your question has been sent. You see the answer here."), page_url(pk))
    return form_page(request, form, title=_("Ask before answering"), button=_("Send the question"), back=page_url(pk))


@desk_only
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Why not, and the next door: the passer has the matter back at once, and it is not to be seen here any more."""
    actor = actor_of(request)
    handover = get_handover(actor, pk)
    form = DeclineForm(request.POST or None, leave_out=[handover.to_desk_id, handover.from_desk_id])
    if attempt(form, lambda: receiving.decline(by=actor, handover=handover, **form.cleaned_data)):
        return saved(request, _("The passer has been told, and which door to try next."), reverse("desk:handovers"))
    intro = _("The matter returns to the passer at once. Nobody is left without a door: say where to try next.")
    return form_page(request, form, title=_("Not here"), button=_("Decline and say the next door"), back=page_url(pk), intro=intro)


@require_safe
@desk_only
def file(request: HttpRequest, pk: int, part: int) -> FileResponse:
    """A file of the package, always as a download."""
    page = handover_page(actor_of(request), pk)
    stored = next((each.file for each in page.parts if each.pk == part and each.file is not None), None)
    if stored is None:
        raise NotFound
    return FileResponse(file_store.path_of(stored).open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type)
