"""A card's history, and an older wording back as a new version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.catalogue.access import can_edit_service, get_service, get_service_to_edit
from luukku.catalogue.actions.editing import restore_version, undo_words
from luukku.catalogue.queries.history import card_history, differences, versions
from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, do_now, staff_only


@require_GET
@staff_only
def history(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    card = get_service(actor, code)
    return render(request, "catalogue/history.html", {"card": card, "changes": card_history(card), "can_edit": can_edit_service(actor, card)})


@require_POST
@staff_only
def undo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Keywords or phrases as they were before a change; it becomes a change of its own, which can be undone too."""
    actor = actor_of(request)
    card = get_service_to_edit(actor, code)
    to = reverse("catalogue:history", args=[code])
    return do_now(
        request, lambda: undo_words(by=actor, service=card, version=pk), done=_("The words are back. The matcher learns them tonight."), to=to
    )


@staff_only
def restore(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show what would change, and do it on POST."""
    actor = actor_of(request)
    card = get_service_to_edit(actor, code)
    version = versions(card).filter(pk=pk).first()
    if version is None:
        raise NotFound
    if request.method == "POST":
        to = reverse("catalogue:service", args=[code])
        return do_now(request, lambda: restore_version(by=actor, service=card, version=pk), done=_("The older wording is back."), to=to)
    return render(request, "catalogue/restore.html", {"card": card, "version": version, "fields": differences(card, version)})
