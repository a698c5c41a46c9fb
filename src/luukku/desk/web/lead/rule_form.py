"""Forms of routing rules and rotas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.enums import Segment
from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import services_by_name
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import day_field
from luukku.desk.actions.routing import RuleForm
from luukku.desk.enums import RotaPeriod, Whom
from luukku.desk.models import Rota, Rule, RuleBook
from luukku.desk.queries.choices import colleagues
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Municipality, Person

_LANGUAGES = ((LanguageCode.FI.value, _("Finnish")), (LanguageCode.SV.value, _("Swedish")), (LanguageCode.EN.value, _("English")))


class RuleEditForm(forms.Form):
    """Conditions, all of which must hold; and where the matter goes then."""

    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.none(), label=_("Municipality"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: any.")
    )
    languages = forms.MultipleChoiceField(choices=_LANGUAGES, label=_("Language"), required=False, widget=forms.CheckboxSelectMultiple)
    find = forms.CharField(label=_("Find a service"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
    services = forms.ModelMultipleChoiceField(
        Service.objects.none(), label=_("Service"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any. A service is known when the customer chose one, or an adviser wrote it down."),
    )  # fmt: skip
    segments = forms.MultipleChoiceField(
        choices=Segment.choices, label=_("Segment"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any. The segment is known once an adviser has written it down on the matter."),
    )  # fmt: skip
    fewer_than = forms.IntegerField(
        label=_("Only while the desk has fewer open matters than"), required=False, min_value=1, max_value=10_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    to_desk = forms.ModelChoiceField(Desk.objects.none(), label=_("To the desk"), required=False, empty_label=_("Choose"))
    whom = forms.ChoiceField(label=_("To whom there"), required=False, choices=(("", _("To nobody yet: the queue")), *Whom.choices))
    to_person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Named person"), required=False, empty_label=_("Choose"), help_text=_("When you chose a named person.")
    )

    def __init__(self, data: Any = None, *, book: RuleBook, rule: Rule | None = None) -> None:
        super().__init__(data, initial=_initial(rule))
        name = FinnishKey(best("name"))
        here = Municipality.objects.filter(region_spells__region=book.region_id, region_spells__valid_until=None).order_by(name)
        desks = Desk.objects.filter(region=book.region_id, deactivated_at=None)
        organisations = [book.desk.organisation_id] if book.desk else list(desks.values_list("organisation_id", flat=True))
        for field, choices in (
            ("municipalities", here), ("services", services_by_name()), ("to_desk", desks.order_by(name)),
            ("to_person", colleagues(organisations).order_by(FinnishKey("name"))),
        ):  # fmt: skip
            self.fields[field].queryset = choices  # type: ignore[attr-defined]
        self.fields["find"].says_optional = False  # type: ignore[attr-defined]
        self._group_services()
        if book.desk is not None:
            del self.fields["to_desk"]
            self.fields["whom"].choices = Whom.choices  # type: ignore[attr-defined]

    def _group_services(self) -> None:
        """By the shelves of the catalogue; after a search those that fit, and what is chosen already, so that nothing is lost."""
        words = str(self.data.get("find") or "").casefold().split() if self.is_bound else []
        chosen = set(map(str, self["services"].value() or ()))
        shelves: dict[str, list[tuple[int, str]]] = {}
        for service in services_by_name().select_related("group"):
            names = f"{service.name_fi} {service.name_sv} {service.name_en}".casefold()
            if str(service.pk) in chosen or all(word in names for word in words):
                shelves.setdefault(str(service.group.name), []).append((service.pk, str(service.name)))
        field = self.fields["services"]
        field.choices = sorted(shelves.items())  # type: ignore[attr-defined]
        field.groups_open = bool(words)  # type: ignore[attr-defined]

    def rule(self) -> RuleForm:
        """What the action takes."""
        given = self.cleaned_data
        keys = {name: tuple(each.pk for each in given[name]) for name in ("municipalities", "services")}
        return RuleForm(
            **keys, languages=tuple(given["languages"]), segments=tuple(given["segments"]),
            fewer_than=given["fewer_than"], to_desk=given.get("to_desk"),
            whom=given["whom"], to_person=given["to_person"] if given["whom"] == Whom.PERSON else None,
        )  # fmt: skip


def _initial(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    plain = {name: getattr(rule, name) for name in ("municipalities", "services", "languages", "segments", "fewer_than", "whom")}
    return {**plain, "to_desk": rule.to_desk_id, "to_person": rule.to_person_id}


class RotaForm(forms.Form):
    """Whose turn it is: people are numbered in order; those without a number are not in the rota."""

    period = forms.ChoiceField(label=_("A turn lasts"), choices=RotaPeriod.choices, widget=forms.RadioSelect)
    starts_on = day_field(_("The first turn begins"))

    def __init__(self, data: Any = None, *, desk: Desk, rota: Rota | None, today: Any) -> None:
        initial = {"period": rota.period, "starts_on": rota.starts_on} if rota else {"period": RotaPeriod.WEEK, "starts_on": today}
        super().__init__(data, initial=initial)
        order = {pk: place for place, pk in enumerate(rota.people, start=1)} if rota else {}
        for person in colleagues([desk.organisation_id]).order_by(FinnishKey("name")):
            self.fields[f"place_{person.pk}"] = box = forms.IntegerField(
                label=person.name, required=False, min_value=1, max_value=99, initial=order.get(person.pk),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
            )  # fmt: skip
            box.says_optional = False  # type: ignore[attr-defined]

    def people(self) -> tuple[int, ...]:
        """Ids in the order of their numbers; the same number by name."""
        numbered = [(value, name) for name, value in self.cleaned_data.items() if name.startswith("place_") and value]
        return tuple(int(name.removeprefix("place_")) for _value, name in sorted(numbered, key=lambda pair: pair[0]))
