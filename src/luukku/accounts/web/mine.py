"""My account: what I sign in with, and my language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luukku.accounts import actions
from luukku.accounts.queries import keys_of
from luukku.accounts.web.signing_in import place_of, set_language_cookie
from luukku.core.actor import PUBLIC


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    actor = getattr(request, "actor", PUBLIC)
    place = place_of(actor)
    context = {"keys": keys_of(request.user), "languages": settings.LANGUAGES, "place": "" if place == request.path else place}
    return render(request, "account/mine.html", context)


@login_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    response = redirect("account_mine")
    if request.user.pk and language in dict(settings.LANGUAGES):
        actions.choose_language(user_id=request.user.pk, language=language)
        set_language_cookie(response, language)
        with translation.override(language):
            messages.success(request, _("Saved. Pages and mails come to you in this language."))
    return response
