"""Limits on public forms: so many sendings per caller and window, counted in the database (any number of web processes)."""

import hashlib
import hmac
import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

P = ParamSpec("P")


def address_of(request: HttpRequest) -> str:
    """The caller's address: the connection's, or behind our own proxy (LUUKKU_BEHIND_PROXY) the one that the proxy added last."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return address
    return str(request.META.get("HTTP_X_FORWARDED_FOR", address)).rsplit(",", 1)[-1].strip()


def over_limit(request: HttpRequest, form: str, *, limit: int, seconds: int) -> bool:
    """Count one use of `form` by this caller; True if there have been more than `limit` in the present window of `seconds`."""
    count = partial(count_use, form, address_of(request), seconds=seconds)
    request.__dict__.setdefault("again_when_undone", []).append(count)  # a form that is refused is a use of it, too
    return count() > limit


def count_use(form: str, caller: str, *, seconds: int) -> int:
    """Count one use of `form` by this caller (only a keyed digest is kept); how many there have been in the present window of `seconds`."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"{form}|{caller}".encode(), hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            'insert into core_ratecount (caller, "window", count) values (%s, %s, 1)'
            ' on conflict (caller, "window") do update set count = core_ratecount.count + 1 returning count',
            [f"{form}:{key[:40]}", int(time.time()) // seconds],
        )
        return int(cursor.fetchone()[0])


def limited(
    form: str, *, limit: int, seconds: int
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Decorate a public view: POSTs over the limit get a plain page (429) that says when to try again."""

    def decorate(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            factor = settings.LUUKKU_RATE_FACTOR
            if request.method == "POST" and factor and over_limit(request, form, limit=limit * factor, seconds=seconds):
                minutes = max(1, seconds // 60)
                words = _("This form has been sent many times from your network in a short time. Try again in %(n)s minutes, or call us.")
                return render(request, "luukku/error.html", {"title": _("Too many at once"), "text": words % {"n": minutes}}, status=429)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
