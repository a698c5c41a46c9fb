"""A customer before her own data: what she agrees to, and what others have about her."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luukku.core.gathering import person_records
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import attempt
from luukku.customers.access import get_consent
from luukku.customers.actions.consenting import Agreement
from luukku.customers.enums import ConsentKind
from luukku.desk.actions.consents import agree, own_way, take_back
from luukku.desk.queries.agreed import agreed_handovers
from luukku.privacy.queries.my_data import consents_of, erasure_of, who_has_looked, who_has_what
from luukku.privacy.web.door.place import Place, on_own_data
from luukku.privacy.web.forms import ScopeForm
from luukku.privacy.web.receipt import receipt_of


@require_safe
@on_own_data
def show(request: HttpRequest, place: Place) -> HttpResponse:
    consents = consents_of(place.actor, place.case)
    return _page(request, place, ScopeForm(parties=consents.parties, case=place.case))


def _page(request: HttpRequest, place: Place, form: ScopeForm) -> HttpResponse:
    consents = consents_of(place.actor, place.case)
    erasure = erasure_of(place.actor, place.case)
    counts = erasure.report if erasure is not None else {}
    context = {
        "place": place, "case": place.case, "form": form, "erasure": erasure,
        "gone": _gone(counts), "consents": consents, "holders": who_has_what(place.actor, place.case, consents),
        "texts": consents.texts, "looks": who_has_looked(place.actor, place.case),
        "agreed": agreed_handovers(place.actor, place.customer_id),
    }  # fmt: skip
    return render(request, "privacy/door/data.html", context, status=422 if form.errors else 200)


@limited("consent", limit=30, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_own_data
def give(request: HttpRequest, place: Place) -> HttpResponse:
    """She lets her data be passed on."""
    if request.method != "POST":
        return redirect(place.url())
    consents = consents_of(place.actor, place.case)
    form = ScopeForm(request.POST, parties=consents.parties, case=place.case)
    terms = attempt(form, lambda: agree(by=place.actor, case=place.case, agreement=form.agreement(own_way(place.actor), _language())))
    if terms is None:
        return _page(request, place, form)
    messages.success(request, _("Thank you. It holds from now on, and you can take it back here whenever you wish."))
    return redirect(place.url())


@limited("consent", limit=30, seconds=3600)
@require_POST
@on_own_data
def statistics(request: HttpRequest, place: Place) -> HttpResponse:
    """One switch, on or off at once."""
    held = consents_of(place.actor, place.case).statistics
    way = own_way(place.actor)
    if held is None and request.POST.get("allowed"):
        agree(by=place.actor, case=place.case, agreement=Agreement(ConsentKind.STATISTICS, way, language=_language()))
    elif held is not None and not request.POST.get("allowed"):
        take_back(by=place.actor, case=place.case, consent=held.consent, way=way)
    messages.success(request, _("It is as you wish, from now on."))
    return redirect(place.url())


@limited("consent", limit=30, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_own_data
def withdraw(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    """The customer takes it back: told first what that changes and what it does not."""
    consent = get_consent(place.actor, pk)
    if consent.withdrawn_at is not None:
        return redirect(place.url())
    if request.method != "POST":
        consents = consents_of(place.actor, place.case)
        found = who_has_what(place.actor, place.case, consents)
        context = {
            "place": place, "consent": consent, "closed": [each for each in found if each.consent and not each.handles],
            "kept": [each for each in found if each.handles or each.passed or each.law],
        }  # fmt: skip
        return render(request, "privacy/door/withdraw.html", context)
    take_back(by=place.actor, case=place.case, consent=consent, way=own_way(place.actor))
    messages.success(request, _("You have taken your consent back. Those who read by it read nothing more from this moment."))
    return redirect(place.url())


@require_safe
@on_own_data
def receipt(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    return receipt_of(
        request, place.actor, place.case, pk, base="desk/door/case_base.html", back=place.url(), as_file="json" in request.GET
    )  # fmt: skip


def _gone(counts: dict[str, int]) -> dict[str, int]:
    """How many things of the kinds that she knows were removed."""
    return {name: counts.get(kind, 0) for name, kind in (("messages", "desk.message"), ("notes", "desk.note"), ("files", "core.storedfile"))} | {
        "beside": sum(counts.get(kind, 0) for kind, _records in person_records.items())
    }


def _language() -> str:
    return (get_language() or "fi")[:2]
