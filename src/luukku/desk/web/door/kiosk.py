"""The page of a tablet at a service point: four faces, one touch, thanks. In three languages at once, for nobody chooses one first.

The address is the only key, so there is no cookie to forge a form with, and an answer that waited for the network is sent by script.
"""

import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound, RuleBroken
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of
from luukku.core.ui.private import private
from luukku.desk.access.links import actors_kiosk
from luukku.desk.actions.kiosks import answer_kiosk
from luukku.desk.enums import Face
from luukku.desk.models import Kiosk
from luukku.desk.web.door.place import Response


@dataclass(frozen=True)
class Said:
    """The page's sentences in one language."""

    language: str
    question: str
    thanks: str
    faces: dict[int, str]


@cache
def _sentences() -> tuple[Said, ...]:
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            faces = {face.value: str(face.label) for face in Face}
            found.append(Said(language, _("How did we serve you today?"), _("Thank you!"), faces))
    return tuple(found)


def _kiosk(request: HttpRequest) -> Kiosk | None:
    """The tablet, if it is in use."""
    try:
        kiosk = actors_kiosk(actor_of(request))
    except NotFound:
        return None
    return kiosk if kiosk.ended_at is None else None


def _page(request: HttpRequest, token: str, *, thanks: bool = False) -> Response:
    kiosk = _kiosk(request)
    if kiosk is None:
        return private(render(request, "desk/door/kiosk_ended.html", status=404))
    said = _sentences()
    faces = [(face, [(each.language, each.faces[face]) for each in said]) for face in sorted(Face.values, reverse=True)]
    context = {"kiosk": kiosk, "token": token, "said": said, "faces": faces, "key": uuid.uuid4(), "thanks": thanks}
    return private(render(request, "desk/door/kiosk.html", context))


@require_safe
def thanks(request: HttpRequest, token: str) -> Response:
    """Where a browser without scripts comes to."""
    return _page(request, token, thanks=True)


@csrf_exempt
@limited("kiosk", limit=900, seconds=3600)
def kiosk(request: HttpRequest, token: str) -> Response:
    """The four faces; a POST is an answer. A script gets 204, or 410 when the tablet is out of use."""
    if request.method != "POST":
        return _page(request, token)
    return _answer(request, token)


@require_POST
def _answer(request: HttpRequest, token: str) -> Response:
    by_script = request.headers.get("X-Requested-With") == "kiosk"
    found = _kiosk(request)
    if found is None:
        return HttpResponse(status=410) if by_script else _page(request, token)
    try:
        key, face = uuid.UUID(request.POST.get("key", "")), int(request.POST.get("face", ""))
        given_at = parse_datetime(request.POST.get("given_at", ""))
        answer_kiosk(by=actor_of(request), kiosk=found, face=face, key=key, given_at=given_at if given_at and given_at.tzinfo else None)
    except (ValueError, RuleBroken):
        return HttpResponse(status=400) if by_script else _page(request, token)
    return HttpResponse(status=204) if by_script else redirect(reverse("desk:kiosk_thanks", kwargs={"token": token}))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page at hand without network; it must lie under the tablets' own address."""
    path = finders.find("luukku/built/kiosk-worker.js")
    if path is None:
        raise NotFound
    return HttpResponse(Path(path).read_bytes(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "max-age=3600"})
