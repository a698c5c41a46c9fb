"""Forms of one booked time: agreed on the phone, held, cancelled."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.finnish import FinnishKey
from luukku.core.moments import moment_at
from luukku.core.ui.forms import day_field, hour_field, words_field
from luukku.customers.models import Contact
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.appointments.publishing import tells_where, where_to_come
from luukku.desk.enums import Canceller, MeetingPlace
from luukku.desk.models import Appointment, Room
from luukku.desk.queries.choices import colleagues
from luukku.desk.web.contact_words import wishes_text
from luukku.network.models import Desk, Person

CHANGE_HOURS = 4  # the customer moves or cancels what was agreed by phone until this long before


class AgreeForm(forms.Form):
    """A time that was agreed with the customer and not published."""

    day = day_field(gettext_lazy("Day"), error_messages={"required": gettext_lazy("Choose the day.")})
    hour = hour_field(gettext_lazy("Time"), error_messages={"required": gettext_lazy("Write the time.")})
    length = forms.IntegerField(label=gettext_lazy("Length, minutes"), initial=45, min_value=10, max_value=480)
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=gettext_lazy("Who meets the customer"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one adviser.")},
    )  # fmt: skip
    place = forms.ChoiceField(label=gettext_lazy("Where"), choices=MeetingPlace.choices, initial=MeetingPlace.PHONE)
    room = forms.ModelChoiceField(Room.objects.none(), label=gettext_lazy("Room"), required=False, empty_label=gettext_lazy("No room of ours"))
    address = forms.CharField(label=gettext_lazy("Address, and how to find there"), required=False, max_length=200)
    video_link = forms.CharField(
        label=gettext_lazy("Address of the video meeting"), required=False, max_length=300, widget=forms.URLInput()
    )  # fmt: skip

    anyway = forms.BooleanField(label=gettext_lazy("The customer has agreed to this time, though it is outside their wishes"), required=False)

    def __init__(self, *args: Any, organisation_ids: Collection[int], me: int | None, contact: Contact | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if contact is not None and (contact.call_days or contact.call_from):
            self.fields["hour"].help_text = wishes_text(contact)
        else:
            del self.fields["anyway"]
        self.fields["people"].queryset = colleagues(organisation_ids).order_by(FinnishKey("name"))  # type: ignore[attr-defined]
        self.fields["room"].queryset = Room.objects.filter(  # type: ignore[attr-defined]
            organisation__in=organisation_ids, deactivated_at=None
        )
        self.fields["people"].initial = [me]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("place") == MeetingPlace.VIDEO and not given.get("video_link", "").startswith("https://"):
            self.add_error("video_link", _("Give the address of the video meeting. It begins with https://"))
        comes = (MeetingPlace.PREMISES, MeetingPlace.VISITING, MeetingPlace.REMOTE_POINT)
        if given.get("place") in comes and not tells_where(given.get("room"), given.get("address", "")):
            self.add_error("address", where_to_come())
        return given

    def plan(self, desk: Desk) -> Plan:
        """What the action takes. Call after is_valid()."""
        given = self.cleaned_data
        start = moment_at(given["day"], given["hour"])
        end = start + timedelta(minutes=given["length"])
        return Plan(
            desk=desk, people=tuple(sorted(given["people"], key=lambda person: person.pk)), starts_at=start, ends_at=end, busy_until=end,
            change_until=start - timedelta(hours=CHANGE_HOURS), place=given["place"], room=given["room"], address=given["address"].strip(),
            video_link=given["video_link"].strip(), anyway=given.get("anyway", False),
        )  # fmt: skip


def initial_of(meeting: Appointment) -> dict[str, Any]:
    """A booked meeting as the form of an agreed time shows it."""
    start = timezone.localtime(meeting.starts_at)
    return {
        "day": start.date(), "hour": start.time(), "length": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        "people": [person.pk for person in meeting.people.all()], "place": meeting.place, "room": meeting.room_id, "address": meeting.address,
        "video_link": meeting.video_link,
    }  # fmt: skip


class MetForm(forms.Form):
    note = words_field(gettext_lazy("Note of the meeting"), required=False, help_text=gettext_lazy("Inside: the customer does not see it."))
    all_came = forms.BooleanField(
        label=gettext_lazy("All three were there: the customer, we and the one who takes it over"), required=False, initial=True
    )

    def __init__(self, *args: Any, of_three: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_three:
            del self.fields["all_came"]


class CancelForm(forms.Form):
    wish = forms.ChoiceField(
        label=gettext_lazy("Who wants to cancel"), widget=forms.RadioSelect, choices=[
            (Canceller.CUSTOMER, gettext_lazy("The customer")), (Canceller.US, gettext_lazy("We")),
        ], error_messages={"required": gettext_lazy("Choose who wants to cancel.")},
    )  # fmt: skip


class FeedForm(forms.Form):
    shows = forms.ChoiceField(
        label=gettext_lazy("What your calendar shows"), widget=forms.RadioSelect, initial="busy", choices=[
            ("busy", gettext_lazy("Only that I am busy")), ("full", gettext_lazy("The place too, never the customer or the matter")),
        ],
    )  # fmt: skip
