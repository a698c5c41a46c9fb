"""Kinds of plans on screen."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only, words_field
from luukku.network.access import require
from luukku.plans.access import can_edit_kinds
from luukku.plans.actions.kinds import KindForm, save_kind
from luukku.plans.models import PlanKind, PlanPart
from luukku.plans.web.parts import lines_of, names_in

DAYS = ("fine_days", "acceptable_days", "stale_days")


class KindFields(forms.Form):
    name_fi = forms.CharField(label=gettext_lazy("Name, in Finnish"), max_length=120)
    name_sv = forms.CharField(label=gettext_lazy("In Swedish"), max_length=120, required=False)
    name_en = forms.CharField(label=gettext_lazy("In English"), max_length=120, required=False)
    parts = words_field(gettext_lazy("Parts, a line for each: Finnish | Swedish | English"), 4)
    fine_days = forms.IntegerField(
        label=gettext_lazy("Days that a measure may be left untouched before its seat is reminded"), min_value=1, max_value=999
    )
    acceptable_days = forms.IntegerField(label=gettext_lazy("Days after which a silent measure is behind"), min_value=1, max_value=999)
    stale_days = forms.IntegerField(label=gettext_lazy("Days after which it is told that a measure is without news"), min_value=1, max_value=9999)

    def __init__(self, data: Mapping[str, Any] | None = None, *, kind: PlanKind) -> None:
        parts = PlanPart.objects.of_kinds().filter(kind=kind, deactivated_at=None).order_by("position", "id")
        names = {f"name_{code}": getattr(kind, f"name_{code}") for code in LANGUAGES}
        super().__init__(data, initial={**names, "parts": lines_of(parts), **{name: getattr(kind, name) for name in DAYS}})

    def made(self) -> KindForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        return KindForm({code: given[f"name_{code}"] for code in LANGUAGES}, names_in(given["parts"]), *(given[name] for name in DAYS))


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    require(can_edit_kinds(actor_of(request)))
    kinds = PlanKind.objects.filter(deactivated_at=None)
    kinds = kinds.prefetch_related(Prefetch("parts", PlanPart.objects.of_kinds().filter(deactivated_at=None))).order_by("order", "code")
    return render(request, "plans/kinds.html", {"kinds": kinds})


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, back = actor_of(request), reverse("plans:kinds")
    require(can_edit_kinds(actor))
    kind = get_object_or_404(PlanKind, pk=pk)
    form = KindFields(request.POST or None, kind=kind)
    if attempt(form, lambda: save_kind(by=actor, kind=kind, form=form.made())) is not None:
        return saved(request, _("The changes are saved."), back)
    return form_page(request, form, title=str(kind.name), button=_("Save"), back=back)
