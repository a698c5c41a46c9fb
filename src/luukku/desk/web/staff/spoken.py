"""What a customer says on the phone of how it went is written down."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.actions.marks import feedback_spoken
from luukku.desk.queries.asked import may_be_asked
from luukku.desk.web.staff.frame import act_page, desk_only, done, leg_to_handle
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
