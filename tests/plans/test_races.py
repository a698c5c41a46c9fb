"""Two who save one measure at once, with real threads and commits."""

from collections.abc import Callable
from datetime import date

import pytest

from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.plans.actions.measures import MeasureForm, add_measure, edit_measure, fetched
from luukku.plans.actions.plans import BeginForm, begin_plan
from luukku.plans.models import Measure, PlanKind
from tests.cast import assemble
from tests.desk.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_save_at_once_one_is_told_and_nothing_is_written_over() -> None:
    cast = assemble()
    coordinator = cast.coordinator.actor
    with act_as(coordinator) as by:
        plan = begin_plan(by=by, region=cast.here.region, form=BeginForm(PlanKind.objects.get(code="action"), 2031))
        part = plan.kind.parts.order_by("position")[0]
        measure = add_measure(by=by, plan=plan, form=MeasureForm(part, "Alku", date(2031, 1, 1), date(2031, 12, 31)))
    refused: list[str] = []

    def saving(actor: Actor, words: str) -> Callable[[], object]:
        def work() -> object:
            try:
                with act_as(actor) as by:
                    form = MeasureForm(part, words, date(2031, 1, 1), date(2031, 12, 31))
                    return edit_measure(by=by, measure=fetched(measure.pk), form=form, based_on=1)
            except RuleBroken:
                refused.append(words)
                return None

        return work

    at_once(saving(coordinator, "Yksi"), saving(coordinator, "Kaksi"))
    found = Measure.objects.get(pk=measure.pk)
    assert (found.version, len(refused)) == (2, 1)
    assert {found.words, *refused} == {"Yksi", "Kaksi"}
