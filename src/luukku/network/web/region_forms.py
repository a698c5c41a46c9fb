"""Forms of a region: what it tells and promises, what it decides otherwise than the nation, and its municipalities."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.network.actions.regions import RegionDetails
from luukku.network.models import Area, Municipality, Region
from luukku.network.models.nation import DECIDED
from luukku.network.queries.labels import CONTACT, FIELDS
from luukku.network.queries.nation import nation_rules
from luukku.network.queries.regions import municipalities_today
from luukku.network.web.forms import chosen, long_field, text_field

_PR = FIELDS[Region]


def days(label: Any, most: int, **options: Any) -> forms.IntegerField:
    """A number of days or months, from one on."""
    return forms.IntegerField(label=label, min_value=1, max_value=most, **options)


class RegionForm(forms.Form):
    """Contact, introduction and promise of a region."""

    phone = text_field(CONTACT["phone"], 40)
    email = forms.EmailField(label=CONTACT["email"], required=False)
    intro_fi = long_field(_PR["intro_fi"])
    intro_sv = long_field(_PR["intro_sv"])
    intro_en = long_field(_PR["intro_en"])
    taken_up_days = days(_PR["taken_up_days"], 60)
    informed_days = days(_PR["informed_days"], 60)
    guided_days = days(_PR["guided_days"], 60)
    feedback_gap_days = days(_PR["feedback_gap_days"], 365)
    review_months = days(_PR["review_months"], 36, required=False)
    status_link_days = days(_PR["status_link_days"], 730, required=False)
    outside_link_days = days(_PR["outside_link_days"], 365, required=False)
    publish_by_organisation = forms.BooleanField(
        label=_PR["publish_by_organisation"],
        required=False,
        help_text=_("Only when the network has agreed on it. The whole region’s figures are public always."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nation = nation_rules()
        for name in DECIDED:
            self.fields[name].help_text = _("Empty: as for the whole country, %(number)s.") % {"number": getattr(nation, name)}

    def details(self) -> RegionDetails:
        """What the action takes."""
        found: RegionDetails = chosen(self, RegionDetails)
        return found


class MunicipalitiesForm(forms.Form):
    """Which municipalities the region covers, chosen among those of its area and those it has."""

    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label=_("Municipalities"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = region.municipality_spells.filter(valid_until=None).values("municipality_id")
        areas = Area.objects.filter(region_spells__region=region, region_spells__valid_until=None)
        offered, here = municipalities_today(), Municipality.objects.in_areas(areas, timezone.localdate()).values("pk")
        self.fields["municipalities"].queryset = offered.filter(Q(pk__in=here) | Q(pk__in=mine))  # type: ignore[attr-defined]
