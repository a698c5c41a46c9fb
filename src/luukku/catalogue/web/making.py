"""Screens of a new card: made as a draft, published when it is fit."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.catalogue.access import can_create_service, get_service_to_edit
from luukku.catalogue.actions.making import create_service, publish_service
from luukku.catalogue.enums import Validity
from luukku.catalogue.models import Service
from luukku.catalogue.queries.choices import own_organisations
from luukku.catalogue.queries.places import reach
from luukku.catalogue.web.forms import CardForm
from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.network.access import require


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    """A card of one's own organisation, chosen where there are several; who keeps the network makes common ones."""
    actor = actor_of(request)
    own, common = own_organisations(actor), can_create_service(actor, None)
    some = list(own[:2])
    require(bool(some) or common)
    reaches = None if common else reach([each.pk for each in own])
    form = CardForm(
        request.POST or None, service=Service(), owners=own if len(some) > 1 or (some and common) else None, common=common, reaches=reaches,
        initial=_where(reaches),
    )  # fmt: skip

    def work() -> int:
        owner = form.cleaned_data.get("owner") or (some[0] if some and not common else None)
        return create_service(by=actor, owner=owner, values=form.cleaned_data).pk

    if request.method == "POST":
        made = attempt(form, lambda: once(request.POST.get("submit_key"), work))
        if made is not None:
            card = Service.objects.get(pk=made)
            return saved(request, _("The card is kept as a draft. Publish it when it is ready."), reverse("catalogue:service", args=[card.code]))
    whose = _("A new card of %(organisation)s") % {"organisation": some[0].name} if len(some) == 1 and not common else _("A new card")
    intro = _("It begins as a draft that only its editors see. A name in one language and a group are enough to begin with.")
    back = reverse("catalogue:services") + "?mine=1"
    return form_page(request, form, title=whose, button=_("Save as a draft"), back=back, intro=intro, template="catalogue/card_form.html")


def _where(reaches: Mapping[str, QuerySet[Any]] | None) -> dict[str, object]:
    """A new card of an organisation that takes part in one region holds there, until its editor says otherwise."""
    regions = list(reaches[Validity.REGION][:2]) if reaches is not None else []
    return {"validity": Validity.REGION, "regions": regions} if len(regions) == 1 else {}


@require_POST
@staff_only
def publish(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    service = get_service_to_edit(actor, code)
    to = reverse("catalogue:service", args=[code])
    return do_now(request, lambda: publish_service(by=actor, service=service), done=_("The card is published. The matcher learns it tonight."), to=to)
