"""One more part of one's own desk, and a part that waits for another."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import services_by_name
from luukku.core.finnish import FinnishKey
from luukku.core.ui.forms import actor_of, attempt, words_field
from luukku.desk.actions.legs import add_leg, wait_for_leg
from luukku.desk.models import Leg
from luukku.desk.queries.choices import colleagues
from luukku.desk.web.staff.frame import act_page, desk_only, done, leg_to_handle
from luukku.network.models import Person


class PartForm(forms.Form):
    need = words_field(gettext_lazy("What this part is about"), 2, error_messages={"required": gettext_lazy("Write what this part is about.")})
    service = forms.ModelChoiceField(
        Service.objects.none(), label=gettext_lazy("Service"), required=False, empty_label=gettext_lazy("Not chosen yet")
    )
    person = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Who handles it"), empty_label=None)

    def __init__(self, data: Mapping[str, Any] | None = None, *, leg: Leg, person_id: int | None) -> None:
        super().__init__(data, initial={"person": person_id})
        self.fields["service"].queryset = services_by_name()  # type: ignore[attr-defined]
        self.fields["person"].queryset = colleagues({leg.desk.organisation_id}).order_by(FinnishKey("name"))  # type: ignore[attr-defined]


class WaitPartForm(forms.Form):
    other = forms.ModelChoiceField(
        Leg.objects.none(), label=gettext_lazy("Which part it waits for"), empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose another open part of this matter.")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, leg: Leg) -> None:
        super().__init__(data)
        others = Leg.objects.open().filter(case=leg.case_id).exclude(pk=leg.pk).select_related("desk__organisation", "service").order_by("position")
        field = self.fields["other"]
        field.queryset = others  # type: ignore[attr-defined]
        field.label_from_instance = _label  # type: ignore[attr-defined]


def _label(leg: Leg) -> str:
    about = leg.about or (str(leg.service.name) if leg.service else "")
    return f"{leg.desk.organisation.name}: {about}" if about else str(leg.desk.organisation.name)


@desk_only
def add(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = PartForm(request.POST or None, leg=leg, person_id=actor.person_id)
    if attempt(form, lambda: add_leg(by=actor, leg=leg, **form.cleaned_data)):
        return done(request, number, _("The part has been added."))
    intro = _("A part of your own desk, with its own handler, next step and clock. Another organisation's part is asked for by a handover.")
    return act_page(request, leg, form, title=_("Add a part"), button=_("Add the part"), intro=intro)


@desk_only
def wait(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = WaitPartForm(request.POST or None, leg=leg)
    if attempt(form, lambda: wait_for_leg(by=actor, leg=leg, other=form.cleaned_data["other"])):
        return done(request, number, _("It waits for the other part. You are told when that is ready."))
    intro = _("The customer keeps hearing from you as promised. When the other part is ready, you are told and this one goes on.")
    return act_page(request, leg, form, title=_("Wait for another part"), button=_("Put to wait"), intro=intro)
