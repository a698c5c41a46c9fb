"""The rooms of my organisation: added, mended, taken out of use."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.errors import NotAllowed, NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, form_page, saved
from luukku.desk.access import can_manage_room
from luukku.desk.actions.appointments.rooms import add_room, change_room, end_room
from luukku.desk.models import Room
from luukku.desk.queries.logging_choices import logging_choices
from luukku.desk.web.staff.frame import desk_only
from luukku.desk.web.staff.times_forms import RoomForm
from luukku.network.models import Organisation


@require_safe
@desk_only
def show(request: HttpRequest) -> HttpResponse:
    organisations = _mine(request)
    rooms = Room.objects.filter(organisation__in=organisations, deactivated_at=None, point=None).select_related("premises", "organisation")
    return render(request, "desk/staff/rooms.html", {"rooms": rooms, "several": len(organisations) > 1})


@desk_only
def new(request: HttpRequest) -> HttpResponse:
    """A new room of my organisation."""
    actor, organisation = actor_of(request), _mine(request)[0]
    form = RoomForm(request.POST or None, organisation=organisation)
    if attempt(form, lambda: add_room(by=actor, organisation=organisation, **form.cleaned_data)):
        return saved(request, _("The room can be booked with times now."), reverse("desk:publish_times"))
    return form_page(request, form, title=_("New room"), button=_("Save"), back=reverse("desk:rooms"))


@desk_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, room = actor_of(request), _room(request, pk)
    form = RoomForm(request.POST or None, organisation=room.organisation, room=room)
    if attempt(form, lambda: change_room(by=actor, room=room, **form.cleaned_data)):
        return saved(request, _("The changes are saved."), reverse("desk:rooms"))
    return form_page(request, form, title=room.name, button=_("Save"), back=reverse("desk:rooms"))


@desk_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor, room = actor_of(request), _room(request, pk)
    return confirm_page(
        request, lambda: end_room(by=actor, room=room), title=_("Take %(name)s out of use?") % {"name": room.name},
        text=_("It can be chosen for no new times. What has been held there stays in the history."), button=_("Take out of use"),
        back=reverse("desk:rooms"), done=_("The room is out of use."),
    )  # fmt: skip


def _mine(request: HttpRequest) -> list[Organisation]:
    """The organisations at whose desks the actor serves and whose rooms she keeps. Raises NotAllowed for none."""
    actor = actor_of(request)
    found = {desk.organisation_id: desk.organisation for desk in logging_choices(actor).own if can_manage_room(actor, desk.organisation_id)}
    if not found:
        raise NotAllowed
    return list(found.values())


def _room(request: HttpRequest, pk: int) -> Room:
    found = Room.objects.filter(pk=pk, deactivated_at=None, point=None).select_related("organisation", "premises").first()
    if found is None:
        raise NotFound
    if not can_manage_room(actor_of(request), found.organisation_id):
        raise NotAllowed
    return found
