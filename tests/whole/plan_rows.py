"""A row in every table of plans, for the attack on the database (every_table.py): a draft of which only the region's parties know."""

from datetime import date, timedelta

from django.utils import timezone

from luukku.core.actor import act_as
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.plans import BeginForm, begin_plan
from luukku.plans.models import (
    BudgetLine,
    Idea,
    MatrixCell,
    Note,
    PlanKind,
    PlanPart,
    Proposal,
    Reminder,
    Round,
    RoundPart,
    Share,
    Snapshot,
    StrategyLine,
)
from tests.cast import Cast


def plan_a_year(cast: Cast) -> None:
    now, home = timezone.now(), cast.here.organisation
    line = StrategyLine.objects.create(organisation=home, name="Elinvoima", year=2026, last_year=2030)
    with act_as(cast.coordinator.actor) as by:
        plan = begin_plan(by=by, region=cast.here.region, form=BeginForm(PlanKind.objects.get(code="action"), 2031))
        form = MeasureForm(
            part=plan.kind.parts.all()[0], words="Kartoitus", starts_on=date(2031, 1, 1), due_on=date(2031, 6, 1), lines=[line],
            seats=[("adviser", home.pk, None)], check_points=[(date(2031, 3, 1), "Puolet")],
        )  # fmt: skip
        measure = add_measure(by=by, plan=plan, form=form)
    Note.objects.create(plan=plan, measure=measure, kind="comment", words="Liian myöhään", person=cast.adviser.someone)
    PlanPart.objects.create(kind=plan.kind, plan=plan, position=1, name_fi="Vetovoima")
    asked = Round.objects.create(plan=plan, name="Syksy", opens_on=date(2031, 9, 1), due_on=date(2031, 9, 30))
    RoundPart.objects.create(round=asked, role="adviser", organisation=home)
    Snapshot.objects.create(plan=plan, number=1, kind="approved", body={}, digest="d")
    BudgetLine.objects.create(plan=plan, words="Esite")
    Share.objects.create(plan=plan, organisation=home)
    MatrixCell.objects.create(plan=plan, matter="agreement", present="Puuttuu")
    Idea.objects.create(region=cast.here.region, words="Iltavastaanotto")
    Proposal.objects.create(region=cast.here.region, to_body="Kaupunginhallitus", words="Tontit", sent_on=now.date())
    Reminder.objects.create(measure=measure, person=cast.adviser.someone, digest=b"r" * 32, expires_at=now + timedelta(days=9))
