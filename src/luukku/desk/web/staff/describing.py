"""The page on which the desk says what kind of customer a matter has."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.catalogue.enums import Segment, Stage
from luukku.core.ui.forms import actor_of, attempt
from luukku.customers.queries.segments.words import segment_name
from luukku.desk.access import get_case, own_leg
from luukku.desk.actions.describing import describe
from luukku.desk.models import Case
from luukku.desk.queries.segments import segment_by_rules
from luukku.desk.web.staff.frame import act_page, desk_only, done
from luukku.network.enums import Right

_UNKNOWN = ("", gettext_lazy("Not known"))


class DescribeForm(forms.Form):
    segment = forms.ChoiceField(label=gettext_lazy("Segment"), choices=[*Segment.choices, _UNKNOWN], required=False, widget=forms.RadioSelect)
    stage = forms.ChoiceField(
        label=gettext_lazy("Where the business is in its life"), choices=[*Stage.choices, _UNKNOWN], required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data, initial={"segment": case.segment if case.segment_said else "", "stage": case.stage})
        by_rules = segment_by_rules(case, case.stage)
        if by_rules:
            name = _("As the rules say: %(name)s") % {"name": segment_name(by_rules)}
            self.fields["segment"].choices = [*Segment.choices, ("", name)]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]


@desk_only
def edit(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    form = DescribeForm(request.POST if request.method == "POST" else None, case=case)
    if attempt(form, lambda: describe(by=actor, case=case, **form.cleaned_data)):
        return done(request, number, _("Written down. The desk's rules go by it."))
    intro = _("Nobody outside the organisations of this matter sees this. Routing rules and figures go by it.")
    return act_page(request, own_leg(actor, case), form, title=_("Kind of customer"), button=_("Save"), intro=intro)
