"""Staff screens of desks and premises, and of the hours and closing days of desks and regions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.submissions import once
from luukku.core.ui.forms import acted, actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.core.worktime import CLOSED, format_hours
from luukku.network import access
from luukku.network.actions.desks import (
    add_closing_day,
    close_desk,
    edit_desk,
    make_front_desk,
    open_desk,
    remove_closing_day,
    set_day_hours,
    set_hours,
)
from luukku.network.actions.organisations import PremisesDetails, add_premises, close_premises, edit_premises, reopen_premises
from luukku.network.models import ClosingDay, Organisation, Premises, Region
from luukku.network.queries.calendars import Owner, own_days, own_week
from luukku.network.web.forms import ClosingDayForm, DeskForm, HoursForm, OpeningDayForm, PremisesForm, initial_of
from luukku.network.web.organisations import address


@staff_only
def new_desk(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    organisation = access.get_organisation(actor, code)
    access.require(access.can_edit_organisation(actor, organisation.pk))
    form = DeskForm(request.POST or None, organisation=organisation)
    made = attempt(form, lambda: once(request.POST.get("submit_key"), lambda: _open(actor, organisation, form)))
    if made is not None:
        return saved(request, _("The desk is open. Give it hours of its own if they differ from the region's."), address(organisation))
    return form_page(request, form, title=_("New desk"), button=_("Open the desk"), back=address(organisation))


def _open(actor: Actor, organisation: Organisation, form: DeskForm) -> int:
    data = form.cleaned_data
    return open_desk(
        by=actor, organisation=organisation, region=data["region"], names=form.names(), phone=data["phone"], has_door=data["has_door"]
    ).pk


@staff_only
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_desk(actor, pk)
    access.require(access.can_edit_desk(actor, found))
    names = {f"name_{language}": getattr(found, f"name_{language}") for language in ("fi", "sv", "en")}
    form = DeskForm(request.POST or None, initial={**names, "phone": found.phone, "has_door": found.has_door})
    if attempt(
        form, lambda: edit_desk(by=actor, desk=found, names=form.names(), phone=form.cleaned_data["phone"], has_door=form.cleaned_data["has_door"])
    ):
        return saved(request, _("The changes are saved."), address(found.organisation))
    return form_page(request, form, title=_("Edit the desk"), button=_("Save"), back=address(found.organisation))


@require_POST
@staff_only
def front(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_desk(actor, pk)
    done = _("This is the region's front desk now.")
    to = reverse("network:region", args=[found.region.code])
    return do_now(request, lambda: make_front_desk(by=actor, desk=found), done=done, to=to)


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_desk(actor, pk)
    access.require(access.can_edit_desk(actor, found))
    return confirm_page(
        request,
        lambda: close_desk(by=actor, desk=found),
        title=_("Close the desk %(name)s?") % {"name": found.name},
        text=_("It takes no more cases. Its old cases stay readable to the organisation."),
        button=_("Close the desk"),
        back=address(found.organisation),
        done=_("The desk is closed."),
    )


@staff_only
def desk_hours(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.get_desk(actor_of(request), pk)
    access.require(access.can_edit_desk(actor_of(request), found))
    return _hours(request, found, address(found.organisation))


@staff_only
def region_hours(request: HttpRequest, code: str) -> HttpResponse:
    found = access.get_region(actor_of(request), code)
    access.require(access.can_edit_region(actor_of(request), found.pk))
    return _hours(request, found, reverse("network:region", args=[found.code]))


@staff_only
def premises_hours(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.get_premises(actor_of(request), pk)
    access.require(access.can_edit_hours(actor_of(request), found))
    return _hours(request, found, address(found.organisation))


def _hours(request: HttpRequest, owner: Owner, back: str) -> HttpResponse:
    """The week, the closing days, and the days with hours of their own; the fields tell which form was sent."""
    actor, sends_day, sends_open = actor_of(request), "day" in request.POST, "open_day" in request.POST
    if "take_back" in request.POST:
        return _take_back(request, owner)
    week = HoursForm(request.POST if request.POST and not sends_day and not sends_open else None, week=own_week(owner))
    closing = ClosingDayForm(request.POST if sends_day else None)
    opening = OpeningDayForm(request.POST if sends_open else None)
    if sends_open and acted(opening, lambda: _open_day(actor, owner, opening)):
        return saved(request, _("The hours of the day are saved."), request.path)
    if sends_day and attempt(closing, lambda: add_closing_day(by=actor, owner=owner, **closing.cleaned_data)) is not None:
        return saved(request, _("The closing day is saved."), request.path)
    if week.is_bound and acted(week, lambda: set_hours(by=actor, owner=owner, week=week.week())):
        recounted = _("The opening hours are saved. Promises that run are counted anew in them.")
        return saved(request, _("The opening hours are saved.") if isinstance(owner, Premises) else recounted, back)
    context = {
        "owner": owner,
        "is_region": isinstance(owner, Region),
        "is_place": isinstance(owner, Premises),
        "form": week,
        "closing": closing,
        "opening": opening,
        "days": owner.closing_days.filter(day__gte=timezone.localdate()),
        "open_days": [(day, format_hours(hours), reason) for day, hours, reason in own_days(owner, timezone.localdate())],
        "back": back,
    }
    return render(request, "network/hours.html", context, status=422 if week.errors or closing.errors or opening.errors else 200)


def _open_day(actor: Actor, owner: Owner, form: OpeningDayForm) -> None:
    given = form.cleaned_data
    set_day_hours(by=actor, owner=owner, day=given["open_day"], hours=given["hours"], reason=given["open_reason"])


def _take_back(request: HttpRequest, owner: Owner) -> HttpResponse:
    day = parse_date(request.POST["take_back"])
    if day is None:
        raise NotFound
    done = _("The day is an ordinary one again.")
    return do_now(request, lambda: set_day_hours(by=actor_of(request), owner=owner, day=day, hours=CLOSED), done=done, to=request.path)


@require_POST
@staff_only
def remove_day(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(ClosingDay.objects.select_related("region", "desk__organisation", "premises"), pk=pk)
    done = _("The day is an ordinary one again.")
    if found.premises_id:
        to = reverse("network:premises-hours", args=[found.premises_id])
    elif found.desk:
        to = reverse("network:desk-hours", args=[found.desk.pk])
    else:
        assert found.region is not None
        to = reverse("network:region-hours", args=[found.region.code])
    return do_now(request, lambda: remove_closing_day(by=actor, closing_day=found), done=done, to=to)


@staff_only
def new_premises(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    organisation = access.get_organisation(actor, code)
    access.require(access.can_edit_organisation(actor, organisation.pk))
    form = PremisesForm(request.POST or None)
    made = attempt(
        form, lambda: once(request.POST.get("submit_key"), lambda: add_premises(by=actor, organisation=organisation, details=form.details()).pk)
    )
    if made is not None:
        return saved(request, _("The place is saved."), address(organisation))
    return form_page(request, form, title=_("New place to serve"), button=_("Add the place"), back=address(organisation))


@staff_only
def premises(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(Premises.objects.select_related("organisation"), pk=pk)
    access.require(access.can_edit_organisation(actor, found.organisation_id))
    form = PremisesForm(request.POST or None, initial=initial_of(found, PremisesDetails))
    if attempt(form, lambda: edit_premises(by=actor, premises=found, details=form.details())):
        return saved(request, _("The changes are saved."), address(found.organisation))
    return form_page(request, form, title=_("Edit the place"), button=_("Save"), back=address(found.organisation))


@staff_only
def leave_premises(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(Premises.objects.select_related("organisation"), pk=pk)
    access.require(access.can_edit_organisation(actor, found.organisation_id))
    return confirm_page(
        request,
        lambda: close_premises(by=actor, premises=found),
        title=_("Close the place %(name)s?") % {"name": found.name},
        text=_("Customers no longer see it."),
        button=_("Close the place"),
        back=address(found.organisation),
        done=_("The place is closed."),
    )


@require_POST
@staff_only
def return_to_premises(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(Premises.objects.select_related("organisation"), pk=pk)
    return do_now(request, lambda: reopen_premises(by=actor, premises=found), done=_("The place is open again."), to=address(found.organisation))
