"""The state of the cooperation, matter by matter, and what of it is done first."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, day_field, do_now, saved, staff_only, words_field
from luukku.network.access import require
from luukku.plans.access import can_write, get_plan, visible_cells
from luukku.plans.actions.matrix import CellForm, make_measures, write_cell
from luukku.plans.models import MatrixCell
from luukku.plans.queries.matters import MATTERS, Matter
from luukku.plans.web.measure_forms import differences
from luukku.plans.web.plans import url_of

MARKS = [("", gettext_lazy("Not judged")), ("1", gettext_lazy("1 missing")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", gettext_lazy("5 in order"))]


class CellFields(forms.Form):
    """One matter: how it is, how it is judged, what is done, when and by whom. The matter's own prompts help."""

    present = words_field(gettext_lazy("How it is now"), 3, required=False)
    mark = forms.ChoiceField(label=gettext_lazy("How you judge it"), choices=MARKS, required=False)
    what = forms.CharField(label=gettext_lazy("What is done"), max_length=300, required=False)
    by_day = day_field(gettext_lazy("By when"), required=False)
    who = forms.CharField(label=gettext_lazy("Who does it"), max_length=120, required=False)
    is_picked = forms.BooleanField(label=gettext_lazy("This is among the two to five that are done first"), required=False)

    def __init__(self, data: Any = None, *, cell: MatrixCell, matter: Matter) -> None:
        names = ("present", "what", "by_day", "who", "is_picked")
        super().__init__(data, initial={name: getattr(cell, name) for name in names} | {"mark": str(cell.mark or "")})
        for name, words in (("present", matter.present), ("mark", matter.judge), ("what", matter.act)):
            self.fields[name].help_text = str(words)

    def made(self) -> CellForm:
        """What the form says. Call after is_valid()."""
        given = self.cleaned_data
        return CellForm(**{**given, "mark": int(given["mark"]) if given["mark"] else None})


def _url(pk: int) -> str:
    return url_of(pk) + "lahtotilanne"


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    known = {cell.matter: cell for cell in visible_cells(actor, plan).select_related("measure")}
    rows = [(code, matter, known.get(code)) for code, matter in MATTERS.items()]
    context = {
        "plan": plan, "rows": rows, "can_write": can_write(actor, plan) and plan.state != "closed", "written": len(known),
        "picked": sum(cell.is_picked for cell in known.values()), "waiting": sum(c.is_picked and c.measure_id is None for c in known.values()),
    }  # fmt: skip
    return render(request, "plans/matrix.html", context)


@staff_only
def edit(request: HttpRequest, pk: int, matter: str) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_write(actor, plan))
    if matter not in MATTERS:
        raise NotFound
    cell = visible_cells(actor, plan).filter(matter=matter).first() or MatrixCell(plan=plan, matter=matter)
    form, based_on = CellFields(request.POST or None, cell=cell, matter=MATTERS[matter]), key_of(request.POST.get("version")) or 0
    if attempt(form, lambda: write_cell(by=actor, plan=plan, matter=matter, form=form.made(), based_on=based_on)) is not None:
        return saved(request, _("The matter is written."), _url(pk) + f"#{matter}")
    overtaken = differences(form) if request.method == "POST" and based_on != cell.version else []
    context = {"form": form, "version": cell.version, "overtaken": overtaken, "back": _url(pk), "title": str(MATTERS[matter].label)}
    return render(request, "plans/edit.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    done = _("The picked matters are measures now. Choose the seats that answer for them.")
    return do_now(request, lambda: make_measures(by=actor, plan=plan), done=done, to=url_of(pk))
