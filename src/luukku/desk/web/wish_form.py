"""The fields by which wishes about being reached are written, by the customer and by staff alike."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luukku.core.ui.forms import hour_field
from luukku.customers.models import Contact
from luukku.desk.actions.wishes import Wishes
from luukku.desk.web.contact_words import ALL_DAYS, day_name
from luukku.desk.web.door.forms import ways

_LANGUAGES = (("", _("As in each matter")), ("fi", "Suomi"), ("sv", "Svenska"), ("en", "English"))


class WishForm(forms.Form):
    """Way, language, weekdays and hours; everything may be left open."""

    way = forms.ChoiceField(label=_("By which way"), choices=ways, widget=forms.RadioSelect, required=False)
    wish_language = forms.ChoiceField(label=_("In which language"), choices=_LANGUAGES, required=False)
    call_days = forms.TypedMultipleChoiceField(
        label=_("On which days calls suit"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False, help_text=_("None chosen: any day.")
    )
    call_from = hour_field(pgettext_lazy("hours", "From"), required=False)
    call_until = hour_field(pgettext_lazy("hours", "To"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, contact: Contact, initial: Mapping[str, Any] | None = None) -> None:
        names = ("way", "wish_language", "call_days", "call_from", "call_until")
        super().__init__(data, initial={name: getattr(contact, name) for name in names} | dict(initial or {}))
        days = self.fields["call_days"]
        assert isinstance(days, forms.TypedMultipleChoiceField)
        days.choices = [(day, day_name(day)) for day in ALL_DAYS]
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]

    def wishes(self) -> Wishes:
        given = self.cleaned_data
        return Wishes(given["way"], given["wish_language"], given["call_days"], given["call_from"], given["call_until"])
