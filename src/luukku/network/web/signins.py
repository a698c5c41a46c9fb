"""Administrators' screens: who signs in, and help for those who cannot."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.core.ui.forms import actor_of, confirm_page, do_now, staff_only
from luukku.core.ui.sought import sought
from luukku.network import access
from luukku.network.actions import signins
from luukku.network.models import Person
from luukku.network.queries.signins import sign_in_list, sign_in_of


def address(person: Person) -> str:
    """The page of her sign-in."""
    return reverse("network:sign-in", args=[person.pk])


@require_GET
@staff_only
def sign_ins(request: HttpRequest) -> HttpResponse:
    words, state = sought(request, "q"), request.GET.get("state", "")
    found = Paginator(sign_in_list(actor_of(request), words, state), 50).get_page(request.GET.get("page"))
    return render(request, "network/sign_ins.html", {"page": found, "words": words, "state": state})


@require_GET
@staff_only
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    user = sign_in_of(actor, pk)
    return render(request, "network/sign_in.html", {"user": user, "person": user.person, "is_me": user.pk == actor.user_id})


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor, person = actor_of(request), _person(request, pk)
    return confirm_page(
        request,
        lambda: signins.close_sign_in(by=actor, person=person),
        title=_("Close the sign-in of %(name)s?") % {"name": person.name},
        text=_("The person is signed out at once and cannot come in again until it is opened. Their seats and what they have done stay."),
        button=_("Close the sign-in"),
        back=address(person),
        done=_("The sign-in is closed."),
    )


@staff_only
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    actor, person = actor_of(request), _person(request, pk)
    return confirm_page(
        request,
        lambda: signins.reset_second_step(by=actor, person=person),
        title=_("Reset the second step of %(name)s?") % {"name": person.name},
        text=_("Make sure of who is asking: call. The app, passkeys and recovery codes are removed, and the person is told by mail."),
        button=_("Reset the second step"),
        back=address(person),
        done=_("The second step is reset. A new one is set up at the next sign-in."),
    )


@require_POST
@staff_only
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    actor, person = actor_of(request), _person(request, pk)
    return do_now(request, lambda: signins.open_sign_in(by=actor, person=person), done=_("This person can sign in again."), to=address(person))


@require_POST
@staff_only
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    actor, person = actor_of(request), _person(request, pk)
    return do_now(
        request, lambda: signins.sign_out_everywhere(by=actor, person=person), done=_("This person is signed out everywhere."), to=address(person)
    )


def _person(request: HttpRequest, pk: int) -> Person:
    actor = actor_of(request)
    access.require(access.can_administer(actor))
    return access.get_person(actor, pk)
