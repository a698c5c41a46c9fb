"""The nation's door by phone: an operator logs who called and what about, and the matter goes to a region's desk. She sees its number then."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.catalogue.models import Service
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.ui.forms import actor_of, attempt
from luukku.core.ui.times import moment_text
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.enums import Channel
from luukku.desk.models import Case
from luukku.desk.queries.logging_choices import LoggingChoices
from luukku.desk.queries.opening import door_of
from luukku.desk.queries.unrouted import waiting
from luukku.desk.web.staff.log_form import ANONYMOUS, CallerForm
from luukku.network.access import visible_regions
from luukku.network.models import Municipality, Region
from luukku.network.queries.organisations import by_name
from luukku.network.queries.places import region_on
from luukku.network.queries.regions import municipalities_today

_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.VIDEO, Channel.SOCIAL)


def open_regions(actor: Actor) -> list[Region]:
    """Those whose door is open, by name."""
    return list(visible_regions(actor).filter(is_live=True).order_by(by_name()))


def served_by(place: Municipality | None, chosen: Region | None) -> Region:
    """The region that takes a need: the chosen one, else that of the municipality. Raises RuleBroken where no open door serves it."""
    region = chosen or (region_on(place, timezone.localdate()) if place is not None else None)
    if region is None or not region.is_live:
        words = _("No region with an open door serves this municipality. Choose a region, or tell the caller what their area offers.")
        raise RuleBroken(words, field="municipality")
    return region


class RouteForm(CallerForm):
    """Who and what about as on every log screen; the region is that of the municipality, unless another is chosen."""

    channel = forms.ChoiceField(label=gettext_lazy("How"), choices=[(each.value, each.label) for each in _CHANNELS], initial=Channel.PHONE)
    region = forms.ChoiceField(
        label=gettext_lazy("To the desk of"),
        required=False,
        help_text=gettext_lazy("Choose a region where the caller wants another one than their own."),
    )
    service = forms.IntegerField(required=False, label=gettext_lazy("Service"))
    advice = None  # type: ignore[assignment]  # whoever routes gives no advice in the region's name

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, choices=LoggingChoices([], [], list(municipalities_today())), **kwargs)
        self._choose("region", [(each.code, str(each.name)) for each in self.regions], _("The region of the municipality"))
        self.fields["municipality"].error_messages["required"] = _("Choose the municipality: it says which region's desk this goes to.")

    @cached_property
    def regions(self) -> list[Region]:
        return open_regions(self.actor)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("who") not in ("", "new", ANONYMOUS):
            given["who"] = ""
        if not given.get("region") and not given.get("municipality"):
            self.add_error("municipality", self.fields["municipality"].error_messages["required"])
        return given

    def routed(self) -> NeedForm:
        """The need for its region. Call after is_valid(). Raises RuleBroken where no region serves the municipality."""
        given = self.cleaned_data
        place = next((each for each in self.offers.municipalities if each.code == given["municipality"]), None)
        region = served_by(place, next((each for each in self.regions if each.code == given["region"]), None))
        service = Service.objects.active().filter(pk=given["service"]).first() if given["service"] else None
        return self.need(given["channel"], service, region, routed=True)


def route(request: HttpRequest) -> HttpResponse:
    """The log screen for the whole country. What was logged is the region's from then on: here stays the number, said once."""
    actor = actor_of(request)
    form = RouteForm(request.POST or None, actor=actor)
    case = attempt(form, lambda: send_need(by=actor, need=form.routed(), submit_key=request.POST.get("submit_key")))
    if case is not None:
        messages.success(request, told(case))
        return redirect(request.get_full_path())
    context = {"form": form, "mails": waiting(actor)}
    return render(request, "desk/staff/route.html", context, status=422 if form.errors else 200)


def told(case: Case) -> str:
    """The number, where it is, and by when somebody contacts the customer: what the operator says before she hangs up."""
    door = door_of(case.region)
    said = _("Logged as %(number)s. It is at the desk of %(region)s now.") % {"number": case.number, "region": case.region.name}
    by_when = _("A named person contacts the customer by %(moment)s.") % {"moment": moment_text(door.taken_up_by)} if door is not None else ""
    return f"{said} {by_when}".strip()
