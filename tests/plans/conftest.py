"""An action plan of this year in Koskimaa, with two measures, and a meeting of the steering group whose minutes are being written."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.governance.models import Meeting
from luukku.plans.actions.deciding import Approval, approve_plan
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.plans import BeginForm, begin_plan, fetched
from luukku.plans.models import Measure, Plan, PlanKind
from luukku.plans.queries.seats import Key
from tests.cast import Cast
from tests.governance.conftest import group, held

__all__ = ("group", "held")
Form = Callable[..., MeasureForm]


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def adviser_seat(cast: Cast) -> Key:
    return "adviser", cast.here.organisation.pk, None


@pytest.fixture
def draft(cast: Cast, today: date) -> Plan:
    with act_as(cast.coordinator.actor) as by:
        return begin_plan(by=by, region=cast.here.region, form=BeginForm(PlanKind.objects.get(code="action"), today.year))


@pytest.fixture
def form(draft: Plan, adviser_seat: Key, today: date) -> Form:
    """A measure's form with a few words changed."""

    def made(words: str = "Käydään yhdessä yrityksissä", **more: object) -> MeasureForm:
        given: dict[str, object] = {
            "part": draft.kind.parts.order_by("position")[1], "starts_on": today - timedelta(days=10), "due_on": today + timedelta(days=100),
            "seats": [adviser_seat],
        }  # fmt: skip
        return MeasureForm(words=words, **(given | more))  # type: ignore[arg-type]

    return made


@pytest.fixture
def measure(cast: Cast, draft: Plan, form: Form) -> Measure:
    """Counted: twenty visits; the adviser's seat leads, the coordinator's answers with it."""
    with act_as(cast.coordinator.actor) as by:
        counted = form(indicator="Käynnit", indicator_kind="number", target_value=Decimal(20), seats=[*form().seats, ("coordinator", None, None)])
        return add_measure(by=by, plan=draft, form=counted)


@pytest.fixture
def followed(cast: Cast, draft: Plan, measure: Measure, held: Meeting) -> Plan:
    """Approved by the steering group in the meeting that has been held."""
    with act_as(cast.coordinator.actor) as by:
        approve_plan(by=by, plan=draft, approval=Approval(meeting=held))
    return fetched(draft.pk)
