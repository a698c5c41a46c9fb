"""The clock of a case that runs out first, for lists that show cases and not their parts."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from luukku.desk.enums import TO_DO, ClockKind
from luukku.desk.models import Case, Leg


class Nearest(NamedTuple):
    """When it runs out, and what it asks for in words; None and empty when no clock runs."""

    at: datetime | None
    what: str


def _nearest(column: str) -> Subquery:
    """A column of the open part whose clock runs out first."""
    legs = Leg.objects.open().filter(case=OuterRef("pk"), due_at__isnull=False).order_by("due_at", "pk")
    return Subquery(legs.values(column)[:1])


NEAREST = {"nearest_at": _nearest("due_at"), "nearest_kind": _nearest("due_kind")}  # columns of a query of cases


def said(at: datetime | None, kind: str | None) -> Nearest:
    """The clock in words, of its two columns `due_at` and `due_kind`."""
    return Nearest(at, str(TO_DO[ClockKind(kind)]) if at is not None and kind else "")


def nearest_of(case: Case) -> Nearest:
    """Of a case that was asked for with NEAREST."""
    return said(case.nearest_at, case.nearest_kind)  # type: ignore[attr-defined]
