"""A call or a visit is logged on one screen, while one talks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.catalogue.models.places import Place
from luukku.catalogue.queries.cards import region_here
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.registries import contact_steps
from luukku.core.ui.forms import actor_of, attempt, staff_only
from luukku.customers.access.inquiring import asking_organisation
from luukku.customers.actions.inquiring import Identifiers, ask_known
from luukku.customers.enums import ConsentWay, Known
from luukku.desk.access import can_log, can_route
from luukku.desk.actions.e_services import check_help, log_help
from luukku.desk.actions.log_contact import Agreed, log_contact
from luukku.desk.enums import CaseState
from luukku.desk.models import Case
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.answers import fitting
from luukku.desk.queries.callers import find_callers
from luukku.desk.queries.logging_choices import logging_choices
from luukku.desk.queries.package import CONSENT_TEXTS, CONSENT_VERSIONS
from luukku.desk.web.staff.caller_tiles import tiles_of
from luukku.desk.web.staff.log_form import LogForm
from luukku.desk.web.staff.routing import route
from luukku.network.models import Region


@staff_only
def log(request: HttpRequest) -> HttpResponse:
    """The form; with `find` only the search is answered, with all that was typed kept."""
    actor = actor_of(request)
    if can_route(actor) and (not can_log(actor) or "maa" in request.GET):
        return route(request)
    if not can_log(actor):
        raise NotAllowed
    finds = "find" in request.GET or "find" in request.POST or "known" in request.POST
    choices = logging_choices(actor)
    if not choices.own:
        return render(request, "desk/staff/log_closed.html")
    form = LogForm(request.POST if request.method == "POST" and not finds else None, initial=_initial(request), actor=actor, choices=choices)
    case = attempt(form, lambda: _log(actor, form, request.POST.get("submit_key")))
    if case is not None:
        words = _("Logged as %(number)s. The customer's clock has started.")
        if case.state == CaseState.SETTLED:
            words = _("Logged as %(number)s, and settled.")
        elif form.cleaned_data["agreed"] == Agreed.HAND:
            words = _("Logged as %(number)s, and handed over. You answer for the customer until the receiver has contacted them.")
        messages.success(request, words % {"number": case.number})
        if form.is_new_here and known_elsewhere(actor, case.region, form.identifiers) == Known.YES:
            messages.info(request, _("Another organisation of the network knows this customer. On the matter's page you can ask it."))
        onwards = next_step(request, actor, case)
        if onwards is not None:
            return redirect(onwards)
        return redirect("desk:queue" if case.state == CaseState.SETTLED else case_url(case.number))
    return _page(request, form, actor)


def _log(actor: Actor, form: LogForm, submit_key: str | None) -> Case:
    """The contact, and the help with an e-service that was given besides."""
    told = form.help()
    if told is not None:
        check_help(told)
    case = log_contact(by=actor, contact=form.contact(), submit_key=submit_key)
    if told is not None:
        log_help(by=actor, case=case, form=told, submit_key=submit_key)
    return case


def _page(request: HttpRequest, form: LogForm, actor: Actor) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    text = typed.get("caller", "").strip()
    callers = find_callers(actor, text)
    swapped = bool(request.headers.get("HX-Request"))
    words, region = typed.get("words", ""), form.my_desk_now.region
    known = known_elsewhere(actor, region, form.identifiers) if "known" in request.POST else None
    language = form.spoken_now
    with translation.override(language):
        spoken, written = (str(CONSENT_TEXTS[CONSENT_VERSIONS[way]]) for way in (ConsentWay.PHONE, ConsentWay.WRITTEN))
    context = {
        "form": form,
        "spoken": spoken,
        "written": written,
        "consent_language": language,
        "tiles": tiles_of(actor, callers, text, typed.dict()),
        "callers": callers,
        "searched": bool(text),
        "known": known,
        "swapped": swapped,
        "services": proposals(words, typed.get("language"), _where(region, typed.get("municipality", ""))),
        "chosen": typed.get("service", ""),
        "steps": contact_steps.items(),
    }
    template = "desk/staff/log.html#answered" if swapped else "desk/staff/log.html"
    return render(request, template, context, status=422 if form.errors else 200)


def known_elsewhere(actor: Actor, region: Region, known_by: Identifiers) -> Known | None:
    """Whether others of the network know her; None for who may not ask there, or where nothing is known of her."""
    if not known_by or asking_organisation(actor, region) is None:
        return None
    return ask_known(by=actor, region=region, known_by=known_by)


def next_step(request: HttpRequest, actor: Actor, case: Case) -> str | None:
    """Where the second button leads by which the form was sent; None for the first one."""
    chosen = next((step for key, step in contact_steps.items() if key == request.POST.get("next")), None)
    return chosen.url(actor, case) if chosen is not None else None


@require_POST
@staff_only
def proposal(request: HttpRequest) -> HttpResponse:
    """Services that fit the words so far, for the open form."""
    actor = actor_of(request)
    if not can_log(actor) and not can_route(actor):
        raise NotAllowed
    choices, typed = logging_choices(actor), request.POST
    region = LogForm(initial=_initial(request), actor=actor, choices=choices).my_desk_now.region if choices.own else None
    found = proposals(typed.get("words", ""), typed.get("language"), _where(region, typed.get("municipality", "")))
    context = {"services": found, "chosen": request.POST.get("service", "")}
    return render(request, "desk/staff/log.html#proposals", context)


def _where(region: Region | None, municipality_code: str) -> Place:
    """Where the customer is: her municipality as far as it has been chosen, else the region of the desk."""
    here = region_here(municipality_code, "")
    return Place.of(here.region, here.municipality, here.area) if here.municipality else Place.of(region)


def proposals(words: str, language: str | None, place: Place) -> list[tuple[str, str, str]]:
    """Key, name and reason of services of the place that fit, best first; none for few words or where nothing fits. `language` is the customer's."""
    if len(words.strip()) < 8:
        return []
    found = fitting(words, language or get_language() or "fi", place)
    return [(str(each.pk), str(each.name), why.said(str(each.name))) for each, why in found.services] if found.fits else []


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What the address (a telephone system's link) or the search without a script brings along."""
    typed = request.POST if request.method == "POST" else request.GET
    return {name: typed[name] for name in LogForm.base_fields if name in typed}
