"""Forms of the acts on a leg. They check shape; rules are the actions'. Field names are those by which actions name what is wrong."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import services_by_name
from luukku.core.finnish import FinnishKey
from luukku.core.moments import moment_at
from luukku.core.ui.forms import day_field, hour_field, words_field
from luukku.desk.enums import WaitingFor
from luukku.desk.models import Leg
from luukku.desk.queries.choices import colleagues
from luukku.desk.queries.unanswered import Unanswered
from luukku.network.models import Person

DAY_ENDS = time(16)
_CAUSES = [pair for pair in WaitingFor.choices if pair[0] not in (WaitingFor.PART, WaitingFor.STATEMENT)]  # these two begin by themselves


def moment_of(day: date | None, hour: time | None) -> datetime | None:
    """Day and hour as one moment by the Finnish clock; without an hour the end of the working day."""
    return moment_at(day, hour or DAY_ENDS) if day else None


class StepForm(forms.Form):
    """What happens next, and when."""

    next_step = forms.CharField(
        label=_("Next step"), max_length=200, help_text=_("The customer reads this too."), error_messages={"required": _("Write what happens next.")}
    )
    day = day_field(_("Day"), required=False)
    hour = hour_field(_("Time"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, leg: Leg) -> None:
        at = timezone.localtime(leg.next_step_at) if leg.next_step_at else None
        given = {"next_step": leg.next_step, "day": at.date() if at else None, "hour": at.time() if at else None}
        super().__init__(data, initial=given)

    @property
    def when(self) -> datetime | None:
        return moment_of(self.cleaned_data["day"], self.cleaned_data["hour"])


class WaitForm(forms.Form):
    waiting_for = forms.ChoiceField(
        label=_("What it waits for"), choices=_CAUSES, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the matter waits for.")},
    )  # fmt: skip
    until = day_field(_("Until when, if known"), required=False)
    words_to_customer = words_field(
        _("Words to the customer"),
        required=False,
        help_text=_("The customer is told what it waits for in any case. If it waits for the customer, say what you need."),
    )


class AssignForm(forms.Form):
    """Colleagues of the leg's desk."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who handles it"), empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colleague.")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, leg: Leg) -> None:
        super().__init__(data, initial={"person": leg.handler_id})
        people = colleagues({leg.desk.organisation_id}).order_by(FinnishKey("name"))
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ServiceForm(forms.Form):
    """Any active card, in the order of the alphabet."""

    service = forms.ModelChoiceField(
        Service.objects.none(), label=_("Service"), empty_label=_("Choose"), error_messages={"required": _("Choose a service.")}
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, leg: Leg) -> None:
        super().__init__(data, initial={"service": leg.service_id})
        services = services_by_name()
        self.fields["service"].queryset = services  # type: ignore[attr-defined]


class ToldForm(forms.Form):
    """An ending whose customer, if she gets no mail, may have heard it already when it is written down.

    With a question of hers still open it takes a tick: nobody ends a matter past a question without having seen it.
    """

    is_told = forms.BooleanField(
        label=_("The customer has heard this from me on the phone or face to face"), required=False,
        help_text=_("The customer gets no mail. Without this tick the call to make waits on the matter."),
    )  # fmt: skip

    answered = forms.BooleanField(
        label=_("The customer has the answer after this, or needs none"),
        error_messages={"required": _("The customer waits for an answer. Give it in your words and tick this, or tick it if no answer is needed.")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, by_call: bool, unanswered: Unanswered | None = None) -> None:
        super().__init__(data)
        self.unanswered = unanswered
        for name, is_asked in (("is_told", by_call), ("answered", unanswered is not None)):
            field = self.fields.pop(name)
            if is_asked:
                self.fields[name] = field  # last

    @property
    def told(self) -> bool:
        return bool(self.cleaned_data.get("is_told"))

    @property
    def said(self) -> str:
        """The words that the customer gets."""
        return str(self.cleaned_data.get("words") or self.cleaned_data.get("guidance") or "")


class GuideForm(ToldForm):
    guidance = words_field(_("Where the customer should turn, and why"), help_text=_("The customer gets these words and the matter ends."))


class ReopenForm(forms.Form):
    words = words_field(_("Words to the customer"), required=False)


class PlainForm(forms.Form):
    """Nothing to fill in: asks before something is done."""


class BusinessForm(forms.Form):
    business_id = forms.CharField(
        label=_("Business ID"), max_length=12, help_text=_("For example 1234567-1."), error_messages={"required": _("Write the business ID.")}
    )
