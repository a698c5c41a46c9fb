"""The end of a survey that takes needs: what she needs now, how she is reached, and that she asks for it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import words_field
from luukku.network.models import Region
from luukku.network.queries.regions import municipalities_of
from luukku.surveys.actions.needs import NeedTold

if TYPE_CHECKING:
    from django.forms import BoundField

NAMES = ("need_words", "need_name", "need_email", "need_phone", "need_company", "need_municipality", "need_along")


def need_fields(region: Region, *, asks_who: bool) -> dict[str, forms.Field]:
    """The fields by name; who comes by the open link has told her name and address already."""
    places = [("", _("Choose")), *((each.code, str(each.name)) for each in municipalities_of(region))]
    found: dict[str, forms.Field] = {
        "wants": forms.BooleanField(label=_("Yes, I need something now, and I may be contacted about it"), required=False),
        "need_words": words_field(
            _("What do you need? A sentence is enough."), 3, required=False, help_text=_("Do not write personal identity codes."), max_length=4000
        ),
        "need_name": forms.CharField(label=_("Your name"), max_length=120, required=False),
        "need_email": forms.EmailField(label=_("Your e-mail address"), required=False),
        "need_phone": forms.CharField(label=_("Phone"), max_length=40, required=False),
        "need_company": forms.CharField(label=_("Company’s name or business ID"), max_length=200, required=False),
        "need_municipality": forms.ChoiceField(label=_("Municipality"), choices=places, required=False),
        "need_along": forms.BooleanField(label=_("What I answered above may go with it, so that I need not tell it again"), required=False),
    }
    if asks_who:
        del found["need_name"], found["need_email"]
    for name, field in found.items():
        field.says_optional = name in ("need_phone", "need_company", "need_municipality")  # type: ignore[attr-defined]
    return found


class NeedPart(forms.Form):
    """What a form has when it also asks what is needed now."""

    needs_of: Region | None = None

    @property
    def need(self) -> "list[BoundField]":
        """The fields about what she needs, after the one that asks whether she does."""
        return [self[name] for name in NAMES if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """A need that is told without asking to be contacted is not sent anywhere: she chooses."""
        given = super().clean() or {}
        if given.get("need_words") and not given.get("wants"):
            self.add_error("wants", _("Tick this, so that you can be contacted about what you wrote, or empty the text below."))
        return given

    def told(self) -> NeedTold | None:
        """What she needs, if she asks to be contacted. Call after is_valid()."""
        given = self.cleaned_data
        if self.needs_of is None or not given.get("wants"):
            return None
        place = next((each for each in municipalities_of(self.needs_of) if each.code == given["need_municipality"]), None)
        name, email = (given.get(f"need_{field}") or given.get(field, "") for field in ("name", "email"))
        return NeedTold(given["need_words"], name, email, given["need_phone"], given["need_company"], place, given["need_along"])
