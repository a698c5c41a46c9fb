"""Forms of complaints. They check shape; rules are the actions'. Field names are those by which actions name what is wrong."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.complaints.actions.making import ComplaintForm
from luukku.complaints.enums import About, Cause
from luukku.complaints.models import Complaint
from luukku.complaints.models.rules import MOST_DAYS
from luukku.complaints.queries.pages import people_for, people_of_region
from luukku.complaints.queries.rules import causes_of
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import day_field, words_field
from luukku.desk.models import Case
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Organisation, Person, Region


class MakeForm(forms.Form):
    """About her own matter only the words are asked: the rest is known."""

    about = forms.ChoiceField(
        label=_("What is it about?"), choices=About.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose what it is about.")}
    )
    cause = forms.ChoiceField(label=_("What was wrong?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what was wrong.")})
    words = words_field(_("Tell in your own words what happened"), 6, error_messages={"required": _("Write what happened.")})
    wish = words_field(_("What should we do about it?"), 3, required=False)
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(
        max_length=254,
        label=_("Your e-mail address"), required=False, help_text=_("We tell there when the answer has come, nothing else."),
        error_messages={"invalid": _("Write the address like name@example.fi.")},
    )  # fmt: skip
    phone = forms.CharField(label=_("Your phone number"), max_length=40, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, region: Region, case: Case | None = None) -> None:
        contact = case.customer.contact if case is not None and case.customer is not None else None
        super().__init__(data, initial={"name": contact.name, "email": contact.email, "phone": contact.phone} if contact is not None else {})
        self.region, self.case = region, case
        self.fields["cause"].choices = causes_of(region)  # type: ignore[attr-defined]
        if case is not None:
            del self.fields["about"]

    def made(self, language: str, **known: Any) -> ComplaintForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        return ComplaintForm(
            region=self.region, about=given.get("about", About.MATTER.value), cause=given["cause"], words=given["words"], wish=given["wish"],
            language=language, name=given["name"], email=given["email"], phone=given["phone"], case=self.case, **known,
        )  # fmt: skip


class LogForm(MakeForm):
    """Staff take a complaint down: in whose words, and of whom."""

    number = forms.CharField(
        label=_("Number of the matter"), max_length=20, required=False, help_text=_("Such as SU-26-0412, if it is about one of yours.")
    )
    desk = forms.ModelChoiceField(Desk.objects.none(), label=_("Which desk"), required=False, empty_label=_("The region's front desk"))
    about_person = forms.ModelChoiceField(Person.objects.none(), label=_("Whom it is about"), required=False, empty_label=_("Nobody in particular"))
    language = forms.ChoiceField(label=_("In which language we write to them"), choices=LanguageCode.choices)
    field_order = ("about", "number", "desk", "about_person", "cause", "words", "wish", "name", "email", "phone", "language")

    def __init__(self, data: Mapping[str, Any] | None = None, *, region: Region) -> None:
        super().__init__(data, region=region)
        desks = (
            Desk.objects.filter(region=region, deactivated_at=None)
            .select_related("organisation")
            .order_by(FinnishKey(best("organisation__name")), "id")
        )
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self.fields["desk"].label_from_instance = lambda desk: str(desk.organisation.name)  # type: ignore[attr-defined]
        self.fields["about_person"].queryset = people_of_region(region)  # type: ignore[attr-defined]
        self.fields["words"].label = _("What happened, in the words of whoever complains")
        self.fields["wish"].label = _("What should be done about it")
        for name, label in (("name", _("Name")), ("email", _("E-mail address")), ("phone", _("Phone"))):
            self.fields[name].label = label


class WordsForm(forms.Form):
    words = words_field(_("Words"), 5, error_messages={"required": _("Write something first.")})

    def __init__(self, data: Mapping[str, Any] | None = None, *, label: Any = None, hint: Any = "") -> None:
        super().__init__(data)
        if label is not None:
            self.fields["words"].label = label
        self.fields["words"].help_text = hint


class CorrectionForm(forms.Form):
    what = words_field(_("What is changed"), 3, error_messages={"required": _("Write what is changed.")})
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who sees to it"), empty_label=None)
    by_day = day_field(_("By when"), error_messages={"required": _("Choose the day.")})

    def __init__(self, data: Mapping[str, Any] | None = None, *, complaint: Complaint, person_id: int | None) -> None:
        super().__init__(data, initial={"person": person_id})
        self.fields["person"].queryset = people_for(complaint)  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who answers for it"), empty_label=None)

    def __init__(self, data: Mapping[str, Any] | None = None, *, complaint: Complaint) -> None:
        super().__init__(data, initial={"person": complaint.owner_id})
        self.fields["person"].queryset = people_for(complaint)  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Of which organisation"), required=False, empty_label=_("The whole region")
    )
    cause = forms.ChoiceField(label=_("Of which kind"), required=False)
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Who answers"), required=False, empty_label=_("The coordinator"))
    working_days = forms.IntegerField(label=_("In how many working days"), min_value=1, max_value=MOST_DAYS, initial=10)

    def __init__(self, data: Mapping[str, Any] | None = None, *, region: Region, own: Collection[int] | None = None) -> None:
        """`own`: the organisations of which alone she sets rules; None for the coordinator."""
        super().__init__(data)
        serving = Organisation.objects.filter(desks__region=region).distinct().order_by(FinnishKey(best("name")), "id")
        organisation: Any = self.fields["organisation"]
        organisation.queryset = serving if own is None else serving.filter(pk__in=own)
        if own is not None:
            organisation.required, organisation.empty_label = True, None
        self.fields["cause"].choices = [("", _("Every kind")), *causes_of(region)]  # type: ignore[attr-defined]
        self.fields["owner"].queryset = people_of_region(region)  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]


class CauseForm(forms.Form):
    name_fi = forms.CharField(label=_("In Finnish"), max_length=80, error_messages={"required": _("Write it in Finnish at least.")})
    name_sv = forms.CharField(label=_("In Swedish"), max_length=80, required=False)
    name_en = forms.CharField(label=_("In English"), max_length=80, required=False)
    is_hidden = forms.BooleanField(label=_("Not offered any more"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, code: str, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        if not code or code == Cause.OTHER:
            del self.fields["is_hidden"]

    def names(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"name_{language}"] for language in ("fi", "sv", "en")}
