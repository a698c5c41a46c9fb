"""What a company's timeline tells of statements on its plans."""

from datetime import timedelta

from django.utils import timezone

from luukku.core.actor import act_as
from luukku.customers.models import Company
from luukku.customers.queries.timeline import timeline
from luukku.desk.models import Case
from luukku.statements.actions.giving import accept, sign
from luukku.statements.models import Statement
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.statements.conftest import GIVEN


def told(company: Company, member: Member) -> list[tuple[str, str]]:
    with act_as(member.actor) as actor:
        return [(line.entry.title, line.entry.detail) for line in timeline(actor, company, chosen="lausunnot").lines]


def test_plan_that_was_shown_stands_there_for_those_who_handle_its_matter(statement: Statement, cast: Cast) -> None:
    company = CompanyFactory.create()
    Case.objects.filter(pk=statement.case_id).update(company=company, business_id=company.business_id)
    detail = f"Kahvila torin laidalla, {cast.partners.name_fi}"
    assert told(company, cast.adviser) == [("Lausunto pyydettiin", detail)]
    later = timezone.now() + timedelta(hours=1)
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, statement=statement)
        sign(by=actor, statement=statement, draft=GIVEN, at=later)
    assert told(company, cast.adviser) == [("Lausunto annettiin", detail), ("Lausunto pyydettiin", detail)]
    assert told(company, cast.partner) == told(company, cast.outsider) == []
