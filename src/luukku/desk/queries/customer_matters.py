"""The matters of one customer, on her page: those that the reader may see, and what she plans before there is a company."""

from dataclasses import dataclass
from typing import Any

from luukku.catalogue.enums import Segment, Stage
from luukku.core.actor import Actor
from luukku.customers.models import Company, Customer
from luukku.desk.access import visible_cases
from luukku.desk.enums import OutcomeKind
from luukku.desk.models import Case, CaseSummary, Outcome
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.nearest import NEAREST, Nearest, nearest_of

MOST = 50


@dataclass(frozen=True)
class Matter:
    """`founded`: a business came of it; its business ID if that is known, and its name if the register knows it."""

    case: Case
    url: str
    due: Nearest
    stage: str
    founded: tuple[str, str] | None

    @property
    def is_plan(self) -> bool:
        """Whether a business is planned in it, or was."""
        case = self.case
        early = case.stage in (Stage.IDEA, Stage.STARTING) or case.segment == Segment.FOUNDER
        return self.founded is not None or (early and not case.company_shown)


def matters_panel(actor: Actor, customer: Customer) -> dict[str, Any] | None:
    """Open ones first, the newest first; then those at others of which the reader may know. Four statements."""
    if not actor.is_staff or not actor.principals:
        return None
    found = visible_cases(actor).filter(customer=customer).select_related("region", "municipality", "company").defer("search")
    cases = list(found.annotate(**NEAREST).order_by("-is_open", "-pk")[: MOST + 1])
    started = Outcome.objects.filter(case__in=[each.pk for each in cases], kind=OutcomeKind.STARTED, readers__overlap=list(actor.principals))
    ids = {each.case_id: each.business_id for each in started.order_by("business_id", "pk")}  # one that is known wins
    names = dict(Company.objects.filter(business_id__in=set(ids.values())).values_list("business_id", "name"))
    matters = [_matter(each, ids.get(each.pk), names) for each in cases[:MOST]]
    others = CaseSummary.objects.filter(customer=customer, readers__overlap=list(actor.principals)).exclude(pk__in=[each.pk for each in cases])
    return {
        "matters": matters, "plans": [each for each in matters if each.is_plan], "more": len(cases) > MOST,
        "others": list(others.select_related("region").order_by("-contacted_at", "-case_id")[:MOST]),
    }  # fmt: skip


def _matter(case: Case, business_id: str | None, names: dict[str, str]) -> Matter:
    stage = str(Stage(case.stage).label) if case.stage in Stage.values else ""
    founded = (business_id, names.get(business_id, "")) if business_id is not None else None
    return Matter(case, case_url(case.number), nearest_of(case), stage, founded)
