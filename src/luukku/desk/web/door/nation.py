"""The whole nation's door: a need without a region, which its municipality finds."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of
from luukku.desk.queries.opening import door_of
from luukku.desk.web.door.fields import keep_files
from luukku.desk.web.door.forms import SendForm
from luukku.desk.web.door.need import given_to, my_contact, privacy_page, send, words_of
from luukku.network.models import Region
from luukku.network.queries.places import region_on
from luukku.network.queries.regions import municipalities_today


class NationForm(SendForm):
    """The form of any region: the municipality says whose it is, so every one of today can be chosen and none is elsewhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, region=None, municipalities=municipalities_today(), **kwargs)
        self._field("municipality").choices = [("", _("Choose")), *((code, str(each.name)) for code, each in self.by_code.items())]

    def region_chosen(self) -> Region | None:
        """The region that serves the municipality today. Call after is_valid()."""
        self.region = region_on(self.by_code[self.cleaned_data["municipality"]], timezone.localdate())
        return self.region


@limited("need", limit=20, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def nation(request: HttpRequest) -> HttpResponse:
    """The need goes to the region of its municipality; where none serves it, its sender is led to what her area offers."""
    form = NationForm(**given_to(request))
    if request.method == "POST":
        if form.is_valid():
            region = form.region_chosen()
            if region is None or not region.is_live:
                return redirect(f"/?{urlencode({'need': form.cleaned_data['words'], 'municipality': form.cleaned_data['municipality']})}")
            return send(request, form, region, door_of(region))
        keep_files(form)
    context = {
        "form": form, "me": my_contact(actor_of(request)), "national_phone": settings.LUUKKU_NATIONAL_PHONE, "privacy_name": privacy_page(),
        "words": words_of(request),
    }  # fmt: skip
    return render(request, "desk/door/nation.html", context, status=422 if form.errors else 200)
