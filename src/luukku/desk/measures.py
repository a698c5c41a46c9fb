"""Numbers that the desk offers: how the promise was kept, and how customers said it went. For a region and the last days."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from luukku.core.registries import Measure
from luukku.desk.enums import ClockKind
from luukku.desk.queries.promise import Kept, promise_kept


def _kept(kind: ClockKind, region_id: int, days: int) -> tuple[float | None, int]:
    now = timezone.now()
    found = promise_kept(region_id, now - timedelta(days=days), now).get(kind, Kept(0, 0))
    return found.share, found.of


def taken_up_in_time(region_id: int, days: int) -> tuple[float | None, int]:
    """The share of needs that a named person took up within the promise."""
    return _kept(ClockKind.TAKEN_UP, region_id, days)


def informed_in_time(region_id: int, days: int) -> tuple[float | None, int]:
    """The share of limits within which the customer heard something."""
    return _kept(ClockKind.INFORMED, region_id, days)


def _mean(window: str, region_id: int, days: int) -> tuple[float | None, int]:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(f"select sum(face * answers), sum(answers) from wall.{window}(%s, %s, %s)", [region_id, now - timedelta(days=days), now])
        total, answers = cursor.fetchone()
    return (float(total) / int(answers), int(answers)) if answers else (None, 0)


def face(region_id: int, days: int) -> tuple[float | None, int]:
    """The mean of the four faces after a matter, 1 to 4."""
    return _mean("desk_faces", region_id, days)


def kiosk_face(region_id: int, days: int) -> tuple[float | None, int]:
    """The mean of the four faces touched on tablets, 1 to 4."""
    return _mean("desk_kiosk_faces", region_id, days)


MEASURES: dict[str, Measure] = {
    "desk.taken_up_in_time": Measure(_("Taken up within the promise"), "share", taken_up_in_time),
    "desk.informed_in_time": Measure(_("Kept informed within the promise"), "share", informed_in_time),
    "desk.kiosk_face": Measure(_("How it went at the service point, 1–4"), "mean", kiosk_face),
    "desk.face": Measure(_("How it went, 1–4"), "mean", face),
}
