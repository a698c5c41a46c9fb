"""Forms of an adviser's times."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import services_by_name
from luukku.core.finnish import FinnishKey
from luukku.core.moments import midnight_after, moment_at
from luukku.core.translated import best
from luukku.core.ui.forms import day_field, hour_field
from luukku.desk.actions.appointments.publishing import TimesForm
from luukku.desk.enums import WEEKS_OF_MONTH, MeetingPlace
from luukku.desk.models import BookableTimes, Room, ServicePoint
from luukku.desk.queries.choices import colleagues
from luukku.network.models import Desk, Municipality, Organisation, Person, Premises

_WEEKDAYS = (
    (0, gettext_lazy("Monday")), (1, gettext_lazy("Tuesday")), (2, gettext_lazy("Wednesday")), (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")), (5, gettext_lazy("Saturday")), (6, gettext_lazy("Sunday")),
)  # fmt: skip
ONCE, WEEKLY = "once", "weekly"


class PublishForm(forms.Form):
    """Times to be opened for booking."""

    desk = forms.ModelChoiceField(Desk.objects.none(), label=gettext_lazy("Desk"), empty_label=None)
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=gettext_lazy("Who meets the customer"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("If you choose several, all of them take part and all must be free."),
        error_messages={"required": gettext_lazy("Choose at least one adviser.")},
    )  # fmt: skip
    repeat = forms.ChoiceField(
        label=gettext_lazy("When"), choices=[(ONCE, gettext_lazy("One day")), (WEEKLY, gettext_lazy("Every week"))], initial=ONCE,
        widget=forms.RadioSelect,
    )  # fmt: skip
    first_day = day_field(gettext_lazy("Day, or first day"), error_messages={"required": gettext_lazy("Choose the day.")})
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"), choices=_WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Only when the times repeat. Public holidays and closing days are left out."),
    )  # fmt: skip
    weeks = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which of them in a month"), choices=WEEKS_OF_MONTH, coerce=int, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("None chosen: every week. The first and Tuesday, for example, means the first Tuesday of each month."),
    )  # fmt: skip
    last_day = day_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until you take the times back."))
    opens = hour_field(gettext_lazy("From"), error_messages={"required": gettext_lazy("Write when the first time begins.")})
    closes = hour_field(gettext_lazy("Until"), error_messages={"required": gettext_lazy("Write when the last time has ended.")})
    length = forms.IntegerField(label=gettext_lazy("Length, minutes"), initial=45, min_value=10, max_value=480)
    buffer = forms.IntegerField(label=gettext_lazy("Break after each, minutes"), initial=15, min_value=0, max_value=240)
    place = forms.ChoiceField(label=gettext_lazy("Where"), choices=MeetingPlace.choices, widget=forms.RadioSelect, initial=MeetingPlace.PREMISES)
    point = forms.ModelChoiceField(
        ServicePoint.objects.none(), label=gettext_lazy("Visiting desk or remote point"), required=False, empty_label=gettext_lazy("None of these"),
        help_text=gettext_lazy("Chosen here, it tells the place, the municipality and the address."),
    )  # fmt: skip
    room = forms.ModelChoiceField(Room.objects.none(), label=gettext_lazy("Room"), required=False, empty_label=gettext_lazy("No room of ours"))
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=gettext_lazy("Municipality"), required=False, empty_label=gettext_lazy("Choose")
    )  # fmt: skip
    address = forms.CharField(label=gettext_lazy("Address, and how to find there"), required=False, max_length=200)
    video_link = forms.CharField(
        label=gettext_lazy("Address of the video meeting"), required=False, max_length=300, widget=forms.URLInput(),
        help_text=gettext_lazy("Told only to those who have booked."),
    )  # fmt: skip
    service = forms.ModelChoiceField(Service.objects.none(), label=gettext_lazy("Service"), required=False, empty_label=gettext_lazy("Any matter"))
    notice_hours = forms.IntegerField(label=gettext_lazy("Booked at the latest, hours before"), initial=24, min_value=0, max_value=720)
    ahead_days = forms.IntegerField(label=gettext_lazy("Booked at the earliest, days before"), initial=60, min_value=1, max_value=365)
    change_hours = forms.IntegerField(
        label=gettext_lazy("The customer moves or cancels at the latest, hours before"), initial=4, min_value=0, max_value=720
    )  # fmt: skip

    def __init__(self, *args: Any, desks: Sequence[Desk], me: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = {desk.organisation_id for desk in desks}
        here = Municipality.objects.filter(region_spells__valid_until=None, region_spells__region__in={desk.region_id for desk in desks})
        self._offer("desk", Desk.objects.filter(pk__in=[desk.pk for desk in desks]), desks[0].pk if desks else None)
        self._offer("people", colleagues(organisations).order_by(FinnishKey("name")), [me])
        self._offer("room", Room.objects.filter(organisation__in=organisations, deactivated_at=None, point=None))
        self._offer("point", ServicePoint.objects.filter(region__in={desk.region_id for desk in desks}, deactivated_at=None))
        self._offer("municipality", here.order_by(FinnishKey(best("name"))).distinct())
        self._offer("service", services_by_name())
        self.one_desk = len(desks) == 1

    def _offer(self, name: str, rows: Any, initial: Any = None) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if initial is not None:
            self.fields[name].initial = initial

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("repeat") == WEEKLY and not given.get("weekdays"):
            self.add_error("weekdays", _("Choose the weekdays."))
        return given

    def times(self) -> TimesForm:
        """What the action takes. Call after is_valid()."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "repeat"}
        given["people"] = tuple(sorted(given["people"], key=lambda person: person.pk))
        given["weekdays"], given["weeks"] = tuple(given["weekdays"]), tuple(given["weeks"])
        if self.cleaned_data["repeat"] == ONCE:
            given |= {"weekdays": (), "weeks": (), "last_day": None}
        return TimesForm(**given)


def initial_of(times: BookableTimes) -> dict[str, Any]:
    """What the form shows of times that are published already."""
    names = ("desk", "weekdays", "weeks", "first_day", "opens", "closes", "length", "buffer", "place", "point", "room", "municipality", "address")
    more = ("video_link", "service", "notice_hours", "ahead_days", "change_hours")
    given = {name: getattr(times, name) for name in (*names, *more)}
    last = times.last_day if times.weekdays else None
    return given | {"repeat": WEEKLY if times.weekdays else ONCE, "last_day": last, "people": list(times.people.all())}


class TakeBackForm(forms.Form):
    """What becomes of what is booked."""

    booked = forms.ChoiceField(
        label=gettext_lazy("What is booked already"), widget=forms.RadioSelect, initial="stays",
        choices=[("stays", gettext_lazy("Stays booked")), ("off", gettext_lazy("Is taken off; the customers are told and can choose another time"))],
    )  # fmt: skip


class AwayForm(forms.Form):
    """From when to when somebody is not to be booked."""

    first_day = day_field(gettext_lazy("From, day"), error_messages={"required": gettext_lazy("Choose the day.")})
    begins = hour_field(gettext_lazy("Time"), required=False, help_text=gettext_lazy("Empty: the whole day."))
    last_day = day_field(gettext_lazy("Until, day"), required=False, help_text=gettext_lazy("Empty: the same day."))
    ends = hour_field(gettext_lazy("Time"), required=False)

    def span(self) -> tuple[datetime, datetime]:
        """Begin and end; whole days end at midnight. Call after is_valid()."""
        given = self.cleaned_data
        last = given["last_day"] or given["first_day"]
        start = moment_at(given["first_day"], given["begins"] or time.min)
        if given["ends"]:
            return start, moment_at(last, given["ends"])
        return start, midnight_after(last)


class RoomForm(forms.Form):
    """A room's name, and in which office it is, as long as that has not been told."""

    name = forms.CharField(label=gettext_lazy("The room's name"), max_length=80, error_messages={"required": gettext_lazy("Write the room's name.")})
    premises = forms.ModelChoiceField(
        Premises.objects.none(), label=gettext_lazy("In which office"), required=False, empty_label=gettext_lazy("Elsewhere"),
        help_text=gettext_lazy("Its address is told to customers. Elsewhere: write the address with the times."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, room: Room | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Premises.objects.filter(organisation=organisation, deactivated_at=None)
        if room is not None:
            self.initial["name"] = room.name
        if not offices or (room is not None and room.premises_id is not None):
            del self.fields["premises"]
            return
        self.fields["premises"].queryset = offices  # type: ignore[attr-defined]
        if len(offices) == 1 and room is None:
            self.initial["premises"] = offices[0]
