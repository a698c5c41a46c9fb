"""The report of what one person has done: drawn from what was logged, never written twice. For herself and those who lead her desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.errors import NotAllowed
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, staff_only
from luukku.core.ui.private import private
from luukku.core.ui.tables import table_file
from luukku.network.access import require
from luukku.relations.access import works_with_companies
from luukku.relations.queries.work_done import Section, people_for, periods, report
from luukku.relations.web.tabs import tabs


@require_safe
@staff_only
def work(request: HttpRequest) -> HttpResponse:
    """Of one person and period; `as=csv` or `as=xlsx` brings it as a table."""
    actor = actor_of(request)
    require(works_with_companies(actor))
    people, spans = people_for(actor), periods()
    key = key_of(request.GET.get("henkilo"))
    person = next((each for each in people if key is None or each.pk == key), None)
    if person is None:
        raise NotAllowed
    period = next((each for each in spans if each.code == request.GET.get("aika")), spans[1])
    sections = report(actor, person, period)
    if request.GET.get("as") in ("csv", "xlsx"):
        return _table(request, f"kertomus-{period.since:%Y-%m}-{person.pk}", sections)
    context = {
        "people": people, "person": person, "periods": spans, "period": period, "sections": sections, "tabs": tabs(actor, "work"),
        "last": period.until, "is_own": person.pk == actor.person_id,
    }  # fmt: skip
    return private(render(request, "relations/work.html", context))


def _table(request: HttpRequest, name: str, sections: list[Section]) -> HttpResponse:
    heads = [_("Part"), _("What was done"), _("How many"), _("More closely")]
    return table_file(
        request, name, heads, ([section.label, line.label, str(line.count), line.detail] for section in sections for line in section.lines)
    )
