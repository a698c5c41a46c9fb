"""Forms of the network's screens. They check shape; rules are the actions'."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.ui.forms import day_field
from luukku.core.worktime import Hours, format_hours, parse_hours
from luukku.network import access
from luukku.network.actions.organisations import OrganisationDetails, PremisesDetails
from luukku.network.actions.people import PersonDetails
from luukku.network.enums import ROLES, Level, Right, Role
from luukku.network.models import Area, Municipality, Organisation, OrganisationType, Person, Premises, Region
from luukku.network.queries.labels import CONTACT, FIELDS, LANGUAGE_NAMES, NAME, WEEKDAYS
from luukku.network.queries.organisations import by_name, organisation_types
from luukku.network.queries.regions import municipalities_today

_O, _P, _PL = FIELDS[Organisation], FIELDS[Person], FIELDS[Premises]


def text_field(label: Any, length: int = 120, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **{"required": False, **options})


def long_field(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 4}), **options)


def chosen(form: forms.Form, kind: Any, **more: Any) -> Any:
    """The details dataclass that a form fills."""
    return kind(**{each.name: form.cleaned_data[each.name] for each in fields(kind) if each.name in form.cleaned_data}, **more)


def initial_of(thing: Any, kind: Any) -> dict[str, Any]:
    """What a form shows of a thing before anybody types."""
    return {each.name: getattr(thing, each.name) for each in fields(kind)}


class OrganisationForm(forms.Form):
    """Details of an organisation."""

    name_fi = text_field(NAME["name_fi"], 160, required=True)
    name_sv = text_field(NAME["name_sv"], 160)
    name_en = text_field(NAME["name_en"], 160)
    short_name = text_field(_O["short_name"], 40, help_text=_("Used in tight places, such as Finnvera or SEK."))
    type = forms.ModelChoiceField(organisation_types(), label=_O["type"])
    business_id = text_field(_O["business_id"], 9, help_text=_("Such as 1234567-8."))
    parent = forms.ModelChoiceField(
        Organisation.objects.active().order_by("name_fi"), label=_O["parent"], required=False, help_text=_("For a unit with a desk of its own.")
    )
    role_text_fi = long_field(_O["role_text_fi"], help_text=_("In plain words: what this organisation does for entrepreneurs."))
    role_text_sv = long_field(_O["role_text_sv"])
    role_text_en = long_field(_O["role_text_en"])
    phone = text_field(CONTACT["phone"], 40, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    email = forms.EmailField(label=CONTACT["email"], required=False)
    website = forms.URLField(label=_O["website"], required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind := self.initial.get("type"):  # its own is offered, though it be out of use
            self.fields["type"].queryset = organisation_types() | OrganisationType.objects.filter(pk=kind.pk)  # type: ignore[attr-defined]

    def details(self) -> OrganisationDetails:
        """What the action takes."""
        found: OrganisationDetails = chosen(self, OrganisationDetails)
        return found


class PremisesForm(forms.Form):
    """A place where the organisation serves."""

    name = text_field(_("Name of the place"), required=True, help_text=_("Such as Town hall, 2nd floor."))
    street = text_field(_("Street address"))
    postal_code = forms.RegexField(
        r"^\d{5}$", label=_("Postal code"), required=False, error_messages={"invalid": _("A postal code has five digits.")}
    )
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Municipality"), required=False)
    hours_text_fi = text_field(_PL["hours_text_fi"], 200, help_text=_("What the hours alone do not tell, such as: on Saturdays by appointment."))
    hours_text_sv = text_field(_PL["hours_text_sv"], 200)
    hours_text_en = text_field(_PL["hours_text_en"], 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities_today()  # type: ignore[attr-defined]

    def details(self) -> PremisesDetails:
        """What the action takes."""
        found: PremisesDetails = chosen(self, PremisesDetails)
        return found


class DeskForm(forms.Form):
    """Name and telephone of a desk; a new one also chooses among the organisation's regions."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    name_fi = text_field(NAME["name_fi"], required=True, help_text=_("As customers know it, such as Business advice."))
    name_sv = text_field(NAME["name_sv"])
    name_en = text_field(NAME["name_en"])
    phone = text_field(CONTACT["phone"], 40)
    has_door = forms.BooleanField(
        label=_("A page of its own, where customers write straight to this desk"), required=False, help_text=_("Link to it from your own site.")
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisation is None:
            del self.fields["region"]
        else:
            today = organisation.participations.filter(valid_until=None).values("region_id")
            self.fields["region"].queryset = Region.objects.filter(pk__in=today).order_by(by_name())  # type: ignore[attr-defined]

    def names(self) -> dict[str, str]:
        """The desk's name by language."""
        return {language: self.cleaned_data[f"name_{language}"] for language in ("fi", "sv", "en")}


class HoursField(forms.CharField):
    """Hours of one day as people write them."""

    says_optional = True

    def clean(self, value: Any) -> Hours:
        """Raises ValidationError for what `parse_hours` does not understand."""
        try:
            return parse_hours(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(_("Write opening hours like 8–16 or 8.30–12, 13–16. Leave empty when closed.")) from error


class HoursForm(forms.Form):
    """A week of opening hours: one field a day."""

    def __init__(self, *args: Any, week: tuple[Hours, ...] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            shown = format_hours(week[number]) if week else ""
            self.fields[f"day_{number}"] = day = HoursField(label=name, required=False, max_length=60, initial=shown)
            day.says_optional = False

    def week(self) -> list[Hours]:
        """Monday to Sunday."""
        return [self.cleaned_data[f"day_{number}"] for number in range(7)]


class ClosingDayForm(forms.Form):
    """A day on which the door or desk is closed."""

    day = day_field(_("Day"))
    reason = text_field(_("Reason"), help_text=_("Shown to customers. You may leave it empty."))


class OpeningDayForm(forms.Form):
    """A date with hours of its own."""

    open_day = day_field(_("Day"))
    hours = HoursField(label=_("Open that day"), max_length=60, help_text=_("Like 10–14 or 8–12, 13–15."))
    open_reason = text_field(_("Reason"))


class PersonForm(forms.Form):
    """What a person tells of herself."""

    name = text_field(_P["name"], required=True)
    title_fi = text_field(_P["title_fi"])
    title_sv = text_field(_P["title_sv"])
    title_en = text_field(_P["title_en"])
    help_text_fi = long_field(_P["help_text_fi"], help_text=_("In plain words, as you would tell a customer."))
    help_text_sv = long_field(_P["help_text_sv"])
    help_text_en = long_field(_P["help_text_en"])
    languages = forms.MultipleChoiceField(
        label=_P["languages"], choices=list(LANGUAGE_NAMES.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    phone = text_field(CONTACT["phone"], 40, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    email = forms.EmailField(label=CONTACT["email"], required=False)
    deputy = forms.ModelChoiceField(Person.objects.none(), label=_P["deputy"], required=False)

    def __init__(self, *args: Any, colleagues: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if colleagues is None:
            del self.fields["deputy"]
        else:
            self.fields["deputy"].queryset = colleagues  # type: ignore[attr-defined]

    def details(self) -> PersonDetails:
        """What the action takes."""
        languages = tuple(self.cleaned_data.pop("languages"))
        found: PersonDetails = chosen(self, PersonDetails, languages=languages)
        return found


class SeatForm(forms.Form):
    """A role and where it holds: in the given organisation or region, else wherever the actor may give one. Only what she may give is offered."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.ModelChoiceField(Organisation.objects.active().order_by("name_fi"), label=_("Organisation"), required=False)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False)
    area = forms.ModelChoiceField(Area.objects.filter(valid_until=None), label=_("Area"), required=False)

    def __init__(self, *args: Any, actor: Actor, organisation: Organisation | None = None, region: Region | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed = {name: value for name, value in (("organisation", organisation), ("region", region)) if value}
        roles = roles_to_give(actor, organisation, region)
        self.fields["role"].choices = [(role.value, str(role.label)) for role in roles]  # type: ignore[attr-defined]
        regions = access.visible_regions(actor).order_by(by_name())
        if organisation:
            regions = regions.filter(participations__organisation=organisation, participations__valid_until=None)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        levels = {ROLES[role].level for role in roles}
        needed = {
            "organisation": Level.ORGANISATION in levels,
            "region": bool(levels & {Level.ORGANISATION, Level.REGION}),
            "area": Level.AREA in levels,
        }
        for name, is_needed in needed.items():
            if name in self.fixed or not is_needed:
                del self.fields[name]

    def place(self) -> dict[str, Any]:
        """Keyword arguments of the action."""
        chosen = {name: self.cleaned_data[name] for name in ("organisation", "region", "area") if self.cleaned_data.get(name)}
        return {**chosen, **self.fixed, "role": Role(self.cleaned_data["role"])}


def roles_to_give(actor: Actor, organisation: Organisation | None = None, region: Region | None = None) -> list[Role]:
    """Roles that the actor may give in the organisation or region; without either, those that she may give anywhere."""
    if organisation:
        return [role for role in Role if ROLES[role].level is Level.ORGANISATION and _may_give(actor, role, organisation.pk, None)]
    if region:
        return [role for role in Role if ROLES[role].level is Level.REGION and _may_give(actor, role, None, region.pk)]
    places = {(None, None), *((seat.organisation_id, seat.region_id) for seat in actor.seats)}
    return [role for role in Role if _anywhere(actor, role) or any(_may_give(actor, role, *place) for place in places)]


def _may_give(actor: Actor, role: Role, organisation_id: int | None, region_id: int | None) -> bool:
    return access.can_give_seat(actor, role, organisation_id=organisation_id, region_id=region_id)


def _anywhere(actor: Actor, role: Role) -> bool:
    level = ROLES[role].level
    right = {Level.ORGANISATION: Right.EDIT_ORGANISATION, Level.REGION: Right.EDIT_REGION}.get(level)
    national = any(ROLES[Role(seat.role)].level is Level.NATIONAL for seat in actor.seats)
    return right is not None and national and (access.may(actor, right) or (level is Level.REGION and access.can_edit_network(actor)))


class JoinForm(forms.Form):
    """A region in which the organisation does not take part yet."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))

    def __init__(self, *args: Any, regions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
