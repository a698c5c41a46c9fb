"""Somebody without a sign-in stands before one document by her personal link: she reads exactly the text that she signs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.agreements.access import link_actor
from luukku.agreements.actions.signing import sign as sign_text
from luukku.agreements.models import Signatory
from luukku.agreements.queries.pages import document_page
from luukku.agreements.web.documents import attachment_of, context_of, download_of, plain_of
from luukku.agreements.web.paper import paper_of
from luukku.core.pdf import pdf_response
from luukku.core.ratelimit import limited
from luukku.core.registries import LinkOpener, links
from luukku.core.ui.forms import actor_of, do_now
from luukku.core.ui.private import private, speak

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Signatory, str, P], HttpResponseBase]


def register_links() -> None:
    """Called once at start."""
    links.register("agreements /y/", LinkOpener("/y/", "agreements", link_actor))


def on_document(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view of the one document of a link, in its holder's language and out of every cache and index."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        token, actor = str(kwargs.pop("token", "")), actor_of(request)
        rows = Signatory.objects.select_related("document__agreement__region", "person__user", "organisation")
        mine = rows.filter(principal__in=actor.principals).first() if actor.kind == "link" else None
        if mine is None:
            return private(render(request, "agreements/door/dead.html", status=404))
        language = mine.person.mail_language if mine.person is not None else mine.language
        speak(request, language, mine.document.agreement.region)
        return private(view(request, mine, token, *args, **kwargs))

    return found


@require_safe
@on_document
def show(request: HttpRequest, mine: Signatory, token: str) -> HttpResponse:
    page = document_page(actor_of(request), mine.document_id)
    return render(request, "agreements/door/document.html", context_of(page) | {"token": token, "mine": mine})


@limited("outside", limit=60, seconds=3600)
@require_POST
@on_document
def sign(request: HttpRequest, mine: Signatory, token: str) -> HttpResponse:
    actor, digest = actor_of(request), request.POST.get("digest", "")
    to = reverse("agreements:link", kwargs={"token": token})
    return do_now(request, lambda: sign_text(by=actor, document=mine.document, digest=digest), done=_("Thank you, you have signed."), to=to)


@require_safe
@on_document
def pdf(request: HttpRequest, mine: Signatory, token: str) -> HttpResponse:
    return pdf_response(paper_of(document_page(actor_of(request), mine.document_id)))


@require_safe
@on_document
def plain(request: HttpRequest, mine: Signatory, token: str) -> HttpResponse:
    return plain_of(mine.document)


@require_safe
@on_document
def attachment(request: HttpRequest, mine: Signatory, token: str, which: int) -> FileResponse:
    return download_of(attachment_of(mine.document, which))
