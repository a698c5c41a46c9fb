"""The parts of one plan, such as the focus areas of a strategy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only, words_field
from luukku.network.access import require
from luukku.plans.access import can_write, get_plan
from luukku.plans.actions.parts import name_parts
from luukku.plans.models import PlanPart
from luukku.plans.web.plans import url_of


def lines_of(parts: Iterable[PlanPart]) -> str:
    """A line for each, its names in their order."""
    return "\n".join(" | ".join(getattr(part, f"name_{code}") for code in LANGUAGES) for part in parts)


def names_in(text: str) -> list[Mapping[str, str]]:
    """What the lines say."""
    return [dict(zip(LANGUAGES, (each.strip() for each in line.split("|")), strict=False)) for line in text.splitlines() if line.strip()]


class PartFields(forms.Form):
    parts = words_field(gettext_lazy("Parts, a line for each: Finnish | Swedish | English"), 8)

    def __init__(self, data: Any, *, parts: Iterable[PlanPart]) -> None:
        super().__init__(data, initial={"parts": lines_of(parts)})


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_write(actor, plan))
    form = PartFields(request.POST or None, parts=PlanPart.objects.offered(plan))
    if attempt(form, lambda: name_parts(by=actor, plan=plan, parts=names_in(form.cleaned_data["parts"]))) is not None:
        return saved(request, _("The parts are saved. Measures stand under them."), url_of(pk))
    intro = _("Focus areas of a strategy, or other parts that only this plan has. The first line stays the first part, under whatever name.")
    return form_page(request, form, title=_("Parts of the plan"), button=_("Save"), back=url_of(pk), intro=intro)
