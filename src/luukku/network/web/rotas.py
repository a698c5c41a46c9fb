"""Staff screens of seats that go round."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, confirm_page, form_page, saved, staff_only
from luukku.network import access
from luukku.network.access.rotas import can_keep_rota, get_rota, get_turn
from luukku.network.actions.rotas import change_turn, drop_turn, end_rota, make_rota, plan_turn
from luukku.network.enums import Role
from luukku.network.models import SeatRota
from luukku.network.queries.rotas import rota_page
from luukku.network.web.regions import address as region_address
from luukku.network.web.rota_forms import RotaForm, TurnFields


def _address(rota: SeatRota) -> str:
    return reverse("network:rota", args=[rota.pk])


@staff_only
def new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    region = access.get_region(actor, code)
    access.require(can_keep_rota(actor, region.pk))
    form, key = RotaForm(request.POST or None, region=region), request.POST.get("submit_key")

    def make() -> int:
        data: dict[str, Any] = form.cleaned_data
        made = make_rota(by=actor, region=region, role=Role(data["role"]), note=data["note"], holder=data["holder"])
        return made.pk

    made = attempt(form, lambda: once(key, make, "rota", region.pk))
    if made is not None:
        return saved(request, _("The seat goes round now. Write down whose turn is next."), reverse("network:rota", args=[made]))
    intro = _("For a seat that is held by turns, such as the chair or the owner of the network for a year each.")
    return form_page(request, form, title=_("A seat that goes round"), button=_("Save"), back=region_address(region), intro=intro)


@require_GET
@staff_only
def rota(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_rota(actor, pk)
    return render(request, "network/rota.html", {"page": rota_page(found), "rota": found, "can_edit": can_keep_rota(actor, found.region_id)})


@staff_only
def turn_new(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_rota(actor, pk)
    access.require(can_keep_rota(actor, found.region_id))
    begins = rota_page(found).next_day
    form = TurnFields(request.POST or None, region=found.region, initial={"first_day": begins, "last_day": begins.replace(month=12, day=31)})
    key = request.POST.get("submit_key")
    if attempt(form, lambda: once(key, lambda: plan_turn(by=actor, rota=found, form=form.turn()).pk, "turn", found.pk)) is not None:
        return saved(request, _("The turn is planned."), _address(found))
    return form_page(request, form, title=_("A turn to come"), button=_("Save"), back=_address(found))


@staff_only
def turn_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_turn(actor, pk)
    access.require(can_keep_rota(actor, found.rota.region_id))
    initial = {"first_day": found.valid_from, "last_day": found.valid_until, "organisation": found.organisation, "person": found.person}
    form = TurnFields(request.POST or None, region=found.rota.region, initial=initial)
    if attempt(form, lambda: change_turn(by=actor, turn=found, form=form.turn())) is not None:
        return saved(request, _("The changes are saved."), _address(found.rota))
    return form_page(request, form, title=_("Change the turn"), button=_("Save"), back=_address(found.rota))


@staff_only
def turn_drop(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_turn(actor, pk)
    access.require(can_keep_rota(actor, found.rota.region_id))
    title, text = _("Remove the turn"), _("Whoever holds the seat before it goes on until another turn begins.")
    work = lambda: drop_turn(by=actor, turn=found)  # noqa: E731 - one button, one act
    done = _("The turn is removed.")
    return confirm_page(request, work, title=title, text=text, button=title, back=_address(found.rota), done=done)


@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_rota(actor, pk)
    access.require(can_keep_rota(actor, found.region_id))
    title, text = _("The seat goes round no more"), _("Turns to come are removed. Whoever holds the seat today keeps it until further notice.")
    work = lambda: end_rota(by=actor, rota=found)  # noqa: E731 - one button, one act
    button, done, after = _("End the rota"), _("The rota has ended."), region_address(found.region)
    return confirm_page(request, work, title=title, text=text, button=button, back=_address(found), done=done, after=after)
