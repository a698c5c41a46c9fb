"""Numbers that the desk offers: how the promise was kept, and how customers said it went. For a region and whole months."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from luukku.core.months import Months
from luukku.core.registries import Measure
from luukku.desk.enums import ClockKind, OutcomeKind
from luukku.desk.queries.free import FreeTimes, bookable
from luukku.desk.queries.handover_figures import HandoverFigures, handover_figures
from luukku.desk.queries.outcome_figures import region_outcomes
from luukku.desk.queries.promise import Kept, promise_kept
from luukku.network.models import Region


def _kept(kind: ClockKind, region_id: int, months: Months) -> tuple[float | None, int]:
    found = promise_kept(region_id, months).get(kind, Kept(0, 0))
    return found.share, found.of


def taken_up_in_time(region_id: int, months: Months) -> tuple[float | None, int]:
    """The share of needs that a named person took up within the promise."""
    return _kept(ClockKind.TAKEN_UP, region_id, months)


def informed_in_time(region_id: int, months: Months) -> tuple[float | None, int]:
    """The share of limits within which the customer heard something."""
    return _kept(ClockKind.INFORMED, region_id, months)


def _mean(window: str, region_id: int, months: Months) -> tuple[float | None, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"select total, answers from wall.{window}(%s, %s, %s)", [region_id, months.first, months.until])
        total, answers = cursor.fetchone()
    return (total / answers, answers) if answers else (None, 0)


def face(region_id: int, months: Months) -> tuple[float | None, int]:
    """The mean of the four faces after a matter, 1 to 4."""
    return _mean("desk_faces", region_id, months)


def kiosk_face(region_id: int, months: Months) -> tuple[float | None, int]:
    """The mean of the four faces touched on tablets, 1 to 4."""
    return _mean("desk_kiosk_faces", region_id, months)


_TIMES = ("booked", "held", "no_show", "cancelled", "cancelled_late", "moved", "off_hours")


def _times(region_id: int, months: Months) -> dict[str, int]:
    """What became of the booked times of these months."""
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.desk_appointment_figures(%s, %s, %s)", [region_id, months.first, months.until])
        return dict(zip(_TIMES, cursor.fetchone(), strict=True))


def _all(found: dict[str, int]) -> int:
    return found["booked"]


def _standing(found: dict[str, int]) -> int:
    return found["booked"] - found["cancelled"]


def _due(found: dict[str, int]) -> int:
    return found["held"] + found["no_show"]


def _share(label: str, name: str, whole: Callable[[dict[str, int]], int]) -> Measure:
    def compute(region_id: int, months: Months) -> tuple[float | None, int]:
        found = _times(region_id, months)
        of = whole(found)
        return (found[name] / of if of else None), of

    return Measure(label, "share", compute)


def times_booked(region_id: int, months: Months) -> tuple[float | None, int]:
    """How many booked times there were, cancelled ones too."""
    booked = _times(region_id, months)["booked"]
    return float(booked), booked


def days_to_first_time(region_id: int, months: Months) -> tuple[float | None, int]:
    """Days from now to the first time that anybody can book, and from how many published times; the period does not matter."""
    offered = list(bookable(Region.objects.get(pk=region_id)))
    first = FreeTimes(offered, now=timezone.now()).first() if offered else None
    return ((first.starts_at - timezone.now()) / timedelta(days=1) if first else None), len(offered)


def guided_in_time(region_id: int, months: Months) -> tuple[float | None, int]:
    """The share of handovers after which the receiver contacted the customer within the promise."""
    return _kept(ClockKind.GUIDED, region_id, months)


def _handovers(region_id: int, months: Months) -> HandoverFigures:
    return handover_figures(region_id, months)


def handovers_made(region_id: int, months: Months) -> tuple[float | None, int]:
    """How many handovers were sent."""
    made = _handovers(region_id, months).made
    return float(made), made


def handovers_accepted(region_id: int, months: Months) -> tuple[float | None, int]:
    """The share accepted of those that were answered."""
    found = _handovers(region_id, months)
    return (found.accepted / found.answered if found.answered else None), found.answered


def handovers_declined(region_id: int, months: Months) -> tuple[float | None, int]:
    """The share declined, with the next door named, of those that were answered."""
    found = _handovers(region_id, months)
    return (found.declined / found.answered if found.answered else None), found.answered


def handovers_warm(region_id: int, months: Months) -> tuple[float | None, int]:
    """The share for which a meeting of three was agreed on."""
    found = _handovers(region_id, months)
    return (found.warm / found.made if found.made else None), found.made


def hours_to_contact(region_id: int, months: Months) -> tuple[float | None, int]:
    """The median of hours from sending to the receiver's first contact with the customer; None for fewer than five."""
    found = _handovers(region_id, months)
    return found.hours, found.contacted


def _came(kind: OutcomeKind, figure: str, *, confirmed: bool = False) -> Callable[[int, Months], tuple[float | None, int]]:
    def compute(region_id: int, months: Months) -> tuple[float | None, int]:
        claimed = [each for each in region_outcomes(region_id, months) if each.kind == kind]
        found = [each.confirmed for each in claimed if each.confirmed is not None] if confirmed else claimed
        return float(sum(getattr(each, figure) for each in found)), sum(each.matters for each in found)

    return compute


MEASURES: dict[str, Measure] = {
    "desk.businesses_started": Measure(_("Businesses started"), "count", _came(OutcomeKind.STARTED, "matters")),
    "desk.jobs": Measure(_("Jobs created or kept, people"), "count", _came(OutcomeKind.JOBS, "people")),
    "desk.finance": Measure(_("Finance obtained, euros"), "count", _came(OutcomeKind.FINANCE, "euros")),
    "desk.businesses_confirmed": Measure(
        _("Businesses started, confirmed by customers"), "count", _came(OutcomeKind.STARTED, "matters", confirmed=True)
    ),
    "desk.jobs_confirmed": Measure(_("Jobs created or kept, confirmed by customers"), "count", _came(OutcomeKind.JOBS, "people", confirmed=True)),
    "desk.finance_confirmed": Measure(
        _("Finance obtained, confirmed by customers, euros"), "count", _came(OutcomeKind.FINANCE, "euros", confirmed=True)
    ),
    "desk.guided_in_time": Measure(_("Guided, not sent away, within the promise"), "share", guided_in_time),
    "desk.handovers_made": Measure(_("Handovers made"), "count", handovers_made),
    "desk.handovers_accepted": Measure(_("Handovers accepted"), "share", handovers_accepted),
    "desk.handovers_declined": Measure(_("Handovers declined with the next door"), "share", handovers_declined),
    "desk.handovers_warm": Measure(_("Warm handovers"), "share", handovers_warm),
    "desk.hours_to_contact": Measure(_("Hours from handover to contact, median"), "hours", hours_to_contact),
    "desk.taken_up_in_time": Measure(_("Taken up within the promise"), "share", taken_up_in_time),
    "desk.informed_in_time": Measure(_("Kept informed within the promise"), "share", informed_in_time),
    "desk.kiosk_face": Measure(_("How it went at the service point, 1–4"), "mean", kiosk_face),
    "desk.face": Measure(_("How it went, 1–4"), "mean", face),
    "desk.times_booked": Measure(_("Booked times"), "count", times_booked),
    "desk.times_held": _share(_("Booked times held"), "held", _due),
    "desk.times_missed": _share(_("Booked times to which the customer did not come"), "no_show", _due),
    "desk.times_moved": _share(_("Booked times that were moved"), "moved", _all),
    "desk.times_cancelled": _share(_("Booked times that were cancelled"), "cancelled", _all),
    "desk.times_cancelled_late": _share(_("Booked times that the customer cancelled late"), "cancelled_late", _all),
    "desk.times_off_hours": _share(_("Booked times in the evening or at the weekend"), "off_hours", _standing),
    "desk.days_to_first_time": Measure(_("Days to the first free time"), "days", days_to_first_time),
}
