"""Signing in through the network's own OpenID Connect provider: it says who she is, never who may come in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect

from luukku.accounts.models import User


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """The user with an address that the provider has verified: `true` itself, since some send the word "false".

        Her address here counts as verified, for administrators gave it; without that row allauth would wipe her password.
        """
        for address in sociallogin.email_addresses:
            if address.verified is not True and not settings.LUUKKU_OIDC_TRUST_EMAIL:
                continue
            user = User.objects.filter(email=address.email.strip().lower()).first()
            if user is not None:
                EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
                return user, user.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Only to sign in, never to tie an outside account with another address to oneself; and no copy of the provider's data is kept."""
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(redirect("account_mine"))
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])
