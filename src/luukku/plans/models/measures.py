"""Measures of a plan: who answers for them by which seat, how they go, and whose strategies they serve."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Now, NullIf
from django.utils import timezone

from luukku.governance.models import Decision
from luukku.network.enums import Role
from luukku.network.models import Area, Organisation, Person
from luukku.plans.enums import IndicatorKind, Light, MeasureState, NoteKind
from luukku.plans.models.kinds import PlanPart
from luukku.plans.models.plans import Plan
from luukku.plans.models.rounds import RoundPart

BEHIND_SHARE = Decimal("0.5")  # of what an even pace would have reached by now
TOO_EARLY = 4  # in the first quarter of its time nothing is said of its pace


class _Days(models.Func):
    """Days from the second date to the first, as the database counts them."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = models.IntegerField()


def older_than(days: str, now: datetime | None = None) -> Q:
    """Those of which nothing has been said for as many days as stand in the field `days`."""
    allowed = models.ExpressionWrapper(F(days) * Value(timedelta(days=1)), output_field=models.DurationField())
    moment = Value(now) if now is not None else Now()
    return Q(touched_at__lt=models.ExpressionWrapper(moment - allowed, output_field=models.DateTimeField()))


class MeasureQuerySet(models.QuerySet["Measure"]):
    def with_light(self, today: date) -> Self:
        """`light` as facts and dates say, or as somebody has said; `derived` without what was said; `gone`, `elapsed` and
        `total` are what its pace is reckoned from."""
        day = Cast(Value(today), models.DateField())
        missed = CheckPoint.objects.filter(measure=OuterRef("pk"), day__lt=today, done_at=None)
        elapsed, total = _Days(day, F("starts_on")), _Days(F("due_on"), F("starts_on"))
        gone = (Coalesce(F("value"), F("start_value")) - F("start_value")) / NullIf(F("target_value") - F("start_value"), Value(Decimal(0)))
        found = self.annotate(missed=Exists(missed), elapsed=elapsed, total=total).annotate(
            gone=models.ExpressionWrapper(gone, output_field=models.DecimalField(max_digits=20, decimal_places=6))
        )
        slow = Q(elapsed__gt=F("total") / TOO_EARLY) & Q(gone__lt=BEHIND_SHARE * F("elapsed") / NullIf(F("total"), Value(0)))
        counted = ~Q(indicator_kind=IndicatorKind.DONE) & Q(target_value__isnull=False)
        derived = Case(
            When(state=MeasureState.DONE, then=Value(Light.DONE.value)),
            When(state=MeasureState.NOT_DONE, then=Value(Light.MISSED.value)),
            When(state=MeasureState.DROPPED, then=Value(Light.DROPPED.value)),
            When(due_on__lt=today, then=Value(Light.LATE.value)),
            When(older_than("plan__kind__stale_days"), then=Value(Light.SILENT.value)),
            When(state=MeasureState.PLANNED, begin_by__lt=today, then=Value(Light.BEHIND.value)),
            When(state=MeasureState.PLANNED, starts_on__gt=today, then=Value(Light.WAITING.value)),
            When(Q(missed=True) | (counted & slow) | older_than("plan__kind__acceptable_days"), then=Value(Light.BEHIND.value)),
            default=Value(Light.GOOD.value),
            output_field=models.CharField(),
        )
        ended = Q(state__in=(MeasureState.DONE, MeasureState.NOT_DONE, MeasureState.DROPPED))
        said = Case(When(Q(light_said="") | ended, then=F("derived")), default=F("light_said"), output_field=models.CharField())
        return found.annotate(derived=derived).annotate(light=said)

    def reached(self) -> Self:
        """Those whose goal is reached: the indicator is at its target, or what was to be done is done. One that was given up reaches nothing."""
        grows = Q(target_value__gte=F("start_value"), value__gte=F("target_value"))
        shrinks = Q(target_value__lt=F("start_value"), value__lte=F("target_value"))
        return self.exclude(state=MeasureState.DROPPED).filter(
            (~Q(indicator_kind=IndicatorKind.DONE) & (grows | shrinks)) | Q(indicator_kind=IndicatorKind.DONE, state=MeasureState.DONE)
        )


class Measure(models.Model):
    """One row of a plan: goal, what is done, indicator, who answers, when, what came of it. `version` grows with each change of its words."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    part = models.ForeignKey(PlanPart, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    goal = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, help_text="what is done")
    more = models.TextField(blank=True)
    segment = models.CharField(max_length=60, blank=True, help_text="for which companies")
    indicator = models.CharField(max_length=200, blank=True)
    indicator_kind = models.CharField(max_length=10, choices=IndicatorKind, default=IndicatorKind.DONE)
    start_value = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    target_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    figure = models.CharField(max_length=60, blank=True, help_text="which of the system's own numbers fills the value by itself")
    resources = models.CharField(max_length=300, blank=True)
    extras = models.JSONField(default=dict, blank=True, help_text="what else its kind of plan says of a row, by column")
    starts_on = models.DateField()
    begin_by = models.DateField(null=True, blank=True, help_text="by when it must have been begun")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=MeasureState, default=MeasureState.PLANNED)
    light_said = models.CharField(max_length=10, choices=Light, blank=True)
    light_reason = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+", help_text="from which it comes")
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried_to")
    origin = models.CharField(max_length=40, blank=True, help_text="what of another module it comes from, such as a promise that was not kept")
    origin_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now, help_text="when somebody last said how it goes")
    reminded_on = models.DateField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "part__position", "number")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="measure_once"),
            models.UniqueConstraint(fields=("origin", "origin_id"), condition=~Q(origin=""), name="measure_of_origin_once"),
            models.CheckConstraint(name="measure_days_in_order", condition=Q(due_on__gte=F("starts_on"))),
            models.CheckConstraint(name="measure_begun_before_due", condition=Q(begin_by=None) | Q(begin_by__lte=F("due_on"))),
            models.CheckConstraint(name="measure_light_has_reason", condition=Q(light_said="") | ~Q(light_reason="")),
        )
        indexes = (models.Index(fields=("decision",), condition=Q(decision__isnull=False), name="measure_of_decision"),)

    def __str__(self) -> str:
        return f"measure {self.pk}"


class MeasureSeat(models.Model):
    """A seat that answers for a measure: a role at an organisation, in the region or in the area. Whoever holds it today does."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="seats")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", editable=False)
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    is_lead = models.BooleanField(default=False)

    class Meta:
        ordering = ("measure", "-is_lead", "id")
        constraints = (
            models.UniqueConstraint(fields=("measure", "role", "organisation", "area"), name="measure_seat_once", nulls_distinct=False),
            models.UniqueConstraint(fields=("measure",), condition=Q(is_lead=True), name="measure_one_lead"),
        )
        indexes = (models.Index(fields=("role", "organisation"), name="measure_seat_of_role"),)

    def __str__(self) -> str:
        return f"{self.role} of {self.measure_id}"

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        return self.role, self.organisation_id, self.area_id


class CheckPoint(models.Model):
    """A day on the way by which something of a measure should be so."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="check_points")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", editable=False)
    day = models.DateField()
    words = models.CharField(max_length=160)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("measure", "day", "id")

    def __str__(self) -> str:
        return f"check point {self.pk}"


class Note(models.Model):
    """What somebody says of a plan or of one measure: a comment on the draft, how it goes with the value of that day, why it is judged otherwise."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="notes")
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, blank=True, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind)
    words = models.TextField(blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=10, choices=MeasureState, blank=True)
    evidence = models.URLField(max_length=500, blank=True, help_text="where one sees that it is so")
    round_part = models.ForeignKey(RoundPart, models.SET_NULL, null=True, blank=True, related_name="notes", help_text="the asking that it answers")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reply = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="when a comment was answered")

    class Meta:
        ordering = ("plan", "at", "id")
        indexes = (models.Index(fields=("measure", "at"), name="note_of_measure"),)

    def __str__(self) -> str:
        return f"note {self.pk}"


class StrategyLine(models.Model):
    """A line of an organisation's own strategy. Open: shared work lives only if it is in the parties' strategies."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="strategy_lines")
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "-year", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """With whose it is."""
        return f"{self.organisation.name}: {self.name}"


class MeasureLine(models.Model):
    """A measure serves a line of an organisation's strategy."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="lines")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", editable=False)
    line = models.ForeignKey(StrategyLine, models.CASCADE, related_name="measures")

    class Meta:
        ordering = ("measure", "id")
        constraints = (models.UniqueConstraint(fields=("measure", "line"), name="measure_line_once"),)

    def __str__(self) -> str:
        return f"{self.measure_id} {self.line_id}"
