"""Where sign-in leads, and what is closed."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from luukku.core.actor import PUBLIC, Actor
from luukku.core.registries import landings


def place_of(actor: Actor) -> str:
    """Her home: what a higher module offers for her, or her own account page."""
    for landing in sorted(landings.all(), key=lambda each: each.order):
        url = landing.url(actor)
        if url:
            return url
    return reverse("account_mine")


@login_required
@never_cache
def landing(request: HttpRequest) -> HttpResponse:
    """The way home after signing in, in her own language on a browser where none was chosen."""
    response = redirect(place_of(getattr(request, "actor", PUBLIC)))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        set_language_cookie(response, request.user.language)  # type: ignore[union-attr]
    return response


def set_language_cookie(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


def emptying(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Signing out for those without a user, too: allauth's page does nothing for a customer who has proved her address only."""

    @wraps(view)
    def emptied(request: HttpRequest) -> HttpResponse:
        response = view(request)
        if request.method == "POST" and getattr(request, "actor", PUBLIC).kind == "customer":
            request.session.flush()
        return response

    return emptied


def closed(request: HttpRequest) -> HttpResponse:
    """There is no such page here: users are made, and their addresses changed, where people are."""
    raise Http404
