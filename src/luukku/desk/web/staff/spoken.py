"""What a customer says on the phone of how it went, and months later of what has come of it, is written down."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.actions.marks import feedback_spoken
from luukku.desk.actions.outcome_checks import outcome_spoken
from luukku.desk.queries.after import latest_check, outcomes_of
from luukku.desk.queries.asked import may_be_asked
from luukku.desk.queries.outcome_words import came_words
from luukku.desk.web.door.outcome import OutcomeCheckForm
from luukku.desk.web.staff.frame import act_page, back_to, desk_only, done, leg_to_handle
from luukku.desk.web.staff.spoken_form import SpokenForm


@desk_only
def spoken(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = SpokenForm(request.POST or None)
    if attempt(form, lambda: feedback_spoken(by=actor, case=leg.case, **form.cleaned_data)):
        return done(request, number, _("Written down, as the customer said it."))
    return act_page(
        request, leg, form, title=_("How it went, as the customer says"), button=_("Write it down"), intro=script(may=may_be_asked(leg.case))
    )


def script(*, may: bool) -> str:
    """What to say on the phone; or that she is to be left in peace, whatever the reason."""
    if may:
        return _("Ask: how did it go, very good, good, fair or poor? It is marked as written down by you.")
    return _("The customer is not to be asked now. Write down only what they say by themselves. It is marked as written down by you.")


@desk_only
def outcome(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Months later: what has come of the matter, as its customer says to whoever calls."""
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    check, outcomes = latest_check(leg.case_id), outcomes_of(leg.case_id)
    if check is None:
        return redirect(back_to(request, number))
    form = OutcomeCheckForm(request.POST or None, check=check, outcomes=outcomes)
    if attempt(form, lambda: outcome_spoken(by=actor, check=check, answer=form.answer)):
        return done(request, number, _("Written down, as the customer said it."))
    came = "; ".join(came_words(each) for each in outcomes)
    intro = _("Written down when the matter was settled: %(came)s. Ask how it looks %(months)s months later.") % {
        "came": came,
        "months": check.months,
    }
    return act_page(request, leg, form, title=_("What has come of it, as the customer says"), button=_("Write it down"), intro=intro)
