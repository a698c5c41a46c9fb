"""The customer lets a colleague of her firm into her matter, and out of it again."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luukku.core.errors import NotFound
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.actions.guests import end_guest, invite_guest
from luukku.desk.queries.guests import CONSENT_TEXTS, GUEST_CONSENT
from luukku.desk.web.door.place import Place, Response, on_case


class GuestForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your colleague's name"), max_length=120,
        error_messages={"required": gettext_lazy("Write your colleague's name: those who handle the matter see it.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Your colleague's e-mail"), max_length=254,
        error_messages={
            "required": gettext_lazy("Write the e-mail address to which the link is sent."),
            "invalid": gettext_lazy("Write the address like name@example.fi."),
        },
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=CONSENT_TEXTS[GUEST_CONSENT],  # type: ignore[arg-type]
        error_messages={"required": gettext_lazy("Tick that you agree: without it nothing is shown.")},
    )


@limited("guest", limit=20, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def invite(request: HttpRequest, place: Place) -> Response:
    case = place.page.case
    if place.page.ended:
        return redirect(place.url())
    form = GuestForm(request.POST or None)
    if attempt(form, lambda: invite_guest(by=actor_of(request), case=case, **form.cleaned_data)):
        messages.success(request, _("A link is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
        return redirect(place.url())
    return render(request, "desk/door/invite.html", {"place": place, "case": case, "form": form}, status=422 if form.errors else 200)


@limited("guest", limit=20, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def end(request: HttpRequest, place: Place, pk: int) -> Response:
    found = next((line.guest for line in place.page.guests if line.guest.pk == pk), None)
    if found is None:
        raise NotFound
    if request.method == "POST":
        end_guest(by=actor_of(request), guest=found)
        messages.success(request, _("The link of %(name)s opens nothing any more.") % {"name": found.name})
    return redirect(place.url())
