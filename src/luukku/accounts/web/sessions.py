"""Where I am signed in, and how I end it."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luukku.accounts import actions
from luukku.accounts.queries import sessions_of


@login_required
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    return render(request, "usersessions/usersession_list.html", {"sessions": sessions_of(request.user)})


@login_required
@require_POST
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user_id=request.user.pk)
    if session.is_current():
        get_adapter().logout(request)
        return redirect("account_login")
    actions.end_session(session)
    messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    for session in sessions_of(request.user):
        if not session.is_current():
            actions.end_session(session)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("usersessions_list")
