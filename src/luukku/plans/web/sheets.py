"""A plan out as a spreadsheet, and back in: first a report of what would change, then all of it or nothing. And the plan as a paper."""

from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.core import files as file_store
from luukku.core.errors import RuleBroken
from luukku.core.pdf import pdf_response
from luukku.core.ui.forms import actor_of, attempt, do_now, staff_only
from luukku.core.ui.tables import sheet_file
from luukku.network.access import require
from luukku.plans.access import can_write, get_plan
from luukku.plans.actions.sheets import apply_sheet
from luukku.plans.models import Plan
from luukku.plans.queries.facts import facts_of
from luukku.plans.queries.pages import plan_page, rows_of
from luukku.plans.queries.paper import paper_of
from luukku.plans.queries.sheets import Change, changes_of, heads, table
from luukku.plans.web.plans import url_of

SALT = "luukku.plans.sheet"


class SheetFields(forms.Form):
    file = forms.FileField(label=gettext_lazy("The sheet, filled in (.xlsx)"), error_messages={"required": gettext_lazy("Choose a file.")})


@require_safe
@staff_only
def download(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_plan(actor_of(request), pk)
    return sheet_file(f"suunnitelma-{plan.region.code}-{plan.year}", list(heads(plan).values()), table(plan, list(rows_of(plan).values())))


@staff_only
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What the sheet would change, line by line; nothing is written yet."""
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_write(actor, plan))
    form = SheetFields(request.POST or None, request.FILES or None)

    def read() -> list[Change]:
        sent = form.cleaned_data["file"]
        file_store.check(sent, field="file")
        return changes_of(actor, plan, list(rows_of(plan).values()), sent.read())

    changes = attempt(form, read) if request.method == "POST" else None
    context: dict[str, Any] = {"form": form, "plan": plan, "back": url_of(pk), "changes": changes}
    if changes is not None:
        context["wrong"] = sum(bool(change.problems) for change in changes)
        good = [{"line": each.line, "key": each.key, "version": each.version, "said": each.said} for each in changes if not each.problems]
        context["signed"] = signing.dumps({"plan": pk, "changes": good}, salt=SALT, compress=True)
    return render(request, "plans/sheet.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_write(actor, plan))

    def work() -> None:
        apply_sheet(by=actor, plan=plan, changes=_changes(request, plan))

    return do_now(request, work, done=_("The sheet is in the plan."), to=url_of(pk))


def _changes(request: HttpRequest, plan: Plan) -> list[dict[str, Any]]:
    try:
        said = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        said = {}
    if said.get("plan") != plan.pk:
        raise RuleBroken(_("The report is too old. Send the sheet again."))
    found: list[dict[str, Any]] = said["changes"]
    return found


@require_safe
@staff_only
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as an accessible PDF: the basic page, then the measures."""
    actor = actor_of(request)
    page = plan_page(actor, pk)
    return pdf_response(paper_of(page, facts_of(actor, page.plan)))
