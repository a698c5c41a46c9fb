"""Who answers for a measure is asked how it goes when nobody has said anything for a while, and answers by one press."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.moments import moment_at
from luukku.core.months import Months
from luukku.core.registries import measures as figures
from luukku.core.secret_links import digest_of
from luukku.plans.access import reminder_token
from luukku.plans.actions.following import Report, report
from luukku.plans.enums import ENDED, MeasureState, PlanState
from luukku.plans.models import Measure, Note, Reminder
from luukku.plans.models.measures import older_than
from luukku.plans.queries.people import answerers

AGAIN = timedelta(days=14)
LINK_DAYS = 60
ANSWERS = {"as-before": "", "done": MeasureState.DONE, "going": MeasureState.GOING}


def remind(now: datetime) -> int:
    """One mail to each who answers for a measure that has been left untouched, or whose check point or last day has come; not again within two
    weeks. As the house; returns how many."""
    today = timezone.localdate(now)
    quiet = older_than("plan__kind__fine_days", now)
    due = Q(check_points__day__lte=today, check_points__done_at=None) | Q(due_on__lte=today)
    asked = Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN)
    found = Measure.objects.filter(quiet | due, asked, plan__state=PlanState.FOLLOWED, starts_on__lte=today).exclude(state__in=ENDED)
    sent = 0
    for measure in found.select_related("plan__region", "plan__kind").distinct().order_by("id"):
        measure.reminded_on = today
        measure.save(update_fields=["reminded_on"])
        for person in answerers(measure)[:3]:
            reminder = Reminder(measure=measure, person=person, made_at=now, expires_at=now + timedelta(days=LINK_DAYS))
            reminder.digest = digest_of(reminder_token(reminder))
            reminder.save()
            mail.queue("plans.reminder", reminder)
            sent += 1
    return sent


def answer_reminder(*, by: Actor, reminder: Reminder, answer: str, words: str = "", value: Decimal | None = None, at: datetime | None = None) -> Note:
    """She whom the reminder asked says how it goes. Raises NotAllowed when she holds the seat no more, RuleBroken, NotFound for one of
    another."""
    if reminder.person_id != by.person_id:
        raise NotFound
    if answer not in ANSWERS:
        raise RuleBroken(_("Choose how it goes."), field="answer")
    note = report(by=by, measure=reminder.measure, said=Report(words=words, state=ANSWERS[answer], value=value), at=at)
    reminder.answered_at = at or timezone.now()
    reminder.save(update_fields=["answered_at"])
    return note


def fill_figures(today: date) -> int:
    """Values of measures whose indicator is one of the system's own numbers, over the whole months of the plan's years so far. As the house; returns
    how many changed."""
    known, changed = dict(figures.items()), 0
    for measure in Measure.objects.exclude(figure="").filter(plan__state=PlanState.FOLLOWED).select_related("plan").order_by("id"):
        first, count = date(measure.starts_on.year, measure.starts_on.month, 1), 0
        count = (min(today, measure.due_on).year - first.year) * 12 + min(today, measure.due_on).month - first.month + (measure.due_on < today)
        if measure.figure not in known or count < 1:
            continue
        figure = known[measure.figure]
        value, of = figure.compute(measure.plan.region_id, Months(first, count))
        if value is None or not of:
            continue
        counted = round(Decimal(value * 100 if figure.unit == "share" else value), 2)
        if measure.value != counted:
            measure.value = counted
            measure.state = MeasureState.GOING if measure.state == MeasureState.PLANNED else measure.state
            measure.touched_at = moment_at(today, time(5))
            measure.save(update_fields=["value", "state", "touched_at"])
            trail.record("measure.counted", measure, by=HOUSE, region_id=measure.plan.region_id, plan=measure.plan_id)
            changed += 1
    return changed
