"""Whether somebody has more than a password or a mailbox to prove who she is with."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from luukku.accounts.models import User
from luukku.core.actor import PUBLIC

SESSION_KEY = "luukku_second_factor"
KEPT, ASK = "kept", "ask"
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User | AnonymousUser) -> bool:
    """An authenticator app or a passkey; recovery codes alone do not count."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=STRONG).exists())


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether this request comes from staff who must set up a second factor first. Never in demo mode.

    Signing in by authenticator, passkey or OpenID Connect proves it; what was found is kept in the session, so that it costs no
    query on the next page.
    """
    if settings.LUUKKU_DEMO or not getattr(request, "actor", PUBLIC).is_staff or request.session.get(SESSION_KEY) == KEPT:
        return False
    if _signed_in_strongly(request) or has_second_factor(request.user):
        request.session[SESSION_KEY] = KEPT
        return False
    return True


def ask_again(request: HttpRequest) -> None:
    """She has taken an authenticator away: look anew at the next request, whatever she signed in with."""
    request.session[SESSION_KEY] = ASK


def _signed_in_strongly(request: HttpRequest) -> bool:
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    methods = {str(record.get("method")) for record in records}
    if "socialaccount" in methods:
        return True
    return "mfa" in methods and request.session.get(SESSION_KEY) != ASK
