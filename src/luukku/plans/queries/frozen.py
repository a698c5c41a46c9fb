"""A plan as plain data: what a snapshot keeps, and of which it gives the digest."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luukku.core.translated import LANGUAGES
from luukku.governance.models import ClockEntry, Membership
from luukku.network.enums import Role
from luukku.network.models import Organisation, Seat
from luukku.plans.models import BudgetLine, CheckPoint, Measure, MeasureSeat, Plan, Share
from luukku.plans.queries.seats import by_key

Body = dict[str, Any]
SEATED = {Role.COORDINATOR: "coordinators", Role.STEERING_CHAIR: "chairs", Role.STEERING_MEMBER: "members"}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def body_of(plan: Plan) -> Body:
    """Everything that is approved: the basic page, the measures with who answers, the parties, budget and shares. Some eleven statements."""
    today = timezone.localdate()
    seats: dict[int, list[MeasureSeat]] = {}
    for seat in MeasureSeat.objects.filter(plan=plan).order_by("-is_lead", "id"):
        seats.setdefault(seat.measure_id, []).append(seat)
    known = by_key(plan.region, {seat.key for each in seats.values() for seat in each})
    points: dict[int, list[list[str]]] = {}
    for point in CheckPoint.objects.filter(plan=plan).order_by("day", "id"):
        points.setdefault(point.measure_id, []).append([point.day.isoformat(), point.words])
    parties = Organisation.objects.active().in_region(plan.region_id).distinct().order_by("id")
    return {
        "year": plan.year, "last_year": plan.last_year, "name": plan.name, "mission": plan.mission, "vision": plan.vision,
        "priorities": plan.priorities, "budget_words": plan.budget_words, "common_sum": _number(plan.common_sum), "common_hours": plan.common_hours,
        "basic": _basic(plan),
        "parties": [str(each.name_fi) for each in parties] if plan.person_id is None else [],
        "budget": [[line.words, _number(line.planned), _number(line.used)] for line in BudgetLine.objects.filter(plan=plan).order_by("id")],
        "shares": [
            [share.organisation_id, _number(share.planned), share.hours_planned, _number(share.used), share.hours_used, share.is_confirmed]
            for share in Share.objects.filter(plan=plan).order_by("organisation_id")
        ],
        "measures": [
            _measure(measure, seats.get(measure.pk, []), known, points.get(measure.pk, []))
            for measure in Measure.objects.filter(plan=plan).with_light(today).select_related("part").order_by("part__position", "number")
        ],
    }  # fmt: skip


def _basic(plan: Plan) -> Body:
    """What the basic page knows by itself and the whole network may read: who coordinates and who steers, by keys of people and of
    terms, so that a name that is forgotten is forgotten here too; the region's days of the year. Three statements; nothing of somebody's own year."""
    if plan.person_id is not None:
        return {}
    seats = Seat.objects.on(timezone.localdate()).filter(region=plan.region_id, role__in=SEATED, person__deactivated_at=None)
    held: dict[str, list[int]] = {name: [] for name in SEATED.values()}
    for role, person in seats.order_by("id").values_list("role", "person_id"):
        held[SEATED[Role(role)]].append(person)
    entries = ClockEntry.objects.standing().filter(region=plan.region_id, first_day__year__gte=plan.year, first_day__year__lte=plan.last_year)
    steering = Membership.objects.on(timezone.localdate()).filter(group__region=plan.region_id, group__kind__code="steering", group__ended_at=None)
    terms = list(steering.order_by("id").values_list("pk", flat=True))
    return {**held, "steering": terms, "entries": [[each.first_day.isoformat(), each.title] for each in entries.order_by("first_day", "id")]}


def _measure(measure: Measure, seats: list[MeasureSeat], known: Any, points: list[list[str]]) -> Body:
    columns = ("number", "goal", "words", "more", "segment", "indicator", "indicator_kind", "resources", "state", "outcome", "extras")
    return {
        **{name: getattr(measure, name) for name in columns},
        "part": {code: getattr(measure.part, f"name_{code}") for code in LANGUAGES},
        "start_value": _number(measure.start_value), "target_value": _number(measure.target_value), "value": _number(measure.value),
        "starts_on": measure.starts_on.isoformat(), "due_on": measure.due_on.isoformat(), "check_points": points,
        "seats": [known[seat.key].name for seat in seats if seat.key in known], "light": measure.light,  # type: ignore[attr-defined]
    }  # fmt: skip


def digest_of_body(body: Body) -> str:
    """SHA-256 of the body as the database gives it back."""
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
