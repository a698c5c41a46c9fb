"""Who comes by the interface: a partner's system, by the key in its Authorization header."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from luukku.core.actor import PUBLIC, Actor
from luukku.core.ratelimit import count_use
from luukku.core.ui.forms import actor_of
from luukku.desk.api.problems import no_key, problem, unreadable
from luukku.desk.queries.partners import partner_actor

ROOT = "/api/v1/"
LIMIT, SECONDS = 60, 60  # uses of one key a minute


def partner_of_request(request: HttpRequest) -> Actor | None:
    """The partner's system. Loader of the middleware; for the interface's addresses nobody else is let in, whoever has signed in.

    Uses of a key are counted here, before the request's transaction: what is refused counts too, and requests do not wait for each other.
    """
    if not request.path_info.startswith(ROOT):
        return None
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    found = partner_actor(secret.strip()) if scheme.lower() == "bearer" and secret.isascii() else None
    if found is None:
        return PUBLIC
    actor, request.partner_key = found  # type: ignore[attr-defined]
    factor = settings.LUUKKU_RATE_FACTOR
    request.over_limit = bool(factor) and count_use("partner", str(request.partner_key), seconds=SECONDS) > LIMIT * factor  # type: ignore[attr-defined]
    return actor


def partners_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in systems with a key that is in use, not too often; and answer whatever goes wrong as problem details."""

    @csrf_exempt  # a key in a header is sent by no browser on its own
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if actor_of(request).kind != "partner":
            return no_key()
        if request.over_limit:  # type: ignore[attr-defined]
            return problem(429, headers={"Retry-After": str(SECONDS)})
        try:
            answer = view(request, *args, **kwargs)
        except RequestDataTooBig:
            return problem(413)
        except BadRequest:
            return unreadable()
        except Http404:
            return problem(404)
        patch_vary_headers(answer, ["Authorization"])
        return answer

    return guarded


@partners_only
def contacts(request: HttpRequest) -> HttpResponse:
    return _operation("contacts", request)


@partners_only
def contact(request: HttpRequest, number: str) -> HttpResponse:
    return _operation(f"contacts/{number}", request)


def _operation(path: str, request: HttpRequest) -> HttpResponse:
    """The interface's own code is loaded when its first request comes: most processes never need its memory."""
    from luukku.desk.api.contacts import run

    return run(path, request)


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The machine-readable description; open to everybody."""
    from luukku.desk.api.contacts import description

    return HttpResponse(json.dumps(description(), ensure_ascii=False, indent=1), content_type="application/json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same in words."""
    return render(request, "desk/partners/docs.html", {"base": settings.LUUKKU_BASE_URL + ROOT, "limit": LIMIT})
