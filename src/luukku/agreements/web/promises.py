"""Promises of the parties: a row each, looked at once a year; what is not kept becomes a measure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.agreements import access
from luukku.agreements.actions import life
from luukku.agreements.models import Agreement, Promise
from luukku.agreements.queries.promises import promise_rows
from luukku.agreements.web.agreements import kept
from luukku.agreements.web.forms import PromiseFields, ReviewFields
from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, form_page, saved, staff_only
from luukku.network.access import require

COLOURS = {"open": "grey", "kept": "green", "partly": "yellow", "broken": "red"}


def _url(pk: int) -> str:
    return reverse("agreements:promises", kwargs={"pk": pk})


@require_safe
@staff_only
def index(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    agreement = access.get_agreement(actor, pk)
    require(access.is_inside(actor, agreement))
    context = {"agreement": agreement, "page": promise_rows(agreement), "keeps": access.can_keep(actor, agreement.region_id), "colours": COLOURS}
    return render(request, "agreements/promises.html", context | {"today": timezone.localdate()})


@staff_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agreement = actor_of(request), kept(request, pk)
    form = PromiseFields(request.POST or None, agreement=agreement)
    if attempt(form, lambda: life.add_promise(by=actor, **form.cleaned_data)) is not None:
        return saved(request, _("The promise is written down."), _url(pk))
    return form_page(request, form, title=_("Promise of a party"), button=_("Add"), back=_url(pk))


def _promise(agreement: Agreement, which: int) -> Promise:
    found = Promise.objects.select_related("agreement__region", "party__organisation").filter(pk=which, agreement=agreement).first()
    if found is None:
        raise NotFound
    return found


@staff_only
def review(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, promise = actor_of(request), _promise(kept(request, pk), which)
    form = ReviewFields(request.POST or None, today=timezone.localdate())
    if attempt(form, lambda: life.review_promise(by=actor, promise=promise, **form.cleaned_data)) is not None:
        return saved(request, _("It is written down how the promise was kept."), _url(pk))
    title = f"{promise.party.organisation.name}: {promise.words}"
    return form_page(request, form, title=title, button=_("Save"), back=_url(pk))


@staff_only
def end(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, promise = actor_of(request), _promise(kept(request, pk), which)
    return confirm_page(
        request, lambda: life.end_promise(by=actor, promise=promise), title=_("Is this promised no more?"),
        text=f"{promise.party.organisation.name}: {promise.words}", button=_("Promised no more"), back=_url(pk), done=_("It is promised no more."),
    )  # fmt: skip
