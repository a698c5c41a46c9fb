"""Limits on public forms: so many sendings per caller and window, counted in the database (any number of web processes).

A caller is one device: its network's address and how its browser introduces itself. Behind one address there may be a whole office, so the
address as a whole may send several times as much; whoever changes the browser's name for each sending meets that limit.
"""

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial, wraps
from ipaddress import IPv6Address, ip_address
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from luukku.core.registries import helplines
from luukku.core.ui.kept import Target, give_back
from luukku.core.ui.times import hour_text

P = ParamSpec("P")
NETWORK = 5  # so many devices' worth may come from one address


def address_of(request: HttpRequest) -> str:
    """The caller's address: the connection's, or behind our own proxy (LUUKKU_BEHIND_PROXY) the one that the proxy added last."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return address
    return str(request.META.get("HTTP_X_FORWARDED_FOR", address)).rsplit(",", 1)[-1].strip()


def network_of(address: str) -> str:
    """What of an address belongs to one connection: an IPv4 address whole, of an IPv6 address the first half, since the rest is free to choose."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))


def over_limit(request: HttpRequest, form: str, *, limit: int, seconds: int) -> bool:
    """Count one use of `form`; True if this device has used it more than `limit` times in the present window of `seconds`, or its network
    `NETWORK` times as often."""
    network = network_of(address_of(request))
    device = "|".join((network, request.META.get("HTTP_USER_AGENT", ""), request.META.get("HTTP_ACCEPT_LANGUAGE", "")))
    count = partial(_count, form, (device, f"all of {network}"), seconds=seconds)
    request.__dict__.setdefault("again_when_undone", []).append(count)  # a form that is refused is a use of it, too
    of_device, of_network = count()
    return of_device > limit or of_network > limit * NETWORK


def count_use(form: str, caller: str, *, seconds: int) -> int:
    """Count one use of `form` by this caller (only a keyed digest is kept); how many there have been in the present window of `seconds`."""
    return _count(form, (caller,), seconds=seconds)[0]


def _count(form: str, callers: tuple[str, ...], *, seconds: int) -> list[int]:
    """One use by each of the callers, in one statement; how many there have been of each."""
    secret, window = settings.SECRET_KEY.encode(), int(time.time()) // seconds
    keys = [f"{form}:{hmac.new(secret, f'{form}|{caller}'.encode(), hashlib.sha256).hexdigest()[:40]}" for caller in callers]
    rows = ", ".join(["(%s, %s, 1)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into core_ratecount (caller, "window", count) values {rows}'
            ' on conflict (caller, "window") do update set count = core_ratecount.count + 1 returning caller, count',
            [value for key in sorted(keys) for value in (key, window)],  # always in one order: two at once wait and never block each other
        )
        found = dict(cursor.fetchall())
    return [int(found[key]) for key in keys]


def next_window(seconds: int) -> datetime:
    """When counting begins anew."""
    return datetime.fromtimestamp((int(time.time()) // seconds + 1) * seconds, UTC)


def limited(
    form: str, *, limit: int, seconds: int, when: Callable[[HttpRequest], bool] = lambda _: True
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Decorate a public view: POSTs over the limit get a page (429) that gives the words back, says when to try again, and whom to call.
    Only those of which `when` is true are counted."""

    def decorate(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            factor = settings.LUUKKU_RATE_FACTOR
            if request.method == "POST" and factor and when(request) and over_limit(request, form, limit=limit * factor, seconds=seconds):
                return _too_many(request, kwargs, next_window(seconds))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _too_many(request: HttpRequest, where: Mapping[str, Any], again: datetime) -> HttpResponse:
    words = _("This form has been sent many times from your network in a short time, so yours was not taken. Send it again after %(hour)s.")
    phone = next((number for helpline in helplines.all() if (number := helpline(where))), "")
    answer = give_back(
        request, title=_("Too many at once"), text=words % {"hour": hour_text(again)}, phone=phone,
        targets=[Target(request.get_full_path(), _("Send again"))], status=429,
    )  # fmt: skip
    answer["Retry-After"] = str(max(1, int((again - datetime.now(UTC)).total_seconds())))
    return answer
