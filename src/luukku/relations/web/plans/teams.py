"""The region's rules of who goes along on joint visits: listed, set and taken away."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.catalogue.enums import Segment
from luukku.core.ui.forms import actor_of, attempt, chosen, saved, staff_only
from luukku.network.access import require
from luukku.network.models import OrganisationType
from luukku.relations.access import can_set_rules, plan_regions, sees_contact_plan
from luukku.relations.actions.contact_plans import set_team
from luukku.relations.queries.teams import kept_rules, rules_here
from luukku.relations.web.tabs import tabs


class TeamForm(forms.Form):
    """One rule: no ticks take it away."""

    segment = forms.ChoiceField(
        label=gettext_lazy("Companies of which segment"), choices=[("", gettext_lazy("All the others")), *Segment.choices], required=False
    )
    types = forms.ModelMultipleChoiceField(
        OrganisationType.objects.none(), label=gettext_lazy("One at least of each goes along"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None)
        field = self.fields["types"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = OrganisationType.objects.filter(deactivated_at=None).order_by("order", "code")
        field.label_from_instance = lambda each: str(each.name)  # type: ignore[method-assign,assignment]


@staff_only
def teams(request: HttpRequest) -> HttpResponse:
    """Everybody of the network reads the rules; the coordinator sets them."""
    actor = actor_of(request)
    require(sees_contact_plan(actor))
    regions = plan_regions(actor)
    region = chosen(request, "region", regions)
    can_set = can_set_rules(actor, region.pk)
    form = TeamForm(request)
    if request.method == "POST":
        require(can_set)
    given = attempt(form, lambda: set_team(by=actor, region=region, **form.cleaned_data))
    if given is not None:
        return saved(request, _("The rule is saved."), f"{reverse('relations:teams')}?region={region.code}")
    year = timezone.localdate().year
    context = {
        "form": form, "region": region, "regions": regions, "rules": rules_here(region), "can_set": can_set, "year": year,
        "kept": kept_rules(region, year), "tabs": tabs(actor, "contact_plan"),
    }  # fmt: skip
    return render(request, "relations/plans/teams.html", context, status=422 if form.errors else 200)
