"""What waits for one person in the work with companies."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from luukku.core.actor import act_as, act_as_house
from luukku.core.models import OutgoingMail
from luukku.customers.models import Company
from luukku.network.models import Seat
from luukku.relations.actions.account_plans import PlanForm, action_done, add_action, begin_plan
from luukku.relations.actions.reporting import Written, report_visit, step_done
from luukku.relations.actions.sweeping import remind
from luukku.relations.models import AccountPlan, Lead, Visit
from luukku.relations.queries.due import my_due
from tests.cast import Cast, Member
from tests.harness.counting import sql_count
from tests.relations.conftest import in_days, key

pytestmark = pytest.mark.django_db


def due(member: Member) -> list[tuple[str, str]]:
    with translation.override("en"), act_as(member.actor) as actor, sql_count(at_most=5):
        return [(each.words, each.detail) for each in my_due(actor)]


@pytest.fixture
def plan(cast: Cast, company: Company) -> AccountPlan:
    """The adviser leads it, the partner is on its team."""
    form = PlanForm("Kasvu", in_days(0), in_days(720), in_days(90), team=[key(cast.partner)])
    with act_as(cast.adviser.actor) as actor:
        return begin_plan(by=actor, company=company, desk=cast.here.desk, form=form)


def test_visit_waits_for_its_report_and_then_for_what_was_agreed(planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned(along=(cast.partner,))
    assert due(cast.adviser) == []
    Visit.objects.filter(pk=visit.pk).update(day=in_days(-1))
    for member in (cast.adviser, cast.partner):
        assert due(member) == [("Write what came of the visit", "Konepaja Kivelä Oy")]
    with act_as(cast.adviser.actor) as actor:
        report = report_visit(by=actor, visit=visit, written=Written(in_days(-1), agreed="Ohje", next_step="Lähetä ohje", next_on=in_days(3)))
        assert [each.words for each in my_due(actor)] == ["Lähetä ohje"]
        step_done(by=actor, report=report)
        assert my_due(actor) == []


def test_lead_to_a_person_waits_for_that_one_alone(given: Callable[..., Lead], cast: Cast) -> None:
    given(to_person=cast.partner.someone)
    assert due(cast.partner) == [("Take the lead, or say why it is not for you", "Konepaja Kivelä Oy")]
    for member in (cast.adviser, cast.outsider, cast.coordinator):
        assert due(member) == []


def test_account_plan_waits_for_its_doer_and_for_its_lead(plan: AccountPlan, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        action = add_action(by=actor, plan=plan, what="Tarjoa koulutusta", person_id=cast.partner.someone.pk, by_day=in_days(9))
    assert due(cast.partner) == [("Tarjoa koulutusta", "Konepaja Kivelä Oy")]
    assert due(cast.adviser) == []
    AccountPlan.objects.filter(pk=plan.pk).update(review_on=in_days(2))
    assert due(cast.adviser) == [("Look at the account plan with its team", "Konepaja Kivelä Oy")]
    with act_as(cast.partner.actor) as actor:
        action_done(by=actor, action=action)
    assert due(cast.partner) == []


def test_team_whose_lead_has_left_is_to_say_who_leads(plan: AccountPlan, cast: Cast) -> None:
    Seat.objects.filter(person=cast.adviser.someone).update(valid_until=timezone.localdate() - timedelta(days=1))
    AccountPlan.objects.filter(pk=plan.pk).update(review_on=in_days(0))
    assert due(cast.partner) == [("Its lead has left: say who leads the account plan next", "Konepaja Kivelä Oy")]
    with act_as_house("remind") as house:
        remind(by=house)
    assert [mail.facts["person"] for mail in OutgoingMail.objects.filter(kind="relations.plan", facts__turn="unled")] == [cast.partner.someone.pk]
