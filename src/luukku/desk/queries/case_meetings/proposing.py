"""Which matters could be discussed together, and why: only those the reader has a part in. One statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.desk.access import visible_cases
from luukku.desk.access.desks import handling_organisations
from luukku.desk.enums import LOW_FACES, CaseState, HandoverState
from luukku.desk.models import Case, CaseMeeting, Feedback, Handover, ItemCase, Leg
from luukku.desk.models.meeting_kinds import ItemState
from luukku.desk.queries.nearest import NEAREST, Nearest, nearest_of

LONG = timedelta(days=30)
MOST = 8
REASONS = ("late", "several", "declined", "waiting", "low")


@dataclass(frozen=True)
class Suggestion:
    """A matter and why it could be discussed: codes of REASONS."""

    case: Case
    reasons: tuple[str, ...]
    due: Nearest


def suggestions(actor: Actor, meeting: CaseMeeting, now: datetime | None = None) -> Sequence[Suggestion]:
    """Open matters of the region with the most reasons first, the oldest among equals; none that the series has on its list."""
    at = now or timezone.now()
    ours = handling_organisations(actor)
    legs = Leg.objects.filter(case=OuterRef("pk"))
    listed = ItemCase.objects.filter(
        case=OuterRef("pk"), item__meeting__series=meeting.series_id, item__state__in=(ItemState.LISTED, ItemState.POSTPONED)
    )
    found = (
        visible_cases(actor).open().filter(region=meeting.series.region_id)
        .filter(Exists(legs.filter(desk__organisation__in=ours, is_open=True))).exclude(Exists(listed))
        .annotate(
            late=Exists(legs.filter(is_open=True, due_at__lt=at)),
            organisations=Count("legs__desk__organisation", filter=Q(legs__is_open=True), distinct=True),
            declined=Exists(Handover.objects.filter(case=OuterRef("pk"), state=HandoverState.DECLINED)),
            waiting=Exists(legs.filter(state=CaseState.WAITING, received_at__lt=at - LONG)),
            **NEAREST,
            low=Exists(Feedback.objects.filter(case__customer=OuterRef("customer"), face__in=LOW_FACES)),
        )
        .filter(Q(late=True) | Q(organisations__gt=1) | Q(declined=True) | Q(waiting=True) | Q(low=True))
        .select_related("company").defer("search").order_by("contacted_at", "id")[:200]
    )  # fmt: skip
    told = [Suggestion(case, _reasons(case), nearest_of(case)) for case in found]
    return sorted(told, key=lambda each: -len(each.reasons))[:MOST]


def _reasons(case: Case) -> tuple[str, ...]:
    holds = {name: bool(getattr(case, name)) for name in ("late", "declined", "waiting", "low")} | {"several": case.organisations > 1}  # type: ignore[attr-defined]
    return tuple(name for name in REASONS if holds[name])
