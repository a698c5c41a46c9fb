"""Forms of consents. They check shape; actions check rules."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.moments import moment_at
from luukku.core.ui.forms import day_field
from luukku.customers.actions.consenting import BY_HERSELF, Agreement
from luukku.customers.enums import ConsentKind, ConsentScope, GivenBy
from luukku.desk.models import Case
from luukku.network.models import Organisation


class ScopeForm(forms.Form):
    """To whom: the network, organisations by name, or this matter only."""

    scope = forms.ChoiceField(
        label=_("To whom may your data be passed on?"), widget=forms.RadioSelect,
        choices=[
            (ConsentScope.NETWORK.value, _("The region's whole network")),
            (ConsentScope.NAMED.value, _("Only the organisations that I choose")),
            (ConsentScope.MATTER.value, _("The network, but this matter only")),
        ],
    )  # fmt: skip
    organisations = forms.TypedMultipleChoiceField(
        label=_("Organisations"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose these only if you chose them above."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, parties: Sequence[Organisation], case: Case, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.case = case
        field = self.fields["organisations"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(each.pk, str(each.name)) for each in parties]
        field.says_optional = False  # type: ignore[attr-defined]

    def agreement(self, way: str, language: str) -> Agreement:
        return self._agreement(way, language)

    def _agreement(self, way: str, language: str, **more: Any) -> Agreement:
        scope = self.cleaned_data["scope"]
        named = self.cleaned_data["organisations"] if scope == ConsentScope.NAMED else ()
        matter = self.case.pk if scope == ConsentScope.MATTER else None
        return Agreement(ConsentKind.PASSING, way, scope, named, matter, language, **more)


class RecordForm(ScopeForm):
    """What a customer has said on the phone, face to face or on paper, as staff write it down."""

    kind = forms.ChoiceField(
        label=_("What did the customer agree to?"), choices=ConsentKind.choices, widget=forms.RadioSelect, initial=ConsentKind.PASSING
    )
    way = forms.ChoiceField(
        label=_("How the customer agreed"), choices=[pair for pair in GivenBy.choices if pair[0] not in BY_HERSELF], widget=forms.RadioSelect
    )
    given_on = day_field(_("When"))
    field_order = ("kind", "scope", "organisations", "way", "given_on")

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"kind": ConsentKind.PASSING, "given_on": timezone.localdate()}, **kwargs)
        scope = self.fields["scope"]
        scope.label, scope.required = _("To whom may the customer's data be passed on?"), False
        assert isinstance(scope, forms.ChoiceField)
        scope.choices = [
            (ConsentScope.NETWORK.value, _("The region's whole network")),
            (ConsentScope.NAMED.value, _("Only the organisations that the customer names")),
            (ConsentScope.MATTER.value, _("The network, but this matter only")),
        ]

    def recorded(self, language: str) -> Agreement:
        """As written: a day that is not today counts from its noon."""
        given, today = self.cleaned_data, timezone.localdate()
        day = given["given_on"]
        moment = None if day == today else moment_at(day, time(12))
        if given["kind"] == ConsentKind.STATISTICS:
            return Agreement(ConsentKind.STATISTICS, given["way"], language=language, given_at=moment)
        return self._agreement(given["way"], language, given_at=moment)
