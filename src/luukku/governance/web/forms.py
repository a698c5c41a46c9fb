"""Forms of groups and meetings. They check shape; rules are the actions'. Field names are those by which actions name what is wrong."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.moments import moment_at
from luukku.core.translated import reading_order
from luukku.core.ui.forms import day_field, hour_field, words_field
from luukku.governance.actions.groups import GroupForm, MemberForm
from luukku.governance.actions.meetings import MeetingForm
from luukku.governance.enums import MemberRole
from luukku.governance.models import AgendaItem, Group, GroupKind, Meeting, Membership, Task
from luukku.governance.models.whose import Whose
from luukku.governance.queries.pages import organisations_of, people_for
from luukku.governance.web.seat_forms import kilometres_field, limits_field, mandate_field, share_field
from luukku.network.enums import LanguageCode
from luukku.network.models import Organisation, Person

NAMES = ("fi", "sv", "en")
TITLES = {"fi": _("What it is about, in Finnish"), "sv": _("What it is about, in Swedish"), "en": _("What it is about, in English")}


class GroupFields(forms.Form):
    kind = forms.ModelChoiceField(GroupKind.objects.none(), label=_("What kind of group"), empty_label=None)
    name_fi = forms.CharField(label=_("What you call it, in Finnish"), max_length=120, required=False)
    name_sv = forms.CharField(label=_("In Swedish"), max_length=120, required=False)
    name_en = forms.CharField(label=_("In English"), max_length=120, required=False)
    purpose = words_field(_("What it is for"), 3, required=False)
    place = forms.CharField(label=_("Where it usually meets"), max_length=200, required=False)
    video_link = forms.URLField(label=_("Its video link"), max_length=300, required=False, assume_scheme="https")
    kilometres = kilometres_field(_("Kilometres that its members usually travel"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, whose: Whose, group: Group | None = None) -> None:
        initial = (
            {name: getattr(group, name) for name in ("name_fi", "name_sv", "name_en", "purpose", "place", "video_link", "kilometres")}
            if group
            else {}
        )
        super().__init__(data, initial=initial)
        kinds = GroupKind.objects.filter(deactivated_at=None)
        self.fields["kind"].queryset = kinds.filter(Q(region=None) | Q(region=whose.region), level=whose.level).order_by("order", "code")  # type: ignore[attr-defined]
        if group is not None:
            del self.fields["kind"]

    def made(self) -> GroupForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        return GroupForm({code: given[f"name_{code}"] for code in NAMES}, given["purpose"], given["place"], given["video_link"], given["kilometres"])


class MemberFields(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person of the network"), required=False, empty_label=_("Somebody outside it"))
    outside_name = forms.CharField(label=_("Name, of somebody outside the network"), max_length=120, required=False)
    outside_email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The invitation and a personal link go there: no sign-in is needed.")
    )
    outside_of = forms.CharField(label=_("Their company or organisation"), max_length=120, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Whom they speak for"), required=False, empty_label=_("Nobody in particular")
    )
    role = forms.ChoiceField(label=_("In the group"), choices=MemberRole.choices)
    deputy = forms.ModelChoiceField(Person.objects.none(), label=_("Deputy"), required=False, empty_label=_("None"))
    language = forms.ChoiceField(label=_("The language in which we write to this person"), choices=LanguageCode.choices)
    time_share = share_field()
    mandate = mandate_field(required=False)
    mandate_limits = limits_field()
    valid_from = day_field(_("Term begins"), required=False)
    valid_until = day_field(_("Term ends"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, group: Group, member: Membership | None = None) -> None:
        names = (
            "person_id",
            "outside_name",
            "outside_email",
            "outside_of",
            "organisation_id",
            "role",
            "deputy_id",
            "language",
            "valid_from",
            "valid_until",
        )
        initial = {name.removesuffix("_id"): getattr(member, name) for name in names} if member is not None else {"role": MemberRole.MEMBER}
        super().__init__(data, initial=initial)
        for name in ("person", "deputy"):
            self.fields[name].queryset = people_for(group)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations_of(group.whose)  # type: ignore[attr-defined]
        if member is not None:
            hidden = ("outside_name", "outside_email", "outside_of", "language") if member.person_id else ("person",)
            for name in (*hidden, "time_share", "mandate", "mandate_limits"):  # these are asked on a page of their own
                del self.fields[name]
            if member.person_id:
                self.fields["person"].queryset = Person.objects.filter(pk=member.person_id)  # type: ignore[attr-defined]

    def made(self) -> MemberForm:
        """What the form says. Call after is_valid()."""
        return MemberForm(**self.cleaned_data)


class MeetingFields(forms.Form):
    day = day_field(_("Day"), error_messages={"required": _("Choose the day.")})
    starts = hour_field(_("Begins at"), error_messages={"required": _("Write when it begins.")})
    ends = hour_field(_("Ends at"), error_messages={"required": _("Write when it ends.")})
    title = forms.CharField(label=_("Title, if it needs one besides the group's name"), max_length=160, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    video_link = forms.URLField(
        label=_("Video link"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("With both a place and a link, each chooses how to come."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, group: Group, meeting: Meeting | None = None) -> None:
        initial: dict[str, Any] = {"place": group.place, "video_link": group.video_link, "starts": "09:00", "ends": "11:00"}
        if meeting is not None:
            starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
            initial = {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "title": meeting.title}
            initial |= {"place": meeting.place, "video_link": meeting.video_link}
        super().__init__(data, initial=initial)

    def made(self) -> MeetingForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        starts, ends = (moment_at(given["day"], given[name]) for name in ("starts", "ends"))
        return MeetingForm(starts, ends, given["title"], given["place"], given["video_link"])


class ItemFields(forms.Form):
    title = forms.CharField(label=_("What it is about"), max_length=160, error_messages={"required": _("Write what it is about.")})
    brief = words_field(_("What those who come should know before"), 4, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, item: AgendaItem | None = None) -> None:
        """The title in the language in which the point is shown; below, if somebody wants to, in the others."""
        initial = {"title": str(item.title), "brief": item.brief} if item is not None else {}
        self.others = [code for code in NAMES if code != (item.title.lang if item is not None else reading_order()[0])]
        for code in self.others:
            initial[f"title_{code}"] = getattr(item, f"title_{code}", "")
        super().__init__(data, initial=initial)
        for code in self.others:
            self.fields[f"title_{code}"] = forms.CharField(label=TITLES[code], max_length=160, required=False)

    def made(self) -> dict[str, Any]:
        """What the actions take. Call after is_valid()."""
        given = self.cleaned_data
        return {"title": given["title"], "brief": given["brief"], "others": {code: given[f"title_{code}"] for code in self.others}}


class PaperFields(forms.Form):
    file = forms.FileField(label=_("File"), error_messages={"required": _("Choose a file.")})


class TaskFields(forms.Form):
    words = forms.CharField(label=_("What is done"), max_length=300, error_messages={"required": _("Write what is to be done.")})
    membership = forms.ModelChoiceField(Membership.objects.none(), label=_("Who does it"), empty_label=None)
    due_day = day_field(_("By when"), error_messages={"required": _("Choose the day.")})

    def __init__(self, data: Mapping[str, Any] | None = None, *, group: Group, task: Task | None = None) -> None:
        super().__init__(data, initial={name: getattr(task, name) for name in ("words", "membership", "due_day")} if task is not None else None)
        members = Membership.objects.on(timezone.localdate()).filter(group=group).select_related("person").order_by("id")
        self.fields["membership"].queryset = members  # type: ignore[attr-defined]
        self.fields["membership"].label_from_instance = lambda member: member.who  # type: ignore[attr-defined]


class MoveFields(forms.Form):
    due_day = day_field(_("When will it be done?"), error_messages={"required": _("Choose the day.")})


class HowFields(forms.Form):
    words = words_field(_("How it goes"), 2, error_messages={"required": _("Write how it goes.")})


class DecisionFields(forms.Form):
    words = words_field(_("What was decided"), 2)


class AmendmentFields(forms.Form):
    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Under which point"), required=False)
    words = words_field(_("What it should say"), 3)

    def __init__(self, data: Mapping[str, Any], *, meeting: Meeting) -> None:
        super().__init__(data)
        self.fields["item"].queryset = AgendaItem.objects.filter(meeting=meeting)  # type: ignore[attr-defined]


class ReplyFields(forms.Form):
    """The answer to an amendment; which of two buttons was pressed goes along."""

    do = forms.CharField(widget=forms.HiddenInput)
    reply = forms.CharField(label=_("Your answer, and why if it is not taken in"), required=False)
