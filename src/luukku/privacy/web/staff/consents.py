"""The consents of a matter's customer, for those who handle it: seen, written down, taken back on her word."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, staff_only
from luukku.customers.access import get_consent
from luukku.customers.actions.consenting import BY_HERSELF
from luukku.customers.enums import GivenBy
from luukku.desk.access import get_case, own_leg
from luukku.desk.actions.consents import agree, take_back
from luukku.desk.models import Case
from luukku.desk.queries.addresses import case_url
from luukku.network.enums import Right
from luukku.privacy.queries.my_data import consents_of
from luukku.privacy.web.forms import RecordForm
from luukku.privacy.web.receipt import receipt_of

WAYS = [pair for pair in GivenBy.choices if pair[0] not in BY_HERSELF]


def _case(request: HttpRequest, number: str) -> Case:
    """A case that the actor handles and whose customer is known. Raises NotFound, NotAllowed."""
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    own_leg(actor, case)
    if case.customer_id is None:
        raise NotFound
    return case


@require_http_methods(["GET", "POST"])
@staff_only
def show(request: HttpRequest, number: str) -> HttpResponse:
    actor, case = actor_of(request), _case(request, number)
    consents = consents_of(actor, case)
    form = RecordForm(request.POST if request.method == "POST" else None, parties=consents.parties, case=case)
    if attempt(form, lambda: agree(by=actor, case=case, agreement=form.recorded(case.language))) is not None:
        messages.success(request, _("The consent is written down and holds from now on."))
        return redirect(reverse("privacy:consents", kwargs={"number": case.number}))
    context = {"case": case, "consents": consents, "form": form, "ways": WAYS, "back": case_url(case.number), "texts": consents.texts}
    return render(request, "privacy/staff/consents.html", context, status=422 if form.errors else 200)


@require_safe
@staff_only
def receipt(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    case = _case(request, number)
    back = reverse("privacy:consents", kwargs={"number": case.number})
    return receipt_of(request, actor_of(request), case, pk, base="luukku/staff.html", back=back, as_file="json" in request.GET)


@require_http_methods(["POST"])
@staff_only
def withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, case = actor_of(request), _case(request, number)
    take_back(by=actor, case=case, consent=get_consent(actor, pk), way=request.POST.get("way", ""))
    messages.success(request, _("The consent has ended. Those who read by it read nothing more from this moment."))
    return redirect(reverse("privacy:consents", kwargs={"number": case.number}))
