"""Staff without a second factor are led to the page where they set one up."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from luukku.accounts.access import ask_again, lacks_second_factor

OPEN = ("account_", "mfa_", "usersessions_", "openid_connect_", "socialaccount_", "set_language")
TAKES_AWAY = ("mfa_deactivate_totp", "mfa_remove_webauthn")


class SecondFactorMiddleware:
    """After ActorMiddleware. Leaves open only the pages of her own account and the choice of language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.view_name in TAKES_AWAY and request.method == "POST":
            ask_again(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = (match.view_name if match else "") or ""
        if name.startswith(OPEN) or not lacks_second_factor(request):
            return None
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(reverse("mfa_index"))
        return redirect("mfa_index")
