"""Forms of areas, regions' borders, municipalities and kinds of organisation. They check shape; rules are the actions'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import day_field
from luukku.network.actions.municipalities import MunicipalityDetails
from luukku.network.models import Area, Municipality, OrganisationType, Region
from luukku.network.models.places import AreaKind, LanguageRelation
from luukku.network.queries.labels import FIELDS, NAME
from luukku.network.queries.organisations import by_name
from luukku.network.queries.places import areas_today
from luukku.network.queries.regions import municipalities_today

_M, _R, _T = FIELDS[Municipality], FIELDS[Region], FIELDS[OrganisationType]
KINDS = ((AreaKind.VITALITY.value, _("Economic Development Centre")), (AreaKind.ELY.value, _("ELY centre (until 2025)")))
RELATIONS = (
    (LanguageRelation.FINNISH.value, _("Finnish")),
    (LanguageRelation.SWEDISH.value, _("Swedish")),
    (LanguageRelation.BILINGUAL_FI.value, _("Finnish and Swedish")),
    (LanguageRelation.BILINGUAL_SV.value, _("Swedish and Finnish")),
    (LanguageRelation.SAMI.value, _("Finnish and Sámi")),
)


def _text(label: Any, length: int = 120, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **{"required": False, **options})


class NamesForm(forms.Form):
    """The names of a place in three languages, and since when it is called so."""

    name_fi = _text(NAME["name_fi"], required=True)
    name_sv = _text(NAME["name_sv"])
    name_en = _text(NAME["name_en"])

    def names(self) -> dict[str, str]:
        """By language."""
        return {language: self.cleaned_data[f"name_{language}"] for language in LANGUAGES}


class RenameForm(NamesForm):
    """A new name from a day on, or a mended one."""

    since = day_field(
        _("First day of the new name"),
        required=False,
        help_text=_("Leave empty if the name was only written wrong: then nothing is remembered of the wrong one."),
    )


class RenameAheadForm(RenameForm):
    """The same, and the day may be still to come."""

    since = day_field(
        _("First day of the new name"),
        required=False,
        help_text=_("May be a day to come. Leave empty if the name was only written wrong: then nothing is remembered of the wrong one."),
    )


class SinceForm(forms.Form):
    """The day on which a change takes effect."""

    since = day_field(_("First day"), help_text=_("Today or earlier. What held before stays in the figures of its time."))


class AreaForm(NamesForm, SinceForm):
    """A new area."""

    kind = forms.ChoiceField(label=_("Kind of area"), choices=KINDS)
    field_order = ["kind", "name_fi", "name_sv", "name_en", "since"]


class RegionFoundingForm(NamesForm, SinceForm):
    """A new region."""

    letters = _text(_R["prefix"], 4, required=True, help_text=_("2 to 4 letters, such as SU. Case numbers begin with them, and they never change."))
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    field_order = ["name_fi", "name_sv", "name_en", "letters", "area", "since"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_today()  # type: ignore[attr-defined]


AHEAD = _("Today, earlier, or a day to come: then nothing changes before it. What held before stays in the figures of its time.")


class MoveForm(SinceForm):
    """In which area a region, or area and region a municipality, lies from a day on."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False, empty_label=_("No region: the area's contact guides"))
    field_order = ["area", "region", "since"]

    def __init__(self, *args: Any, regions: Any = None, dated: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_today()  # type: ignore[attr-defined]
        if regions is None:
            del self.fields["region"]
        else:
            self.fields["region"].queryset = regions.order_by(by_name())  # type: ignore[attr-defined]
        if self.fields["since"].help_text:
            self.fields["since"].help_text = AHEAD
        if not dated:
            del self.fields["since"]


class EndForm(SinceForm):
    """The first day without it, and what comes in its place."""

    successor = forms.ModelChoiceField(Area.objects.none(), label="", required=False, empty_label=_("To no other"))
    field_order = ["since", "successor"]

    def __init__(self, *args: Any, among: Any, label: Any, hint: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].label = _("First day without it")
        self.fields["successor"].queryset = among  # type: ignore[attr-defined]
        self.fields["successor"].label, self.fields["successor"].help_text = label, hint


class MunicipalityForm(RenameForm):
    """Facts of a municipality."""

    languages = forms.ChoiceField(label=_M["languages"], choices=RELATIONS)
    county = _text(_M["county"], 80)
    subregion = _text(_M["subregion"], 80)
    employment_area = _text(_M["employment_area"])

    def details(self) -> MunicipalityDetails:
        """What the action takes."""
        return MunicipalityDetails(**{name: self.cleaned_data[name] for name in MunicipalityDetails.__dataclass_fields__})


class NewMunicipalityForm(MunicipalityForm, MoveForm):
    """A municipality that has come into being."""

    code = _text(_M["code"], 3, required=True, help_text=_("The official number of three digits, such as 091."))
    since = day_field(_("First day"))
    field_order = ["code", "name_fi", "name_sv", "name_en", "since", "area", "region", "languages", "county", "subregion", "employment_area"]


class MergeForm(SinceForm):
    """Into which municipality one merges, and from which day."""

    into = forms.ModelChoiceField(Municipality.objects.none(), label=_("Merges into"))
    field_order = ["into", "since"]

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].help_text = AHEAD
        self.fields["into"].queryset = municipalities_today().exclude(pk=municipality.pk)  # type: ignore[attr-defined]


class OrganisationTypeForm(NamesForm):
    """A kind of organisation."""

    is_private = forms.BooleanField(label=_("A private organisation"), required=False)
    order = forms.IntegerField(label=_T["order"], min_value=0, max_value=999)

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["order"]
