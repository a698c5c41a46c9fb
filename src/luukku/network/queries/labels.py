"""What fields of the network are called on screen, in the order in which people read them."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.network.models import (
    Area,
    ClosingDay,
    Desk,
    Municipality,
    MunicipalityArea,
    NationRules,
    OpeningDay,
    OpeningHours,
    Organisation,
    OrganisationType,
    Participation,
    PastName,
    Person,
    Premises,
    Region,
    RegionArea,
    RegionMunicipality,
    Representation,
    Seat,
    SeatRota,
    SeatTurn,
)

Labels = dict[str, Any]

NAME: Labels = {
    "name_fi": gettext_lazy("Name in Finnish"),
    "name_sv": gettext_lazy("Name in Swedish"),
    "name_en": gettext_lazy("Name in English"),
}
PERIOD: Labels = {"valid_from": gettext_lazy("From"), "valid_until": gettext_lazy("Until")}
CONTACT: Labels = {"phone": gettext_lazy("Telephone"), "email": gettext_lazy("E-mail")}
PROMISE: Labels = {
    "taken_up_days": gettext_lazy("Taken up within, working days"),
    "informed_days": gettext_lazy("Kept informed every, working days"),
    "guided_days": gettext_lazy("Contacted after a handover within, working days"),
    "feedback_gap_days": gettext_lazy("Days between feedback questions"),
}
DECIDED: Labels = {
    "review_months": gettext_lazy("Months until a service card is to be looked over"),
    "status_link_days": gettext_lazy("Days that a customer's link works after the end of the matter"),
    "outside_link_days": gettext_lazy("Days that an organisation outside the network can open what is sent to it"),
}
LEFT: Labels = {"deactivated_at": gettext_lazy("Deactivated")}

FIELDS: dict[type[models.Model], Labels] = {
    Organisation: {
        **NAME,
        "short_name": gettext_lazy("Short name"),
        "type": gettext_lazy("Kind of organisation"),
        "business_id": gettext_lazy("Business ID"),
        "parent": gettext_lazy("Part of"),
        "role_text_fi": gettext_lazy("Role in the network in Finnish"),
        "role_text_sv": gettext_lazy("Role in the network in Swedish"),
        "role_text_en": gettext_lazy("Role in the network in English"),
        **CONTACT,
        "website": gettext_lazy("Website"),
        **LEFT,
    },
    Participation: {"organisation": gettext_lazy("Organisation"), "region": gettext_lazy("Region"), **PERIOD},
    Representation: {"represented": gettext_lazy("Represented"), "representative": gettext_lazy("Acts for it"), **PERIOD},
    Premises: {
        "name": gettext_lazy("Name"),
        "street": gettext_lazy("Street address"),
        "postal_code": gettext_lazy("Postal code"),
        "municipality": gettext_lazy("Municipality"),
        "hours_text_fi": gettext_lazy("Remark on the opening hours, in Finnish"),
        "hours_text_sv": gettext_lazy("Remark on the opening hours, in Swedish"),
        "hours_text_en": gettext_lazy("Remark on the opening hours, in English"),
        **LEFT,
    },
    Desk: {"region": gettext_lazy("Region"), **NAME, "phone": CONTACT["phone"], "is_front": gettext_lazy("Front desk"), **LEFT},
    OpeningHours: {
        "desk": gettext_lazy("Desk"),
        "premises": gettext_lazy("Premises"),
        "weekday": gettext_lazy("Weekday"),
        "opens": gettext_lazy("Opens"),
        "closes": gettext_lazy("Closes"),
    },
    OpeningDay: {
        "desk": gettext_lazy("Desk"),
        "premises": gettext_lazy("Premises"),
        "day": gettext_lazy("Day"),
        "opens": gettext_lazy("Opens"),
        "closes": gettext_lazy("Closes"),
        "reason": gettext_lazy("Reason"),
    },
    ClosingDay: {
        "desk": gettext_lazy("Desk"),
        "premises": gettext_lazy("Premises"),
        "day": gettext_lazy("Day"),
        "reason": gettext_lazy("Reason"),
    },
    Person: {
        "name": gettext_lazy("Name"),
        "title_fi": gettext_lazy("Title in Finnish"),
        "title_sv": gettext_lazy("Title in Swedish"),
        "title_en": gettext_lazy("Title in English"),
        "help_text_fi": gettext_lazy("What they help with, in Finnish"),
        "help_text_sv": gettext_lazy("What they help with, in Swedish"),
        "help_text_en": gettext_lazy("What they help with, in English"),
        "languages": gettext_lazy("Languages"),
        **CONTACT,
        "is_published": gettext_lazy("Shown to the public"),
        "deputy": gettext_lazy("Usual deputy"),
        **LEFT,
    },
    Seat: {
        "person": gettext_lazy("Person"),
        "role": gettext_lazy("Role"),
        "organisation": gettext_lazy("Organisation"),
        "region": gettext_lazy("Region"),
        "area": gettext_lazy("Area"),
        **PERIOD,
    },
    SeatRota: {
        "role": gettext_lazy("Role"),
        "note": gettext_lazy("Which one, when there are several"),
    },
    SeatTurn: {
        "organisation": gettext_lazy("Organisation"),
        "person": gettext_lazy("Person"),
        **PERIOD,
    },
    Region: {
        **NAME,
        "prefix": gettext_lazy("Letters of case numbers"),
        **PERIOD,
        **CONTACT,
        "intro_fi": gettext_lazy("Introduction in Finnish"),
        "intro_sv": gettext_lazy("Introduction in Swedish"),
        "intro_en": gettext_lazy("Introduction in English"),
        **PROMISE,
        **DECIDED,
        "publish_by_organisation": gettext_lazy("How each organisation keeps the promise is public"),
        "is_live": gettext_lazy("The door is open"),
    },
    RegionMunicipality: {
        "municipality": gettext_lazy("Municipality"),
        "region": gettext_lazy("Region"),
        "assumed": gettext_lazy("Only proposed"),
        **PERIOD,
    },
    NationRules: {
        "phone": gettext_lazy("Telephone of advice for the whole country"),
        "hours": gettext_lazy("The whole country’s door is open, Monday to Friday"),
        "saturday_hours": gettext_lazy("On Saturdays"),
        "sunday_hours": gettext_lazy("On Sundays"),
        "closing_days": gettext_lazy("Days when it is closed, besides public holidays"),
        **DECIDED,
        **PROMISE,
    },
    RegionArea: {"region": gettext_lazy("Region"), "area": gettext_lazy("Area"), **PERIOD},
    MunicipalityArea: {"municipality": gettext_lazy("Municipality"), "area": gettext_lazy("Area"), **PERIOD},
    PastName: {**NAME, "until": gettext_lazy("Next name since")},
    Area: {**NAME, "kind": gettext_lazy("Kind of area"), **PERIOD},
    Municipality: {
        "code": gettext_lazy("Number"),
        **NAME,
        "languages": gettext_lazy("Languages"),
        "county": gettext_lazy("County"),
        "subregion": gettext_lazy("Sub-region"),
        "employment_area": gettext_lazy("Employment area"),
        "successor": gettext_lazy("Merged into"),
        **PERIOD,
    },
    OrganisationType: {**NAME, "is_private": gettext_lazy("Private"), "order": gettext_lazy("Place in lists"), **LEFT},
}

WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)

LANGUAGE_NAMES: Labels = {
    "fi": gettext_lazy("Finnish"),
    "sv": gettext_lazy("Swedish"),
    "en": gettext_lazy("English"),
    "se": gettext_lazy("Northern Sámi"),
    "smn": gettext_lazy("Inari Sámi"),
    "sms": gettext_lazy("Skolt Sámi"),
    "et": gettext_lazy("Estonian"),
    "ru": gettext_lazy("Russian"),
    "uk": gettext_lazy("Ukrainian"),
    "de": gettext_lazy("German"),
    "fr": gettext_lazy("French"),
    "es": gettext_lazy("Spanish"),
    "ar": gettext_lazy("Arabic"),
    "so": gettext_lazy("Somali"),
    "fsl": gettext_lazy("Finnish Sign Language"),
}


def language_name(code: str) -> str:
    """The language's name for the reader; the code itself for one not in the list."""
    return str(LANGUAGE_NAMES.get(code, code))


def shown(field: Any, value: Any) -> str:
    """A field's value as people read it; empty for nothing."""
    if value in (None, "", []):
        return ""
    for kind, words in _WORDS:
        if isinstance(field, kind):
            return words(value)
    if field.name in _BY_NAME and not field.choices:
        return _BY_NAME[field.name](value)
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)


_WORDS: tuple[tuple[type[Any], Callable[[Any], str]], ...] = (
    (models.BooleanField, lambda value: _("yes") if value else _("no")),
    (models.DateField, lambda value: date_format(value, "j.n.Y")),  # a DateTimeField too: the day is enough
    (models.TimeField, lambda value: time_format(value, "G.i")),
)
_BY_NAME: dict[str, Callable[[Any], str]] = {
    "weekday": lambda value: str(WEEKDAYS[value]),
    "closing_days": lambda value: ", ".join(date_format(day, "j.n.Y") for day in value),
    "languages": lambda value: ", ".join(language_name(code) for code in value),
}
