"""The adviser's own calendar: a secret address, made and taken away."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, do_now
from luukku.desk.actions.appointments.feeds import end_feed, make_feed
from luukku.desk.queries.feed import feed_of, feed_text, open_feed
from luukku.desk.web.staff.frame import desk_only
from luukku.desk.web.staff.meeting_forms import FeedForm


@desk_only
def feed(request: HttpRequest) -> HttpResponse:
    """The address is shown once, when it is made."""
    actor = actor_of(request)
    form = FeedForm(request.POST or None)
    token = attempt(form, lambda: make_feed(by=actor, full=form.cleaned_data["shows"] == "full"))
    url = settings.LUUKKU_BASE_URL + reverse("desk:feed_calendar", kwargs={"token": token}) if token else ""
    context = {"form": form, "feed": feed_of(actor), "url": url, "back": reverse("desk:my_times")}
    response = render(request, "desk/staff/feed.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@desk_only
def end(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return do_now(request, lambda: end_feed(by=actor), done=_("The address opens nothing any more."), to=reverse("desk:feed"))


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What her calendar fetches: no sign-in, the address is the key."""
    found = open_feed(token)
    if found is None:
        raise NotFound
    response = HttpResponse(feed_text(found), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
