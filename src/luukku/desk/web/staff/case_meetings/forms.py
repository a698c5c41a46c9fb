"""Forms of case meetings. They check shape; rules are the actions'."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import day_field, hour_field, words_field
from luukku.customers.enums import ConsentWay
from luukku.desk.actions.case_meetings.consent import TOLD_BY_US
from luukku.desk.actions.case_meetings.series import SeriesForm
from luukku.desk.models import CaseMeeting, MeetingMember, MeetingSeries
from luukku.desk.models.meeting_kinds import Nth, Rhythm, Template, Weekday
from luukku.desk.queries.choices import colleagues
from luukku.desk.web.staff.act_forms import moment_of
from luukku.network.models import Organisation, Person, Region


class MeetingsForm(forms.Form):
    """A series: name, rhythm, place. For a new one also the template and who meets."""

    template = forms.ChoiceField(label=_("What kind of meeting"), choices=Template.choices, widget=forms.RadioSelect, initial=Template.CASES)
    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=120, error_messages={"required": _("Give the series a name in Finnish.")})
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, initial=Rhythm.MONTHLY)
    nth = forms.TypedChoiceField(label=_("Which of the month"), choices=Nth.choices, coerce=int, initial=Nth.SECOND)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=Weekday.choices, coerce=int, initial=Weekday.TUESDAY)
    starts = hour_field(_("Begins"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), initial=90)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    video_link = forms.URLField(label=_("Video link"), max_length=300, required=False, assume_scheme="https")
    access_days = forms.IntegerField(
        label=_("For how many days after a meeting opened matters stay open"), initial=14, min_value=0, max_value=90,
        help_text=_("Then they close to the organisations that have no part of their own in them."),
    )  # fmt: skip
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Who meets"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two organisations: a case meeting brings several together.")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, region: Region, series: MeetingSeries | None = None) -> None:
        names = ("name_fi", "name_sv", "name_en", "rhythm", "nth", "weekday", "starts", "minutes", "place", "video_link", "access_days")
        super().__init__(data, initial={name: getattr(series, name) for name in names} if series else None)
        self.fields["starts"].required = True
        for name in ("place", "video_link"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]
        if series is not None:
            del self.fields["template"], self.fields["organisations"]
        else:
            members = Organisation.objects.active().in_region(region.pk).order_by(FinnishKey(best("name")))
            self.fields["organisations"].queryset = members  # type: ignore[attr-defined]

    def series(self) -> SeriesForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        plain = ("starts", "rhythm", "nth", "weekday", "minutes", "place", "video_link", "access_days")
        return SeriesForm(names={code: given[f"name_{code}"] for code in ("fi", "sv", "en")}, **{name: given[name] for name in plain})


class MoveForm(forms.Form):
    day = day_field(_("Day"), error_messages={"required": _("Choose the day of the meeting.")})
    hour = hour_field(_("Time"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    video_link = forms.URLField(label=_("Video link"), max_length=300, required=False, assume_scheme="https")

    def __init__(self, data: Mapping[str, Any] | None = None, *, meeting: CaseMeeting) -> None:
        at = timezone.localtime(meeting.starts_at)
        super().__init__(data, initial={"day": at.date(), "hour": at.time(), "place": meeting.place, "video_link": meeting.video_link})

    @property
    def when(self) -> datetime:
        """Call after is_valid()."""
        found = moment_of(self.cleaned_data["day"], self.cleaned_data["hour"])
        assert found is not None
        return found


class LeadForm(forms.Form):
    member = forms.ModelChoiceField(MeetingMember.objects.none(), label=_("Who leads this time"), empty_label=None, widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None, *, meeting: CaseMeeting) -> None:
        super().__init__(data)
        members = MeetingMember.objects.filter(party__series=meeting.series_id).select_related("person", "party__organisation")
        self.fields["member"].queryset = members.order_by("party__position", "id")  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = lambda each: f"{each.person.name}, {each.party.organisation.name}"  # type: ignore[attr-defined]


class PresentForm(forms.Form):
    present = forms.TypedMultipleChoiceField(label=_("Who is here"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Mapping[str, Any] | None = None, *, members: Sequence[MeetingMember], present: Sequence[int]) -> None:
        super().__init__(data, initial={"present": list(present)})
        self.fields["present"].choices = [(each.person_id, each.person.name) for each in members]  # type: ignore[attr-defined]


class PointForm(forms.Form):
    minutes = words_field(_("Minutes"), 3, required=False)
    is_open = forms.BooleanField(label=_("Goes on: the next meeting begins with this"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ItemForm(forms.Form):
    minutes = words_field(_("Minutes"), 4, required=False, help_text=_("Read by those who may know whose matter it is; never by the customer."))
    decision = words_field(_("Decision"), 2, required=False, help_text=_("Goes onto the case as a note."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(forms.Form):
    words = forms.CharField(
        label=_("Next step"), max_length=200, help_text=_("The customer reads this too."), error_messages={"required": _("Write what happens next.")}
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who does it"), empty_label=_("Choose"), error_messages={"required": _("Choose who does it.")}
    )
    due = day_field(_("By when"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, organisations: Sequence[int], series_id: int) -> None:
        super().__init__(data)
        members = MeetingMember.objects.filter(party__series=series_id).values("person_id")
        people = colleagues(organisations) | Person.objects.active().filter(pk__in=members)
        self.fields["person"].queryset = people.distinct().order_by(FinnishKey("name"))  # type: ignore[attr-defined]


def question_field() -> forms.CharField:
    """What the proposer wants of the meeting."""
    return words_field(_("What do you want to know or agree on"), 3, error_messages={"required": _("Write the question that you want answered.")})


def nameless_field() -> forms.CharField:
    """What is told to those who may not know whose matter it is."""
    return words_field(
        _("The matter without names"), 3,
        help_text=_("For example “a bakery that looks for bigger premises”. This is all the others see until the customer agrees to more."),
        error_messages={"required": _("Tell the matter in words that say nothing of whose it is.")},
    )  # fmt: skip


class ProposeForm(forms.Form):
    meeting = forms.ModelChoiceField(CaseMeeting.objects.none(), label=_("To which meeting"), empty_label=None, widget=forms.RadioSelect)
    question = question_field()
    nameless = nameless_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, meetings: Sequence[CaseMeeting], label: Any) -> None:
        super().__init__(data, initial={"meeting": meetings[0].pk if meetings else None})
        found = CaseMeeting.objects.filter(pk__in=[each.pk for each in meetings]).select_related("series").order_by("starts_at")
        self.fields["meeting"].queryset = found  # type: ignore[attr-defined]
        self.fields["meeting"].label_from_instance = label  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """The customer told one of us: how, and who may know."""

    way = forms.ChoiceField(
        label=_("How the customer told you"), choices=[(way.value, way.label) for way in TOLD_BY_US], widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the customer told you.")},
    )  # fmt: skip
    allowed = forms.TypedMultipleChoiceField(
        label=_("Which organisations may know whose matter it is"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one organisation, or write down that the customer does not agree.")},
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, organisations: Sequence[Organisation]) -> None:
        super().__init__(data, initial={"way": ConsentWay.PHONE})
        self.fields["allowed"].choices = [(each.pk, str(each.name)) for each in organisations]  # type: ignore[attr-defined]
