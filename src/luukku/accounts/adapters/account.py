"""Signing in: nobody signs up, mails are ours, and no more is kept about a session than its owner needs."""

from smtplib import SMTPException
from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as request_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from luukku.accounts.adapters.browsers import plain_browser
from luukku.accounts.mails import letter_for
from luukku.accounts.models import User

log = structlog.get_logger("luukku.accounts")
_UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 (the column must hold one; we keep none)
# What Django says to a weak password, collected here because its Finnish is missing or reads badly.
_OF_DJANGO = (
    gettext_lazy("The password is too similar to the %(verbose_name)s."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
_WAYS = {
    "reauthenticate": gettext_lazy("Use your password"),
    "mfa_reauthenticate": gettext_lazy("Use a code of your authenticator app"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This sign-in has been closed. Ask your administrator."),
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is not right. Check both."),
        "enter_current_password": gettext_lazy("This is not your present password."),
        "incorrect_code": gettext_lazy("The code is not right, or it has expired. Check it, or ask for a new one."),
        "incorrect_password": gettext_lazy("The password is not right."),
        "invalid_password_reset": gettext_lazy("The link is no longer valid. Ask for a new one."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Wait five minutes and try again."),
        "rate_limited": gettext_lazy("Too many attempts in a short time. Wait a moment and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only where the passkey script asks for its options. A form answered with 400 would undo the count of wrong passwords with the request."""
        match = request.resolver_match
        return request.method == "GET" and match is not None and match.url_name == "mfa_login_webauthn" and bool(super().is_ajax(request))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_landing")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_mine")

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        return f"{settings.LUUKKU_BASE_URL}{path}"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """What she proved at sign-in counts for as long as a confirmation does; a code from the mailbox does not stand for it."""
        request = request_context.request
        records = [each for each in get_authentication_records(request, request.user) if each["method"] != "code"]
        if records and timezone.now().timestamp() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        return [method | {"description": _WAYS[method["id"]]} for method in super().get_reauthentication_methods(user)]

    def reauthenticate(self, user: User, password: str) -> bool:
        """By the user's own address: allauth would look for a row of its own that our users need not have."""
        found = self.authenticate(request_context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """A session keeps when and with what kind of browser, not from which address."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        browser = plain_browser(request.META.get("HTTP_USER_AGENT", ""))
        UserSession.objects.filter(session_key=request.session.session_key).update(ip=_UNKNOWN_ADDRESS, user_agent=browser)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """At once, since she waits for it. Known address or not, she sees the same; so she does when the mail server is away."""
        try:
            letter_for(template_prefix, email, context).send()
        except (SMTPException, OSError) as error:
            log.warning("mail not sent", kind=template_prefix.rpartition("/")[2], error=type(error).__name__)
            words = {"title": _("The mail did not go out"), "text": _("Our mail server does not answer. Try again in a few minutes.")}
            raise ImmediateHttpResponse(render(self.request, "luukku/error.html", words, status=503)) from error

    def send_notification_mail(self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None) -> None:
        """Tells her what was changed in her sign-in. The change stands even if the mail cannot go out."""
        try:
            letter_for(template_prefix, user.email, (context or {}) | {"at": timezone.now()}).send()
        except (SMTPException, OSError) as error:
            log.warning("mail not sent", kind=template_prefix.rpartition("/")[2], error=type(error).__name__)
