"""The form of a measure: its six columns, what else its kind of plan asks, and the seats that answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.actor import Actor
from luukku.core.registries import measures as figures
from luukku.core.ui.forms import day_field, words_field
from luukku.network.enums import ROLES, Level, Role
from luukku.plans.access import visible_lines
from luukku.plans.actions.measures import MeasureForm
from luukku.plans.enums import Column, IndicatorKind
from luukku.plans.models import Measure, Plan, PlanPart, StrategyLine
from luukku.plans.queries.check_points import points_of, points_text
from luukku.plans.queries.decisions import decision_choices, decision_chosen
from luukku.plans.queries.seats import SeatChoice, key_of_value, seat_choices, value_of
from luukku.plans.web.forms import plain

PLAIN = (
    "part",
    "goal",
    "words",
    "more",
    "segment",
    "indicator_kind",
    "indicator",
    "start_value",
    "target_value",
    "figure",
    "resources",
    "starts_on",
    "begin_by",
    "due_on",
)
GROUPS = {
    Level.REGION: gettext_lazy("Seats of the region"),
    Level.AREA: gettext_lazy("Seats of the area"),
    Level.NATIONAL: gettext_lazy("Seats of the nation"),
}


def _offered(choices: list[SeatChoice]) -> list[tuple[Any, Any]]:
    """In groups: the region's seats, then each organisation's."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in choices:
        level = ROLES[Role(choice.key[0])].level
        head = str(GROUPS[level]) if level in GROUPS else choice.name.partition(", ")[2]
        groups.setdefault(head, []).append((choice.value, choice.label))
    return list(groups.items())


class MeasureFields(forms.Form):
    part = forms.ModelChoiceField(PlanPart.objects.none(), label=gettext_lazy("Part of the plan"), empty_label=None)
    goal = forms.CharField(label=gettext_lazy("Goal"), max_length=300, required=False)
    words = forms.CharField(
        label=gettext_lazy("Measure: what is done"), max_length=300, error_messages={"required": gettext_lazy("Write what is done.")}
    )
    more = words_field(gettext_lazy("More about it"), 3, required=False)
    segment = forms.CharField(label=gettext_lazy("For which companies"), max_length=60, required=False)
    indicator_kind = forms.ChoiceField(label=gettext_lazy("How it is measured"), choices=IndicatorKind.choices, widget=forms.RadioSelect)
    indicator = forms.CharField(label=gettext_lazy("Indicator"), max_length=200, required=False)
    start_value = forms.DecimalField(label=gettext_lazy("Value at the start"), required=False, max_digits=12, decimal_places=2, localize=True)
    target_value = forms.DecimalField(label=gettext_lazy("Value to be reached"), required=False, max_digits=12, decimal_places=2, localize=True)
    figure = forms.ChoiceField(label=gettext_lazy("Luukku's own number that fills the value by itself"), required=False)
    lead = forms.ChoiceField(label=gettext_lazy("Seat that leads it"), required=False)
    others = forms.MultipleChoiceField(label=gettext_lazy("Seats that answer with it"), required=False, widget=forms.CheckboxSelectMultiple)
    resources = forms.CharField(label=gettext_lazy("Resources: hours, money, tools"), max_length=300, required=False)
    starts_on = day_field(gettext_lazy("Begins"), error_messages={"required": gettext_lazy("Choose the day.")})
    begin_by = day_field(gettext_lazy("To be begun by, if that is set"), required=False)
    due_on = day_field(gettext_lazy("Ready by"), error_messages={"required": gettext_lazy("Choose the day.")})
    points = words_field(gettext_lazy("Check points, a line for each"), 3, required=False)
    lines = forms.ModelMultipleChoiceField(
        StrategyLine.objects.none(), label=gettext_lazy("Lines of the parties' strategies that it serves"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    decision = forms.ChoiceField(label=gettext_lazy("Decision from which it comes"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, actor: Actor, plan: Plan, measure: Measure | None = None, chosen: str = "") -> None:
        self.actor, self.plan, self.measure = actor, plan, measure
        super().__init__(data, initial=_initial(plan, measure) | ({"decision": chosen} if chosen else {}))
        parts = PlanPart.objects.offered(plan)
        self.fields["part"].queryset = parts  # type: ignore[attr-defined]
        self.fields["points"].help_text = _("For example: 31.3. half of the visits are made")
        kept = [seat.key for seat in measure.seats.all()] if measure is not None else []
        self._offer(_offered(seat_choices(plan.region, kept)) if plan.person_id is None else [])
        known = [(name, _(figure.label)) for name, figure in figures.items()]
        self.fields["figure"].choices = [("", _("None: people write it")), *known]  # type: ignore[attr-defined]
        keep, since = measure.decision_id if measure is not None else None, date(plan.year - 1, 1, 1)
        decided = decision_choices(actor, plan.region_id, since, keep) if plan.person_id is None else []
        self.fields["decision"].choices = [("", _("The one by which the plan is approved")), *decided]  # type: ignore[attr-defined]
        served = measure.lines.values("line") if measure is not None else []
        lines = visible_lines(actor, plan.region_id).filter(Q(deactivated_at=None) | Q(pk__in=served))
        self.fields["lines"].queryset = lines.order_by("organisation", "id")  # type: ignore[attr-defined]
        self.fields["lines"].label_from_instance = lambda line: line.label  # type: ignore[attr-defined]
        for name in plan.kind.columns:
            label, initial = Column(name).label, measure.extras.get(name, "") if measure is not None else ""
            self.fields[f"extra_{name}"] = forms.CharField(label=label, max_length=300, required=False, initial=initial)
        for name in () if plan.person_id is None else ("lead", "others", "lines", "decision", "segment"):
            del self.fields[name]

    def _offer(self, seats: list[tuple[Any, Any]]) -> None:
        self.fields["lead"].choices = [("", _("Nobody yet")), *seats]  # type: ignore[attr-defined]
        self.fields["others"].choices = seats  # type: ignore[attr-defined]

    def made(self) -> MeasureForm:
        """What the form says. Call after is_valid(). Raises RuleBroken for a check point that cannot be read."""
        given = self.cleaned_data
        values = [given.get("lead", ""), *given.get("others", [])]
        chosen = given.get("decision", "")
        return MeasureForm(
            **{name: given[name] for name in PLAIN if name in given},
            extras={name: given[f"extra_{name}"] for name in self.plan.kind.columns},
            seats=[key for value in values if value and (key := key_of_value(value)) is not None],
            check_points=points_of(given["points"], self.plan.year), lines=list(given.get("lines", [])),
            decision=decision_chosen(self.actor, self.plan.region_id, chosen),
        )  # fmt: skip


def _initial(plan: Plan, measure: Measure | None) -> dict[str, Any]:
    if measure is None:
        return {
            "indicator_kind": IndicatorKind.DONE, "starts_on": date(plan.year, 1, 1), "due_on": date(plan.last_year, 12, 31),
            "part": PlanPart.objects.offered(plan).values_list("pk", flat=True).first(),
        }  # fmt: skip
    seats = list(measure.seats.order_by("-is_lead", "id"))
    return {
        **{name: getattr(measure, name) for name in PLAIN},
        **{name: plain(getattr(measure, name)) for name in ("start_value", "target_value")},
        "part": measure.part_id, "points": points_text(measure.check_points.order_by("day", "id"), plan.year),
        "lead": next((value_of(seat.key) for seat in seats if seat.is_lead), ""),
        "others": [value_of(seat.key) for seat in seats if not seat.is_lead],
        "lines": list(measure.lines.values_list("line", flat=True)), "decision": f"d{measure.decision_id}" if measure.decision_id else "",
    }  # fmt: skip


def differences(form: forms.Form) -> list[tuple[str, str, str]]:
    """Of a form that somebody else has overtaken: label, what stands now, what was typed, for each field in which they differ."""
    found = []
    for bound in form:
        field, typed = bound.field, bound.data
        now = form.get_initial_for_field(field, bound.name)
        if not field.has_changed(now, typed):
            continue
        found.append((str(bound.label), _shown(bound, now), _shown(bound, typed)))
    return found


def _shown(bound: forms.BoundField, value: Any) -> str:
    values = value if isinstance(value, list | tuple) else [value]
    names: dict[str, str] = {}
    for key, label in getattr(bound.field, "choices", []):
        for one, said in label if isinstance(label, list) else [(key, label)]:
            names[str(one)] = str(said)
    return ", ".join(names.get(str(each), f"{each:%d.%m.%Y}" if isinstance(each, date) else str(each)) for each in values if each not in (None, ""))
