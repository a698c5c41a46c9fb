"""One transaction around each request, view and rendering included, in which the database knows the actor."""

import time
from collections.abc import Callable
from importlib import import_module

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import cached_property

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.logs import place_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("luukku.web")
# Ordinary answers of 403, 404 and 400: the request's own line tells them, and nothing is broken.
_ANSWERS = (Http404, PermissionDenied, BadRequest, SuspiciousOperation, MultiPartParserError)


def _load(path: str) -> Callable[[HttpRequest], Actor | None]:
    module, name = path.rsplit(".", 1)
    loader: Callable[[HttpRequest], Actor | None] = getattr(import_module(module), name)
    return loader


class ActorMiddleware:
    """Finds the actor of the request, opens her transaction, and answers inside it.

    ATOMIC_REQUESTS would end before lazy rendering, and the page would come out empty; this wraps the whole answer. Loaders (settings
    LUUKKU_ACTOR_LOADERS) are asked in turn. An answer of 400 and above undoes what the view wrote; what must outlive that (counts
    of core.ratelimit) stands in the request's `again_when_undone` and is written once more, in a transaction of its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    @cached_property
    def loaders(self) -> list[Callable[[HttpRequest], Actor | None]]:
        return [_load(path) for path in settings.LUUKKU_ACTOR_LOADERS]

    def actor_of(self, request: HttpRequest) -> Actor:
        for loader in self.loaders:
            actor = loader(request)
            if actor is not None:
                return actor
        return PUBLIC

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in settings.LUUKKU_WITHOUT_ACTOR:
            return self.get_response(request)
        actor = self.actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        with act_as(actor):
            response = self.get_response(request)
            undone = response.status_code >= 400
            if undone:
                transaction.set_rollback(True)
        again = request.__dict__.get("again_when_undone", ())
        if undone and again:
            with act_as(actor):
                for write in again:
                    write()
        return response


class LogMiddleware:
    """One line per request: route, status, milliseconds. Never the path (links carry secrets), the address or the person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        start = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            route=match.view_name if match else "none",
            method=request.method,
            status=response.status_code,
            ms=round((time.perf_counter() - start) * 1000, 1),
        )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Where the code broke and by which kind of error; never its words, which may quote a row. A refusal is no error."""
        if isinstance(exception, _ANSWERS):
            return
        match = request.resolver_match
        log.error("broken", route=match.view_name if match else "none", error=type(exception).__name__, at=place_of(exception))


class HeadersMiddleware:
    """Security headers that Django has no setting for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        if getattr(request, "actor", PUBLIC).kind != "public":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
