"""Forms of the catalogue's screens."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.enums import ON_THE_NET, Industry, Price, Segment, ServiceChannel, Stage, Validity, WordKind
from luukku.catalogue.models import Service, ServiceGroup
from luukku.catalogue.queries.choices import group_choices, related_choices, type_choices
from luukku.catalogue.queries.labels import FACTS, TEXTS
from luukku.catalogue.queries.places import reach_of
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import day_field
from luukku.network.enums import LanguageCode
from luukku.network.models import Area, Municipality, Organisation, Participation, Person, Region
from luukku.network.queries.labels import LANGUAGE_NAMES
from luukku.network.queries.people import people_at


def _link_field(channel: ServiceChannel) -> forms.CharField:
    """Where the channel is found: a number, an e-mail, a place, else an address on the net."""
    if channel in ON_THE_NET:
        return forms.URLField(label=channel.label, required=False, assume_scheme="https")
    if channel is ServiceChannel.E_MAIL:
        return forms.EmailField(label=channel.label, required=False)
    return forms.CharField(label=channel.label, required=False, max_length=200)


_PLACES = {Validity.AREA: "areas", Validity.REGION: "regions", Validity.MUNICIPALITY: "municipalities"}


class CardForm(forms.Form):
    """Texts of a card in three languages, and its facts."""

    group = forms.ModelChoiceField(ServiceGroup.objects.none(), label=FACTS["group"])
    languages = forms.MultipleChoiceField(
        label=FACTS["languages"], choices=list(LANGUAGE_NAMES.items()), widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    industries = forms.MultipleChoiceField(
        label=FACTS["industries"], choices=Industry.choices, widget=forms.CheckboxSelectMultiple, required=False, help_text=_("None means all."),
    )  # fmt: skip
    segments = forms.MultipleChoiceField(label=FACTS["segments"], choices=Segment.choices, widget=forms.CheckboxSelectMultiple, required=False)
    stages = forms.MultipleChoiceField(label=FACTS["stages"], choices=Stage.choices, widget=forms.CheckboxSelectMultiple, required=False)
    channels = forms.MultipleChoiceField(label=FACTS["channels"], choices=ServiceChannel.choices, widget=forms.CheckboxSelectMultiple, required=False)
    price = forms.ChoiceField(label=FACTS["price"], choices=Price.choices, widget=forms.RadioSelect)
    validity = forms.ChoiceField(label=FACTS["validity"], choices=Validity.choices, widget=forms.RadioSelect)
    areas = forms.ModelMultipleChoiceField(Area.objects.none(), label=_("If in areas, in which"), required=False, widget=forms.CheckboxSelectMultiple)
    regions = forms.ModelMultipleChoiceField(
        Region.objects.none(), label=_("If in regions, in which"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.none(), label=_("If in municipalities, in which"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    valid_from = day_field(FACTS["valid_from"], required=False)
    valid_until = day_field(FACTS["valid_until"], required=False)
    handling_days = forms.IntegerField(label=FACTS["handling_days"], required=False, min_value=1, max_value=1000)
    link = forms.URLField(label=FACTS["link"], required=False, assume_scheme="https")
    provider_types = forms.MultipleChoiceField(
        label=FACTS["provider_types"], widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Where no organisation has been named, the region's parties of these kinds are shown."),
    )  # fmt: skip
    related = forms.ModelMultipleChoiceField(
        Service.objects.none(), label=_("Often needed together with"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Whose card"), required=False, empty_label=_("The network's common card"),
        help_text=_("The organisation's service editors then keep it right."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, service: Service, owners: "QuerySet[Organisation] | None" = None, common: bool = True,
        reaches: "Mapping[str, QuerySet[Any]] | None" = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._owners(owners, common=common)
        self._places(service, reaches)
        for channel in ServiceChannel:
            self.fields[f"to_{channel.value}"] = _link_field(channel)
            self.initial[f"to_{channel.value}"] = service.channel_links.get(channel.value, "")
        for name, label in TEXTS.items():
            self.fields[name] = _text(name.partition("_")[0], label)
        for name in (name for name in self.fields if name not in ("related", "group", *_PLACES.values()) and not name.startswith("to_")):
            self.initial.setdefault(name, getattr(service, name))
        self.initial.update({"group": service.group_id, "related": list(service.related.all()) if service.pk else []})
        _offer(self.fields["group"], group_choices(), _group_name)
        _offer(self.fields["related"], related_choices(service), lambda card: str(card.name))
        kinds: Any = self.fields["provider_types"]
        kinds.choices = type_choices()

    def _owners(self, owners: "QuerySet[Organisation] | None", *, common: bool) -> None:
        field: Any = self.fields["owner"]
        if owners is None:
            del self.fields["owner"]
        else:
            field.queryset, field.required = owners, not common
            field.empty_label = field.empty_label if common else None

    def _places(self, service: Service, reaches: "Mapping[str, QuerySet[Any]] | None") -> None:
        """Those within reach, and those that the card has already."""
        reaches = reach_of(service) if reaches is None else reaches
        for kind, name in _PLACES.items():
            chosen = service.places if service.validity == kind else []
            if kind not in reaches and not chosen:
                del self.fields[name]
                continue
            found = reaches.get(kind, Region.objects.none())
            offered = found.model._default_manager.filter(Q(pk__in=found.values("pk")) | Q(pk__in=chosen))
            _offer(self.fields[name], offered.order_by(FinnishKey(best("name")), "pk"), lambda place: str(place.name))
            self.initial.setdefault(name, chosen)

    def clean(self) -> dict[str, Any]:
        given = {channel.value: self.cleaned_data.pop(f"to_{channel.value}", "") for channel in ServiceChannel}
        self.cleaned_data["channel_links"] = {code: text for code, text in given.items() if text}
        chosen = {kind: self.cleaned_data.pop(name, ()) for kind, name in _PLACES.items()}
        self.cleaned_data["places"] = sorted(place.pk for place in chosen.get(self.cleaned_data.get("validity", ""), ()))
        return self.cleaned_data

    def has_link_errors(self) -> bool:
        return any(name.startswith("to_") for name in self.errors)

    def link_fields(self) -> list[forms.BoundField]:
        return [self[f"to_{channel.value}"] for channel in ServiceChannel]

    def text_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in TEXTS]

    def facts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in TEXTS and name not in ("related", "owner") and not name.startswith("to_")]


def _group_name(group: ServiceGroup) -> str:
    return f"{group.parent.name}: {group.name}" if group.parent else str(group.name)


def _text(stem: str, label: Any) -> forms.CharField:
    if stem == "name":
        return forms.CharField(label=label, required=False, max_length=160)
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3 if stem != "description" else 6}))


class GroupForm(forms.Form):
    """A service group's names, and under which group it stands."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=120)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    parent = forms.ModelChoiceField(
        ServiceGroup.objects.none(), label=_("Under which group"), required=False, empty_label=_("None: it is a main group"),
    )  # fmt: skip

    def __init__(self, *args: Any, group: ServiceGroup | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = ServiceGroup.objects.active().filter(parent=None).exclude(pk=group.pk if group else 0)
        _offer(self.fields["parent"], tops.order_by("order", "code"), lambda each: str(each.name))
        if group is not None:
            self.initial.update({name: getattr(group, name) for name in ("name_fi", "name_sv", "name_en")} | {"parent": group.parent_id})

    def names(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"name_{language}"] for language in LanguageCode.values}


class WordsForm(forms.Form):
    """Keywords or everyday phrases of one language, a line each."""

    language = forms.ChoiceField(choices=LanguageCode.choices, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=WordKind.choices, widget=forms.HiddenInput)
    texts = forms.CharField(
        label=_("One on each line"), required=False, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("What people really write when they need this, in their own words. Twenty or more make the need matcher good."),
    )  # fmt: skip


class PartForm(forms.Form):
    """An organisation in one of its regions."""

    part = forms.ModelChoiceField(Participation.objects.none(), label=_("Region and organisation"))

    def __init__(self, *args: Any, parts: "QuerySet[Participation]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = parts.order_by(FinnishKey(best("region__name")), FinnishKey(best("organisation__name")), "pk")
        _offer(self.fields["part"], ordered, lambda part: f"{part.region.name}: {part.organisation.name}")


class ContactForm(forms.Form):
    """One of an organisation's people, or nobody."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Contact person"), required=False, empty_label=_("Nobody is named"),
        help_text=_("Customers see the name and telephone number. Somebody who is not shown to the public is seen by staff only."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["person"], people_at(organisation), _name_of)


class OrganisationForm(forms.Form):
    """One of several organisations."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))

    def __init__(self, *args: Any, organisations: "QuerySet[Organisation]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["organisation"], organisations.order_by(FinnishKey(best("name")), "pk"), lambda each: str(each.name))


class ReachForm(ContactForm):
    """Regions of which the organisation is no party, and one of its people."""

    regions = forms.ModelMultipleChoiceField(Region.objects.none(), label=_("Which regions it serves"), widget=forms.CheckboxSelectMultiple)
    field_order = ("regions", "person")

    def __init__(self, *args: Any, regions: "QuerySet[Region]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["regions"], regions, lambda each: str(each.name))


def _name_of(person: Person) -> str:
    return person.name if person.is_published else _("%(name)s (not shown to the public)") % {"name": person.name}


def _offer(field: Any, found: "QuerySet[Any]", label: Callable[[Any], str]) -> None:
    field.queryset, field.label_from_instance = found, label
