"""Which segment a matter's customer is when the staff has not said: her company's of that day, or a founder's while there is only an idea."""

from datetime import date, datetime

from django.utils import timezone

from luukku.catalogue.enums import Stage
from luukku.customers.models import Company
from luukku.customers.queries.segments import Facts, decide
from luukku.customers.queries.segments.books import rules_in_use
from luukku.customers.queries.segments.in_time import segment_on
from luukku.desk.models import Case


def proposed_segment(company: Company | None, at: datetime, *, only_an_idea: bool = False) -> str:
    """One statement, none without a company or an idea. Empty when nothing is known."""
    day: date = timezone.localdate(at)
    if company is not None:
        return segment_on(company.pk, day)
    return decide(rules_in_use(), Facts(founded=False)).segment if only_an_idea else ""


def segment_by_rules(case: Case, stage: str) -> str:
    """What a matter's segment is without anybody's word, of the day on which it came."""
    nameless = not (case.company_name or case.business_id)
    return proposed_segment(case.company, case.contacted_at, only_an_idea=nameless and stage == Stage.IDEA)
