"""Forms of plans. They check shape; rules are the actions'. Field names are those by which actions name what is wrong."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.ui.forms import day_field, words_field
from luukku.network.models import Organisation, Person, Region
from luukku.plans.access import can_begin, heads
from luukku.plans.actions.plans import WORDS, BasicForm, BeginForm
from luukku.plans.enums import SAYABLE, MeasureState
from luukku.plans.models import Measure, Plan, PlanKind
from luukku.plans.queries.pages import Row

SINCE = timedelta(days=400)  # decisions of so long are offered


def plain(value: Decimal | None) -> Decimal | None:
    """Without the cents that nobody wrote."""
    return value.quantize(Decimal(1)) if value is not None and value == value.to_integral_value() else value


class BeginFields(forms.Form):
    """Which plan is begun: kinds that she may begin here."""

    kind = forms.ModelChoiceField(PlanKind.objects.none(), label=_("What kind of plan"), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2099)
    last_year = forms.IntegerField(label=_("Last year, of a programme of several years"), min_value=2000, max_value=2099, required=False)
    name = forms.CharField(label=_("A name of its own, if it needs one"), max_length=160, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Whose programme it is"), required=False, empty_label=_("The whole network's")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, actor: Actor, region: Region, kind: PlanKind | None = None) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"year": today.year + (today.month > 8), "kind": kind})
        kinds = PlanKind.objects.filter(deactivated_at=None).exclude(code="sub")
        headed = [seat.organisation_id for seat in actor.seats if seat.organisation_id is not None and heads(actor, seat.organisation_id)]
        if not can_begin(actor, region.pk):
            kinds = kinds if headed else kinds.filter(is_personal=True)
        self.fields["kind"].queryset = kinds.order_by("order", "code")  # type: ignore[attr-defined]
        parts = Organisation.objects.active().in_region(region.pk).distinct()
        if not can_begin(actor, region.pk):
            parts = parts.filter(pk__in=headed)
        self.fields["organisation"].queryset = parts.order_by("name_fi", "id")  # type: ignore[attr-defined]
        self.actor = actor

    def made(self) -> BeginForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        own = Person.objects.filter(pk=self.actor.person_id or 0).first() if given["kind"].is_personal else None
        organisation = None if given["kind"].is_personal else given["organisation"]
        return BeginForm(given["kind"], given["year"], given["last_year"], given["name"], organisation, own)


class BasicFields(forms.Form):
    name = forms.CharField(label=_("A name of its own, if it needs one"), max_length=160, required=False)
    mission = words_field(_("Mission: what we are here for"), 3, required=False)
    vision = words_field(_("Vision: where we want to be"), 3, required=False)
    priorities = words_field(_("Priorities of the year, a line for each"), 5, required=False)
    budget_words = words_field(_("Budget in words"), 3, required=False)
    is_public = forms.BooleanField(label=_("Everybody may read it once it is approved"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: Plan) -> None:
        super().__init__(data, initial={name: getattr(plan, name) for name in ("name", *WORDS, "is_public")})

    def made(self) -> BasicForm:
        """What the form says. Call after is_valid()."""
        return BasicForm(**self.cleaned_data)


class CommentsFields(forms.Form):
    until = day_field(_("Comments until"), error_messages={"required": _("Choose the day.")})


class CommentFields(forms.Form):
    words = words_field(_("Your comment"), 3)


class ReplyFields(forms.Form):
    reply = words_field(_("What was done of it"), 2)


class ApproveFields(forms.Form):
    """By which decision: one that stands in minutes, or a meeting whose minutes are being written."""

    decision = forms.ChoiceField(label=_("By which decision"), required=False)
    words = forms.CharField(
        label=_("Who has approved it, and when"), max_length=200, required=False, help_text=_("For example: City council 12.5.2027, section 41")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: Plan, choices: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["decision"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]
        if plan.kind.needs_decision:
            del self.fields["words"]
        elif plan.person_id is not None:
            del self.fields["words"], self.fields["decision"]


class ReportFields(forms.Form):
    state = forms.ChoiceField(label=_("How far is it"), choices=MeasureState.choices, widget=forms.RadioSelect)
    value = forms.DecimalField(label=_("Value now"), required=False, max_digits=12, decimal_places=2, localize=True)
    words = words_field(_("What has been done"), 3, required=False)
    evidence = forms.URLField(label=_("Where one sees it (a link)"), max_length=500, required=False, assume_scheme="https")
    outcome = words_field(_("What came of it"), 2, required=False)
    points = forms.MultipleChoiceField(label=_("Check points that are done"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: Row) -> None:
        measure = row.measure
        super().__init__(data, initial={"state": measure.state, "value": plain(measure.value), "outcome": measure.outcome})
        waiting = [(str(point.pk), f"{point.day:%d.%m.%Y} {point.words}") for point in row.points if point.done_at is None]
        self.fields["points"].choices = waiting  # type: ignore[attr-defined]
        if not waiting:
            del self.fields["points"]
        if measure.target_value is None:
            del self.fields["value"]
        else:
            self.fields["value"].help_text = measure.indicator


class LightFields(forms.Form):
    light = forms.ChoiceField(label=_("How it goes"), choices=[(each.value, each.label) for each in SAYABLE], widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you judge it otherwise?"), max_length=300, error_messages={"required": _("Say why you judge it otherwise.")}
    )


class SubPlanFields(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)


def ending_name(measure: Measure, what: str) -> str:
    return f"{what}-{measure.pk}"


class ClosingFields(forms.Form):
    """What came of each measure; three fields for each."""

    words = words_field(_("The year in a few words"), 4, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, measures: list[Measure]) -> None:
        super().__init__(data)
        ended = [
            ("", _("Choose")),
            ("done", MeasureState.DONE.label),
            ("not-done", MeasureState.NOT_DONE.label),
            ("dropped", MeasureState.DROPPED.label),
        ]
        self.measures = measures
        for measure in measures:
            state = measure.state if measure.state in dict(ended) else ""
            self.fields[ending_name(measure, "state")] = forms.ChoiceField(label=_("Outcome"), choices=ended, initial=state)
            self.fields[ending_name(measure, "outcome")] = forms.CharField(
                label=_("What came of it"), max_length=2000, required=False, initial=measure.outcome
            )
            self.fields[ending_name(measure, "carry")] = forms.BooleanField(label=_("Goes on next year"), required=False)

    def rows(self) -> list[tuple[Measure, Any, Any, Any]]:
        return [
            (each, self[ending_name(each, "state")], self[ending_name(each, "outcome")], self[ending_name(each, "carry")]) for each in self.measures
        ]
