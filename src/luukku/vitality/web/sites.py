"""Plots and premises: the list, one, and holding one for a prospect."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.paging import Cursor
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.core.ui.tables import table_file
from luukku.network.access import is_inside, require
from luukku.vitality.access import can_change_site, get_prospect, get_site, sells, visible_offers
from luukku.vitality.actions import sites as acts
from luukku.vitality.enums import SiteKind
from luukku.vitality.models import Offer
from luukku.vitality.queries import sites as reads
from luukku.vitality.web import forms
from luukku.vitality.web.shared import desk_of, tabs

HOLD = timedelta(days=60)  # what a reservation is proposed to last


def url(pk: int) -> str:
    return reverse("vitality:site", args=[pk])


def _wanted(request: HttpRequest) -> reads.Wanted:
    given = request.GET
    return reads.Wanted(given.get("seutu", "")[:60], given.get("laji", "")[:10], key_of(given.get("ala")), bool(given.get("vapaa")))


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), _wanted(request)
    require(is_inside(actor))
    found = reads.listed(actor, wanted, Cursor.parse(request.GET))
    context = {
        "found": found, "wanted": wanted, "tabs": tabs(actor, "sites"), "kinds": SiteKind.choices, "can_tell": sells(actor),
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "vitality/sites.html", context)


@require_safe
@staff_only
def table(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(is_inside(actor))
    heads = [
        _("Address or name"),
        _("What it is"),
        _("Municipality"),
        _("Whose"),
        _("Square metres"),
        _("Euros"),
        _("Reserved until"),
        pgettext("site", "Handed over"),
    ]
    rows = (
        [
            each.name, str(each.get_kind_display()), str(each.municipality.name), str(each.organisation.name), str(each.area), str(each.price or ""),
            each.reserved_until.isoformat() if each.reserved_until else "", each.handed_on.isoformat() if each.handed_on else "",
        ]
        for each in reads.narrowed(actor, _wanted(request)).order_by("area", "id")
    )  # fmt: skip
    return table_file(request, f"tontit-{timezone.localdate().isoformat()}", heads, rows)


@staff_only
def tell(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(sells(actor))
    desk, _desks = desk_of(request, actor)
    form = forms.EditSiteForm(request.POST or None, municipalities=reads.municipalities_of(desk.region_id))
    made = attempt(form, lambda: acts.tell_of_site(by=actor, desk=desk, form=form.form()))
    if made is not None:
        return saved(request, _("The network knows of it now."), url(made.pk))
    return form_page(
        request, form, title=_("Tell of a plot or premises"), button=_("Save"), back=reverse("vitality:sites"), intro=desk.organisation.name
    )


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = reads.site_page(actor_of(request), pk)
    return render(request, "vitality/site.html", {"page": page, "site": page.site, "today": timezone.localdate()})


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    site = get_site(actor, pk)
    require(can_change_site(actor, site))
    form = forms.EditSiteForm(request.POST or None, municipalities=reads.municipalities_of(site.region_id), site=site)
    if attempt(form, lambda: acts.change_site(by=actor, site=site, form=form.form())) is not None:
        return saved(request, _("The changes are saved."), url(pk))
    return form_page(request, form, title=_("Change what is told of it"), button=_("Save"), back=url(pk), intro=site.name)


@staff_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    site = get_site(actor, pk)
    require(can_change_site(actor, site))
    return confirm_page(
        request, lambda: acts.withdraw_site(by=actor, site=site), title=_("Take it off the list"),
        text=_("Nobody is offered it any more. What is reserved or handed over stays so."), button=_("Take off the list"), back=url(pk),
        done=pgettext("site", "It is off the list."), after=reverse("vitality:sites"),
    )  # fmt: skip


@require_POST
@staff_only
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """A site is offered to the prospect of the page."""
    actor = actor_of(request)
    prospect = get_prospect(actor, pk)
    site = get_site(actor, key_of(request.POST.get("site")) or 0)
    done, to = _("Offered. Reserve it when they want it."), reverse("vitality:prospect", args=[pk])
    return do_now(request, lambda: acts.offer_site(by=actor, prospect=prospect, site=site), done=done, to=to)


def _offer(request: HttpRequest, pk: int, which: int) -> tuple[Offer, str]:
    actor = actor_of(request)
    found = visible_offers(actor).filter(pk=which, prospect=get_prospect(actor, pk)).select_related("site").first()
    if found is None:
        raise NotFound
    return found, reverse("vitality:prospect", args=[pk])


@staff_only
def reserve(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, (found, back) = actor_of(request), _offer(request, pk, which)
    form = forms.DayForm(request.POST or None, name="until", label=_("Until which day"), initial=found.last_day or timezone.localdate() + HOLD)
    if attempt(form, lambda: acts.reserve_site(by=actor, offer=found, until=form.cleaned_data["until"])) is not None:
        return saved(request, _("Reserved. Nobody else gets it until then."), back)
    return form_page(request, form, title=_("Reserve the plot"), button=_("Reserve"), back=back, intro=found.site.name)


@staff_only
def hand_over(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, (found, back) = actor_of(request), _offer(request, pk, which)
    form = forms.DayForm(request.POST or None, name="day", label=_("On which day it was handed over"), initial=timezone.localdate())
    if attempt(form, lambda: acts.hand_over_site(by=actor, offer=found, day=form.cleaned_data["day"])) is not None:
        return saved(request, _("Handed over."), back)
    return form_page(request, form, title=_("Hand over the plot"), button=pgettext("site", "Handed over"), back=back, intro=found.site.name)


@require_POST
@staff_only
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go by the seller, or by whose the plot is."""
    actor = actor_of(request)
    found = visible_offers(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    mine = request.POST.get("to") == "prospect"
    to = reverse("vitality:prospect", args=[found.prospect_id]) if mine else url(found.site_id)
    return do_now(request, lambda: acts.release_site(by=actor, offer=found), done=_("Let go. Others may have it."), to=to)
