"""Staff screens of people and their seats."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.core.actor import Actor
from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.network import access
from luukku.network.actions.people import (
    PersonDetails,
    add_person,
    allow_sign_in,
    deactivate_person,
    edit_person,
    publish_person,
    reactivate_person,
)
from luukku.network.actions.seats import end_seat, give_seat
from luukku.network.models import Organisation, Person, Region
from luukku.network.queries.history import person_history
from luukku.network.queries.people import colleagues_of, person_page
from luukku.network.web.forms import PersonForm, SeatForm, initial_of, roles_to_give


def address(person: Person) -> str:
    """The page of the person."""
    return reverse("network:person", args=[person.pk])


@require_GET
@staff_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    page = person_page(found)
    context = {
        "person": found,
        "page": page,
        "endable": {seat.pk for seat in page.seats if access.can_end_seat(actor, seat)},
        "can_edit": access.can_edit_person(actor, found),
        "can_enter_absence": access.can_enter_absence(actor, found),
        "can_publish": access.can_publish_person(actor, found),
        "can_admit": access.can_admit_person(actor, found),
        "can_bring_back": access.can_bring_back(actor, found),
        "closed": found.user is not None and not found.user.is_active,
        "can_give": bool(roles_to_give(actor)),
        "is_me": actor.person_id == found.pk,
        "today": timezone.localdate(),
    }
    return render(request, "network/person.html", context)


@staff_only
def new_in_organisation(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    organisation = access.get_organisation(actor, code)
    access.require(access.can_edit_organisation(actor, organisation.pk))
    return _new(request, actor, back=reverse("network:organisation", args=[code]), organisation=organisation)


@staff_only
def new_in_region(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    region = access.get_region(actor, code)
    access.require(access.can_edit_region(actor, region.pk))
    return _new(request, actor, back=reverse("network:region", args=[code]), region=region)


def _new(request: HttpRequest, actor: Actor, *, back: str, organisation: Organisation | None = None, region: Region | None = None) -> HttpResponse:
    """Two forms that are sent together: who she is, and her first seat."""
    form = PersonForm(request.POST or None)
    seat = SeatForm(request.POST or None, actor=actor, organisation=organisation, region=region)
    ready = seat.is_valid()
    made = attempt(
        form, lambda: once(request.POST.get("submit_key"), lambda: add_person(by=actor, details=form.details(), **seat.place()).pk) if ready else None
    )
    if made is not None:
        return saved(
            request,
            _("This person is in the network now. Allow signing in, and show them to the public if their organisation wants."),
            reverse("network:person", args=[made]),
        )
    context = {"form": form, "seat": seat, "back": back, "place": organisation or region}
    return render(request, "network/new_person.html", context, status=422 if form.errors or seat.errors else 200)


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    access.require(access.can_edit_person(actor, found))
    form = PersonForm(request.POST or None, initial=initial_of(found, PersonDetails), colleagues=colleagues_of(found))
    if attempt(form, lambda: edit_person(by=actor, person=found, details=form.details())):
        return saved(request, _("The changes are saved."), address(found))
    return form_page(request, form, title=_("Edit %(name)s") % {"name": found.name}, button=_("Save"), back=address(found))


@require_GET
@staff_only
def history(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    access.require(access.can_edit_person(actor, found))
    return render(request, "network/history.html", {"title": found.name, "back": address(found), "changes": person_history(found)})


@require_POST
@staff_only
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found, show = access.get_person(actor, pk), request.POST.get("show") == "1"
    done = _("Customers see this person in the directory now.") if show else _("Customers no longer see this person.")
    return do_now(request, lambda: publish_person(by=actor, person=found, published=show), done=done, to=address(found))


@require_POST
@staff_only
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    done = _("Signing in works now with a code that is sent to %(email)s.") % {"email": found.email}
    return do_now(request, lambda: allow_sign_in(by=actor, person=found), done=done, to=address(found))


@staff_only
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    access.require(access.can_admit_person(actor, found))
    return confirm_page(
        request,
        lambda: deactivate_person(by=actor, person=found),
        title=_("Has %(name)s left?") % {"name": found.name},
        text=_("All seats end, signing in is no longer possible and customers no longer see this person. What has been done stays under the name."),
        button=_("Deactivate"),
        back=address(found),
        done=_("The person has been deactivated."),
    )


@staff_only
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    access.require(access.can_bring_back(actor, found))
    form = SeatForm(request.POST or None, actor=actor)
    if attempt(form, lambda: reactivate_person(by=actor, person=found, **form.place())):
        done = _("%(name)s is back. Open the sign-in next, and the public page if the organisation wants.")
        return saved(request, done % {"name": found.name}, address(found))
    intro = _("Nobody is in the network without a seat: choose the first one. What was done before stays under the same name.")
    title = _("%(name)s comes back") % {"name": found.name}
    return form_page(request, form, title=title, button=_("Bring back"), back=address(found), intro=intro)


@staff_only
def new_seat(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    access.require(bool(roles_to_give(actor)))
    form = SeatForm(request.POST or None, actor=actor)
    if attempt(form, lambda: give_seat(by=actor, person=found, **form.place())):
        return saved(request, _("The seat is given from today."), address(found))
    title = _("New seat for %(name)s") % {"name": found.name}
    return form_page(request, form, title=title, button=_("Give the seat"), back=address(found))


@staff_only
def take_seat(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    seat = access.get_seat(actor, pk)
    access.require(access.can_end_seat(actor, seat))
    return confirm_page(
        request,
        lambda: end_seat(by=actor, seat=seat),
        title=_("End the seat %(role)s of %(name)s?") % {"role": seat.get_role_display(), "name": seat.person.name},
        text=_("What the seat allows ends at once. The seat stays in the history."),
        button=_("End the seat"),
        back=address(seat.person),
        done=_("The seat has ended."),
    )
