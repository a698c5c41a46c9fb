"""Screens on which the network's keepers found, rename, move and end regions."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.submissions import once
from luukku.core.ui.forms import acted, attempt, form_page, saved, staff_only
from luukku.network import access
from luukku.network.access.places import get_past_region
from luukku.network.actions.planned_places import plan_area, plan_name
from luukku.network.actions.region_life import create_region, end_region, move_region, rename_region, reopen_region
from luukku.network.models import Region
from luukku.network.queries.organisations import by_name
from luukku.network.web.keepers import keeper
from luukku.network.web.place_forms import EndForm, MoveForm, RegionFoundingForm, RenameAheadForm
from luukku.network.web.planned import now_or_then, told


def _list() -> str:
    return reverse("network:regions")


def _address(region: Region) -> str:
    return reverse("network:region", args=[region.code])


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    form = RegionFoundingForm(request.POST or None)
    made = attempt(form, lambda: once(request.POST.get("submit_key"), lambda: _create(actor, form)))
    if made is not None:
        done = _("The region is there now. Choose its municipalities and parties, open a desk, and then its door.")
        return saved(request, done, _address(Region.objects.get(pk=made)))
    return form_page(request, form, title=_("New region"), button=_("Add the region"), back=_list())


def _create(actor: Actor, form: RegionFoundingForm) -> int:
    data = form.cleaned_data
    return create_region(by=actor, names=form.names(), prefix=data["letters"], area=data["area"], since=data["since"]).pk


@staff_only
def rename(request: HttpRequest, code: str) -> HttpResponse:
    actor = keeper(request)
    found = access.get_region(actor, code)
    form = RenameAheadForm(request.POST or None, initial={name: getattr(found, name) for name in ("name_fi", "name_sv", "name_en")})
    if attempt(form, lambda: _rename(actor, found, form)):
        return saved(request, told(form.cleaned_data["since"], _("The name is saved. The region's address stays as it was.")), _address(found))
    return form_page(request, form, title=_("Name of %(name)s") % {"name": found.name}, button=_("Save"), back=_address(found))


def _rename(actor: Actor, found: Region, form: RenameAheadForm) -> object:
    names, since = form.names(), form.cleaned_data["since"]
    return now_or_then(
        since, lambda: rename_region(by=actor, region=found, names=names, since=since),
        lambda: plan_name(by=actor, place=found, names=names, since=since),
    )  # fmt: skip


def _move(actor: Actor, found: Region, form: MoveForm) -> object:
    given = form.cleaned_data
    return now_or_then(given["since"], lambda: move_region(by=actor, region=found, **given), lambda: plan_area(by=actor, region=found, **given))


@staff_only
def move(request: HttpRequest, code: str) -> HttpResponse:
    actor = keeper(request)
    found = access.get_region(actor, code)
    here = found.area_spells.filter(valid_until=None).values_list("area", flat=True).first()
    form = MoveForm(request.POST or None, initial={"area": here})
    if acted(form, lambda: _move(actor, found, form)):
        return saved(request, told(form.cleaned_data["since"], _("The region lies in this area now.")), _address(found))
    intro = _("Its municipalities do not move with it: each has its own area.")
    title = _("The area of %(name)s") % {"name": found.name}
    return form_page(request, form, title=title, button=_("Save"), back=_address(found), intro=intro)


@staff_only
def end(request: HttpRequest, code: str) -> HttpResponse:
    actor = keeper(request)
    found = access.get_region(actor, code)
    among = access.visible_regions(actor).exclude(pk=found.pk).order_by(by_name())
    label, hint = _("Its municipalities go to"), _("Without a choice they belong to their area only.")
    form = EndForm(request.POST or None, among=among, label=label, hint=hint)
    if acted(form, lambda: end_region(by=actor, region=found, **form.cleaned_data)):
        return saved(request, _("The region has ended. Its matters and figures of the past stay with it."), _list())
    intro = _("Its desks, parts of organisations and seats end at once. Close its door and its open matters first. It can be taken back into use.")
    return form_page(request, form, title=_("End %(name)s") % {"name": found.name}, button=_("End the region"), back=_address(found), intro=intro)


@staff_only
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    actor = keeper(request)
    found = get_past_region(actor, code)
    last = found.area_spells.order_by("-valid_until").values_list("area", flat=True).first()
    form = MoveForm(request.POST or None, dated=False, initial={"area": last})
    if acted(form, lambda: reopen_region(by=actor, region=found, area=form.cleaned_data["area"])):
        return saved(request, _("The region is in use again. Give it municipalities, parties, a desk and people anew."), _address(found))
    title = _("Take %(name)s back into use") % {"name": found.name}
    return form_page(request, form, title=title, button=_("Take back into use"), back=_list())
