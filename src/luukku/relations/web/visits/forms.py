"""Forms of visits. They check shape; rules are the actions'. Field names are those by which actions name what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import day_field, hour_field
from luukku.network.models import Desk
from luukku.relations.actions.reporting import Written
from luukku.relations.actions.visits import Plan
from luukku.relations.enums import VisitState, VisitWay
from luukku.relations.models import NeedMap, NeedQuestion, Visit, VisitReport
from luukku.relations.queries.choices import Visitor, maps_on_offer, visitors_of
from luukku.relations.web import fields
from luukku.relations.web.needs.answers import AnswerForm


def _groups(visitors: Sequence[Visitor], own: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Visitors under their organisations, the one's own first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in sorted(visitors, key=lambda visitor: visitor.organisation.pk != own):
        found.setdefault(str(each.organisation.name), []).append((each.key, each.person.name))
    return list(found.items())


class PlanForm(forms.Form):
    """A visit as it is meant. Who goes is chosen among all who handle cases in the region."""

    day = day_field(_("Day, if it is agreed"), required=False)
    starts = hour_field(_("Time"), required=False)
    way = forms.ChoiceField(label=_("Where the company is met"), choices=VisitWay.choices, widget=forms.RadioSelect, initial=VisitWay.SITE)
    place = fields.line(_("Place"), 200)
    visitors = forms.MultipleChoiceField(label=_("Who goes"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose who goes.")})
    purpose = fields.words(_("Why the company is met"), 2)
    need_map = forms.ModelChoiceField(NeedMap.objects.none(), label=_("Questions to go by"), required=False, empty_label=_("No ready questions"))
    questions = fields.words(_("What else is to be asked or found out"), 3)
    anyway = forms.BooleanField(label=_("We go all the same"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, desk: Desk, person_id: int | None, visit: Visit | None = None) -> None:
        initial: dict[str, Any] = {"visitors": [f"{desk.organisation_id}-{person_id}"]}
        if visit is not None:
            names = ("day", "starts", "way", "place", "purpose", "need_map", "questions")
            initial = {name: getattr(visit, name) for name in names}
            initial["visitors"] = [f"{each.organisation_id}-{each.person_id}" for each in visit.parties.all()]
        super().__init__(data, initial=initial)
        self.year = visit.year if visit is not None else None
        who = self.fields["visitors"]
        assert isinstance(who, forms.MultipleChoiceField)
        who.choices = _groups(visitors_of(desk.region_id), desk.organisation_id)
        offered = [each.pk for each in maps_on_offer(desk.region_id)]
        self.fields["need_map"].queryset = NeedMap.objects.filter(pk__in=offered).order_by("position", "id")  # type: ignore[attr-defined]
        self.fields["need_map"].label_from_instance = lambda each: str(each.name)  # type: ignore[attr-defined]

    def show_anyway(self) -> None:
        """The tick is asked for only once somebody else is found to be near."""
        if "anyway" not in self.errors and not (self.is_bound and self.data.get("anyway")):
            del self.fields["anyway"]

    def plan(self) -> Plan:
        """Call after is_valid()."""
        return Plan(**self.cleaned_data, year=self.year)


class ReportForm(AnswerForm):
    """One visitor's report: whom she met, the answers of the map, what was agreed."""

    writer = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    day = day_field(_("When you met"))
    met_name = fields.line(_("Whom you met"), 120)
    met_role = fields.line(_("Role in the company"), 80)
    met_phone = fields.line(_("Phone"), 40)
    met_email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    may_pass = forms.BooleanField(label=_("Agreed that we pass the name and contact data on with a need"), required=False)
    notes = fields.words(_("What you heard and saw"), 5)
    agreed = fields.words(_("What was agreed"), 3)
    next_step = fields.line(_("What happens next"), 200)
    next_on = day_field(_("By when"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        visit: Visit,
        person_id: int | None,
        questions: Sequence[NeedQuestion],
        report: VisitReport | None,
    ) -> None:
        held = visit.day if visit.state != VisitState.PLANNED else None
        initial: dict[str, Any] = {"writer": person_id, "version": 0, "day": held or timezone.localdate()}
        if report is not None:
            names = ("version", "met_name", "met_role", "met_phone", "met_email", "may_pass", "notes", "agreed", "next_step", "next_on")
            initial |= {name: getattr(report, name) for name in names}
        super().__init__(data, initial=initial)
        self.ask(questions, report.needs.all() if report is not None else ())

    def written(self) -> Written:
        """Call after is_valid(). What is written as something else they need is a need."""
        named = {name: value for name, value in self.cleaned_data.items() if name in self.base_fields and name != "writer"}
        return Written(**named, answers=self.answered())
