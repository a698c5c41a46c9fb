"""The demo's own pages: sign in as somebody with one click, the outbox with all sent mail, the parts of the look."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from luukku.accounts.models import User
from luukku.demo.models import OutboxMail

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OUTBOX_SHOWN = 100
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self';"
    " sandbox allow-top-navigation-by-user-activation allow-popups"
)
# Login, what she is, what to try with her.
ROLES: tuple[tuple[str, Any, Any], ...] = (
    ("adviser", _("Adviser"), _("works a queue and handles cases in Suupohja")),
    ("desklead", _("Desk lead"), _("sees the desk's load and assigns cases")),
    ("partner", _("Adviser of a partner"), _("works at Finnvera's desk in the same region")),
    ("coordinator", _("Regional coordinator"), _("runs the network: figures, parties, hours, unmet needs")),
    ("steering", _("Chair of the steering group"), _("reads the figures")),
    ("member", _("Member of the steering group"), _("answers invitations, reads minutes, comments on the plan")),
    ("area", _("Area contact"), _("follows the regions of an area")),
    ("national", _("National owner"), _("follows all regions, edits the common cards")),
    ("operator", _("National operator"), _("answers the nation's number and brings callers to their regions")),
    ("editor", _("Service editor"), _("keeps an organisation's service cards right")),
    ("outsider", _("Adviser in another region"), _("sees nothing of Suupohja's cases")),
    ("shepherd", _("Customer's shepherd"), _("bought in: keeps three customers and sees nothing else")),
    ("founder", _("Founder"), _("an entrepreneur with two matters of their own")),
    ("admin", _("Administrator"), _("installs, imports, manages sign-ins")),
)


def panel_context(request: HttpRequest) -> dict[str, Any]:
    """What the sign-in page's demo part shows."""
    return {"roles": [{"login": login, "name": name, "does": does} for login, name, does in ROLES]}


@require_POST
def sign_in_as(request: HttpRequest, role: str) -> HttpResponse:
    """One-click sign-in; the address exists in demo mode only."""
    user = get_object_or_404(User, email=f"{role}@demo.example", is_active=True)
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)  # as every other sign-in, so that the list of sessions shows it
    return redirect("/")


def outbox(request: HttpRequest) -> HttpResponse:
    """Every mail that would have gone out, newest first."""
    return render(request, "demo/outbox.html", {"mails": OutboxMail.objects.all()[:OUTBOX_SHOWN]})


def outbox_mail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "demo/outbox_mail.html", {"mail": get_object_or_404(OutboxMail, pk=pk)})


def outbox_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail's HTML part as a mail program would show it; its styles are inline, so this page has a policy of its own."""
    mail = get_object_or_404(OutboxMail, pk=pk)
    response = HttpResponse(mail.html)
    response["Content-Security-Policy"] = MAIL_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
