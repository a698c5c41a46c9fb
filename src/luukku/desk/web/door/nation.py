"""The whole nation's door: a need without a region, which its municipality finds."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of
from luukku.core.ui.hours import unusual_words, week_words
from luukku.core.worktime import unusual_days, week_of
from luukku.desk.queries.opening import door_of
from luukku.desk.queries.reply_address import shown_address
from luukku.desk.web.door.closed import open_doors_around, open_doors_near
from luukku.desk.web.door.fields import keep_files
from luukku.desk.web.door.forms import SendForm
from luukku.desk.web.door.need import given_to, my_contact, privacy_page, send, words_of
from luukku.network.models import Municipality
from luukku.network.queries.nation import nation_calendar, nation_rules
from luukku.network.queries.places import region_on
from luukku.network.queries.regions import municipalities_today

MOST_RADIOS = 6


class NationForm(SendForm):
    """The form of any region: the municipality says whose it is, so every one of today can be chosen and none is elsewhere.

    Where no open door serves the municipality, the sender chooses one of those near it; nothing that was typed goes away meanwhile.
    """

    to = forms.CharField(label=gettext_lazy("Which door takes your matter?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, region=None, municipalities=municipalities_today(), **kwargs)
        self.unserved: Municipality | None = None
        self.fields["to"].says_optional = False  # type: ignore[attr-defined]
        self._place(self.by_code, lambda: [("", _("Choose")), *((code, str(each.name)) for code, each in self.by_code.items())])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        place = self.by_code.get(given.get("municipality", ""))
        if place is not None:
            self._find_door(place)
        return given

    def _find_door(self, place: Municipality) -> None:
        served = region_on(place, timezone.localdate())
        if served is not None and served.is_live:
            self.region = served
            return
        self.unserved, self.doors = place, open_doors_near(served) if served is not None else open_doors_around(place)
        if not self.doors:
            self.add_error("municipality", _("No door is open yet, so nothing was sent. Everything you wrote stays on this page."))
            return
        offered = [(each.code, str(each.name)) for each in self.doors]
        many = len(offered) > MOST_RADIOS
        self.fields["to"].widget = forms.Select(choices=[("", _("Choose")), *offered]) if many else forms.RadioSelect(choices=offered)
        self.region = next((each for each in self.doors if each.code == self.data.get("to")), None)
        if self.region is None:
            words = _("No open door serves %(name)s yet, so nothing was sent. Everything you wrote is below: choose the door that takes it.")
            self.add_error("to", words % {"name": place.name})


@limited("need", limit=20, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def nation(request: HttpRequest) -> HttpResponse:
    """The need goes to the region of its municipality; where none serves it, its sender chooses a door near it, and reads what her area offers."""
    form = NationForm(**given_to(request))
    if request.method == "POST":
        if form.is_valid() and form.region is not None:
            return send(request, form, form.region, door_of(form.region))
        keep_files(form)
    calendar = nation_calendar()
    context = {
        "form": form, "me": my_contact(actor_of(request)), "national_phone": nation_rules().phone, "privacy_name": privacy_page(),
        "words": words_of(request), "offers": f"/?municipality={form.unserved.code}" if form.unserved else "",
        "mail": shown_address(), "week": week_words(week_of(calendar)),
        "unusual": unusual_words(unusual_days(calendar, timezone.localdate())),
    }  # fmt: skip
    return render(request, "desk/door/nation.html", context, status=422 if form.errors else 200)
