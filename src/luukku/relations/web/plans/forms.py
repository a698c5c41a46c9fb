"""Forms of account plans. They check shape; rules are the actions'."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import day_field
from luukku.network.models import Organisation, Person
from luukku.relations.actions.account_plans import PlanForm
from luukku.relations.actions.criteria import LONGEST
from luukku.relations.models import AccountPlan, PlanCriterion
from luukku.relations.queries.account_plans import agreed_criteria, criteria_of, may_lead
from luukku.relations.queries.choices import visitors_of
from luukku.relations.web import fields


def criteria_field() -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=_("Which of the agreed criteria the company meets"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )


def offer(form: forms.Form, criteria: Sequence[PlanCriterion]) -> None:
    """Puts the criteria to choose from into the form; without any the question is not asked."""
    if not criteria:
        del form.fields["criteria"]
        return
    field = form.fields["criteria"]
    assert isinstance(field, forms.TypedMultipleChoiceField)
    field.choices = [(each.pk, str(each.text)) for each in criteria]


class AccountPlanForm(forms.Form):
    aims = fields.words(_("What is aimed at"), 4, required=True, error_messages={"required": _("Write what is aimed at.")})
    needs = fields.words(_("What the company needs"), 4)
    criteria = criteria_field()
    why = fields.words(_("What else speaks for this company"), 2)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"))
    review_on = day_field(_("Looked at next"))
    team = forms.MultipleChoiceField(label=_("The team beside you"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, region_id: int, lead_id: int | None, plan: AccountPlan | None = None) -> None:
        today = timezone.localdate()
        initial: dict[str, Any] = {"starts_on": today, "ends_on": today + timedelta(days=730), "review_on": today + timedelta(days=182)}
        if plan is not None:
            initial = {name: getattr(plan, name) for name in ("aims", "needs", "why", "starts_on", "ends_on", "review_on", "criteria")}
            initial["team"] = [f"{each.organisation_id}-{each.person_id}" for each in plan.members.all()]
        super().__init__(data, initial=initial)
        offer(self, criteria_of(plan) if plan is not None else agreed_criteria({region_id}))
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in visitors_of(region_id):
            if each.person.pk != lead_id:
                groups.setdefault(str(each.organisation.name), []).append((each.key, each.person.name))
        team = self.fields["team"]
        assert isinstance(team, forms.MultipleChoiceField)
        team.choices = list(groups.items())

    def form(self) -> PlanForm:
        """Call after is_valid()."""
        return PlanForm(**self.cleaned_data)


class ActionForm(forms.Form):
    what = fields.words(_("What is done"), 2, required=True, error_messages={"required": _("Write what is done.")})
    person = forms.TypedChoiceField(label=_("Who sees to it"), coerce=int)
    by_day = day_field(_("By when"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, team: Sequence[tuple[Person, Organisation]]) -> None:
        super().__init__(data)
        who = self.fields["person"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [(person.pk, f"{person.name}, {organisation.name}") for person, organisation in team]


class ReviewForm(forms.Form):
    words = fields.words(_("What the team said"), 5, required=True, error_messages={"required": _("Write what was said.")})
    criteria = criteria_field()
    review_on = day_field(_("Looked at next"))

    def __init__(self, data: Mapping[str, Any] | None, plan: AccountPlan) -> None:
        super().__init__(data, initial={"criteria": plan.criteria})
        offer(self, criteria_of(plan))


class PassLeadForm(forms.Form):
    to = forms.ChoiceField(label=_("Somebody of the team"), widget=forms.RadioSelect, error_messages={"required": _("Choose somebody of the team.")})

    def __init__(self, data: Mapping[str, Any] | None, plan: AccountPlan) -> None:
        super().__init__(data)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(each.key, f"{each.person.name}, {each.organisation.name}") for each in may_lead(plan)]


class CriterionForm(forms.Form):
    """By what a company is of weight."""

    text_fi = fields.line(_("Criterion in Finnish"), LONGEST)
    text_sv = fields.line(_("Criterion in Swedish"), LONGEST)
    text_en = fields.line(_("Criterion in English"), LONGEST)

    def texts(self) -> dict[str, str]:
        """By language. Call after is_valid()."""
        return {language: self.cleaned_data[f"text_{language}"] for language in LANGUAGES}
