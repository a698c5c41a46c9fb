"""The matters of one company, on its page: those that the reader may see, by its business ID."""

from typing import Any

from django.db.models import QuerySet

from luukku.core.actor import Actor
from luukku.customers.models import Company
from luukku.desk.access import visible_cases
from luukku.desk.models import Case, CaseSummary, Outcome
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.case_meetings.companies import meetings_for_company
from luukku.desk.queries.nearest import NEAREST, nearest_of
from luukku.network.access import visible_organisations

MOST = 20


def matters_of(actor: Actor, company: Company) -> "QuerySet[Case]":
    """The company's matters that the reader may see, and with them what its founder asked before it was founded. One statement.

    Each of the four ways is found by an index of its own and then put together: asked with "or", the database would look at every matter.
    """
    started = Outcome.objects.filter(business_id=company.business_id).order_by()
    founders = started.exclude(case__customer=None).values("case__customer")
    cases = Case.objects.order_by().values("pk")
    ways = (cases.filter(business_id=company.business_id), cases.filter(business_id="", company=None, customer__in=founders), started.values("case"))
    return visible_cases(actor).filter(pk__in=cases.filter(company=company).union(*ways))


def company_cases(actor: Actor, company: Company) -> dict[str, Any] | None:
    """For the panel: newest first, open ones before ended ones, and with them what its founder asked before it was founded; then the matters of which
    the reader may know what they are about, with who works on them; and the case meetings to which it may be
    taken. None for who handles no cases. Four statements."""
    if not actor.is_staff or not actor.principals:
        return None
    found = matters_of(actor, company).select_related("region").order_by("-is_open", "-pk")
    cases = list(found.annotate(**NEAREST)[: MOST + 1])
    shown = [(case, case_url(case.number), nearest_of(case), not _is_of(case, company)) for case in cases[:MOST]]
    return {
        "cases": shown, "more": len(cases) > MOST, "others": _of_others(actor, company, [case.pk for case in cases]),
        "meetings": meetings_for_company(actor), "company": company,
    }  # fmt: skip


def _is_of(case: Case, company: Company) -> bool:
    return case.company_id == company.pk or case.business_id == company.business_id


def _of_others(actor: Actor, company: Company, shown: list[int]) -> list[tuple[CaseSummary, list[str]]]:
    """What was passed on of the company's matters at others, by its people's consent or by law. Two statements."""
    summaries = CaseSummary.objects.filter(business_id=company.business_id, readers__overlap=list(actor.principals)).exclude(pk__in=shown)
    rows = list(summaries.select_related("region").order_by("-contacted_at", "-case_id")[:MOST])
    keys = {pk for each in rows for pk in each.organisations} or {0}
    names = {each.pk: str(each.name) for each in visible_organisations(actor).filter(pk__in=keys)}
    return [(each, [names[pk] for pk in each.organisations if pk in names]) for each in rows]
