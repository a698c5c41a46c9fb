"""Figures of the agenda in words: what is counted, how many, out of how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.ui.times import date_text
from luukku.desk.enums import MeetingPlace
from luukku.desk.models.meeting_kinds import PointKind
from luukku.desk.queries.case_meetings.changes import change_words
from luukku.desk.queries.case_meetings.filling import Figure

_WORDS: dict[str, Any] = {
    "came": gettext_lazy("New matters"),
    "open-ours": gettext_lazy("Open now where your organisation has a part"),
    "settled": gettext_lazy("Settled matters"),
    "kept-taken-up": gettext_lazy("Taken up within the promise"),
    "kept-informed": gettext_lazy("Kept informed within the promise"),
    "services-rest": gettext_lazy("Other services together"),
    "no-contact": gettext_lazy("Without any contact data"),
    "no-company": gettext_lazy("Without a company"),
    "no-municipality": gettext_lazy("Without a municipality"),
    "no-service": gettext_lazy("Open parts without a service"),
    "handovers": gettext_lazy("Handovers made"),
    "accepted": gettext_lazy("Accepted"),
    "declined": gettext_lazy("Declined, with the next door"),
    "warm": gettext_lazy("Warm: all three meet"),
    "hours": gettext_lazy("Hours from handover to contact, median"),
    "cards-lately": gettext_lazy("Cards looked through in 90 days"),
    "cards-stale": gettext_lazy("Cards looked through over a year ago"),
    "cards-never": gettext_lazy("Cards never looked through"),
    "cards-fresh": gettext_lazy("Cards looked through within a year"),
    "cards-oldest": gettext_lazy("The oldest card was looked through"),
    "face": gettext_lazy("After a matter, mean"),
    "face-answers": gettext_lazy("Answers after a matter"),
    "kiosk-face": gettext_lazy("On tablets, mean"),
    "kiosk-face-answers": gettext_lazy("Answers on tablets"),
    "people-silent": gettext_lazy("Published people who do not say what they help with"),
}
_MEANS = ("hours", "face", "kiosk-face")
SOURCES: dict[str, Any] = {
    PointKind.REGION: gettext_lazy("The whole region, the last three months that have ended. Fewer than five are not told."),
    PointKind.CHANGES: gettext_lazy(
        "What your organisation knows to have happened to companies in 90 days, and situations that it takes part in. Then new parts of matters by "
        "service in the region, the last three months that have ended: fewer than five are not told."
    ),
    PointKind.CUSTOMERS: gettext_lazy("Open matters in which your organisation has a part."),
    PointKind.VISITS: gettext_lazy("Meetings with customers booked for the next 30 days, as far as your organisation takes part."),
    PointKind.GUIDANCE: gettext_lazy("Handovers in the region, the last three months that have ended."),
    PointKind.GUIDE: gettext_lazy("Service cards given in the region."),
    PointKind.FACES: gettext_lazy("How it went, from 1 to 4, the last three months that have ended."),
    PointKind.SITE: gettext_lazy("Service cards and published people of the region."),
}


@dataclass(frozen=True)
class FigureLine:
    """`New matters in 30 days`, `12`, `of 40`."""

    label: str
    value: str


def figure_lines(figures: Sequence[Figure], services: Mapping[str, str]) -> list[FigureLine]:
    return [FigureLine(_label(each, services), _value(each)) for each in figures]


def source_of(kind: str) -> str:
    return str(SOURCES.get(kind, ""))


def _label(figure: Figure, services: Mapping[str, str]) -> str:
    if figure.code == "service":
        return services.get(figure.key, _("A service that is no longer given"))
    if figure.code == "change":
        return change_words(figure.key)
    if figure.code == "booked":
        return str(MeetingPlace(figure.key).label)
    return str(_WORDS[figure.code])


def _value(figure: Figure) -> str:
    if figure.code == "cards-oldest":
        return date_text(date.fromisoformat(figure.key), year=True)
    n = number_format(figure.n, 1) if figure.code in _MEANS else str(int(figure.n))
    return _("%(n)s of %(of)s") % {"n": n, "of": figure.of} if figure.of else n
