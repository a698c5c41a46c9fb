"""Account plans: read by their team while it sits, and by nobody else."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, transaction
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.customers.models import Company
from luukku.network.models import Seat
from luukku.relations.access import get_plan
from luukku.relations.actions.account_plans import PlanForm, action_done, add_action, begin_plan, change_plan, end_plan, pass_lead, review_plan
from luukku.relations.actions.criteria import add_criterion, end_criterion
from luukku.relations.actions.sweeping import remind
from luukku.relations.models import AccountAction, AccountPlan, AccountReview, PlanCriterion
from luukku.relations.queries.account_plans import agreed_criteria, listed, plan_figures, plan_page
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.relations.conftest import in_days, key

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(cast: Cast, company: Company) -> Callable[..., AccountPlan]:
    """`begun(team=[…])`: the adviser leads a plan for the company."""

    def make(team: tuple[Member, ...] = (), of: Company | None = None, submit_key: str | None = None, **fields: Any) -> AccountPlan:
        given: dict[str, Any] = {"aims": "Vienti alkuun", "starts_on": in_days(0), "ends_on": in_days(730), "review_on": in_days(180)}
        form = PlanForm(**given | fields, team=[key(each) for each in team])
        with act_as(cast.adviser.actor) as actor:
            return begin_plan(by=actor, company=of or company, desk=cast.here.desk, form=form, submit_key=submit_key)

    return make


def reads(member: Member, plan: AccountPlan) -> bool:
    with act_as(member.actor) as actor:
        try:
            get_plan(actor, plan.pk)
        except NotFound:
            assert not AccountPlan.objects.filter(pk=plan.pk).exists()  # the second wall says the same
            return False
    return True


def test_team_across_organisations_reads_and_its_colleagues_do_not(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    plan = begun(team=(cast.partner,))
    assert [reads(member, plan) for member in (cast.adviser, cast.partner)] == [True, True]
    for stranger in (cast.desklead, cast.coordinator, cast.steering, cast.national, cast.outsider):
        assert not reads(stranger, plan)
    assert OutgoingMail.objects.get(kind="relations.plan").facts == {"person": cast.partner.someone.pk, "turn": "joined"}


def test_whoever_leaves_the_team_or_her_organisation_reads_no_more(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    plan, other = begun(team=(cast.partner,)), begun(team=(cast.partner,), of=CompanyFactory.create())
    form = PlanForm(aims="Vienti", starts_on=plan.starts_on, ends_on=plan.ends_on, review_on=plan.review_on)
    with act_as(cast.adviser.actor) as actor:
        change_plan(by=actor, plan=plan, form=form)
    assert (reads(cast.partner, plan), reads(cast.partner, other)) == (False, True)
    Seat.objects.filter(person=cast.partner.someone).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert not reads(cast.partner, other)


def test_nobody_puts_herself_on_a_team(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    plan = begun()
    with act_as(cast.partner.actor), pytest.raises(DatabaseError), transaction.atomic():
        plan.members.create(person=cast.partner.someone, organisation=cast.partners)
    assert not reads(cast.partner, plan)


def test_member_acts_but_does_not_end_it_or_change_the_team(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    plan = begun(team=(cast.partner,))
    with act_as(cast.partner.actor) as actor:
        action = add_action(by=actor, plan=plan, what="Soitetaan pankille", person_id=cast.adviser.someone.pk, by_day=in_days(9))
        assert action_done(by=actor, action=action).done_at is not None
        form = PlanForm(aims="Muu", starts_on=plan.starts_on, ends_on=plan.ends_on, review_on=plan.review_on, team=[])
        change_plan(by=actor, plan=plan, form=form)
        assert plan.members.count() == 1
        with pytest.raises(NotAllowed):
            end_plan(by=actor, plan=plan)
        with pytest.raises(RuleBroken):
            add_action(by=actor, plan=plan, what="Ei tiimissä", person_id=cast.desklead.someone.pk, by_day=in_days(9))


def test_lead_passes_to_another_organisation_of_the_team_and_whoever_led_stays_on_it(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    plan = begun(team=(cast.partner,))
    with act_as(cast.partner.actor) as actor, pytest.raises(NotAllowed):
        pass_lead(by=actor, plan=plan, to=key(cast.partner))
    with act_as(cast.adviser.actor) as actor:
        with pytest.raises(RuleBroken) as broken:
            pass_lead(by=actor, plan=plan, to=key(cast.desklead))
        assert broken.value.field == "to"
        found = pass_lead(by=actor, plan=plan, to=key(cast.partner))
    assert (found.lead_id, found.organisation_id) == (cast.partner.someone.pk, cast.partners.pk)
    assert OutgoingMail.objects.get(facts__turn="lead").facts["person"] == cast.partner.someone.pk
    assert [reads(member, plan) for member in (cast.adviser, cast.partner, cast.desklead)] == [True, True, False]
    with act_as(cast.adviser.actor) as actor:
        assert [person.pk for person, _organisation in plan_page(actor, plan.pk).team] == [cast.partner.someone.pk, cast.adviser.someone.pk]
        with pytest.raises(NotAllowed):
            end_plan(by=actor, plan=plan)
    with act_as(cast.partner.actor) as actor:
        assert end_plan(by=actor, plan=plan).ended_at is not None


def test_wall_lets_nobody_take_the_lead_or_give_it_past_the_team(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    mine = AccountPlan.objects.filter(pk=begun(team=(cast.partner,)).pk)
    with act_as(cast.partner.actor), pytest.raises(ProgrammingError, match="passes the lead"), transaction.atomic():
        mine.update(lead=cast.partner.someone, organisation=cast.partners)
    with act_as(cast.adviser.actor), pytest.raises(ProgrammingError, match="passes the lead"), transaction.atomic():
        mine.update(lead=cast.desklead.someone)


def test_organisation_leads_no_second_plan_for_the_same_company(begun: Callable[..., AccountPlan], cast: Cast, company: Company) -> None:
    plan, form = begun(team=(cast.partner,)), PlanForm(aims="Vienti", starts_on=in_days(0), ends_on=in_days(730), review_on=in_days(180))
    with act_as(cast.partner.actor) as actor:
        begin_plan(by=actor, company=company, desk=cast.partner_desk, form=form)
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as broken:
        pass_lead(by=actor, plan=plan, to=key(cast.partner))
    assert broken.value.field == "to"


def test_team_goes_on_when_its_lead_has_left(begun: Callable[..., AccountPlan], cast: Cast, client_of: Callable[[Member], Client]) -> None:
    plan = begun(team=(cast.partner,))
    page, partner = f"/asiakassuunnitelmat/{plan.pk}/", client_of(cast.partner)
    assert f"{page}vetaja" not in partner.get(page).content.decode()
    assert partner.get(f"{page}vetaja").status_code == 403
    Seat.objects.filter(person=cast.adviser.someone).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert f"{page}vetaja" in partner.get(page).content.decode()
    assert partner.submit(partner.get(f"{page}vetaja"), {"to": key(cast.partner)}).status_code == 302
    plan.refresh_from_db()
    assert (plan.lead_id, plan.organisation_id, plan.members.count()) == (cast.partner.someone.pk, cast.partners.pk, 0)


@pytest.mark.parametrize(("days", "right"), [(359, False), (365, True), (3 * 366, True), (3 * 366 + 1, False)])
def test_plan_lasts_from_one_to_three_years(begun: Callable[..., AccountPlan], days: int, *, right: bool) -> None:
    if right:
        begun(ends_on=in_days(days))
    else:
        with pytest.raises(RuleBroken) as broken:
            begun(ends_on=in_days(days))
        assert broken.value.field == "ends_on"


def test_plan_is_begun_once_however_often_it_is_sent(begun: Callable[..., AccountPlan]) -> None:
    once = str(uuid.uuid4())
    assert begun(submit_key=once) == begun(submit_key=once)
    with pytest.raises(RuleBroken):
        begun()  # another one for the same company
    assert AccountPlan.objects.count() == 1


def test_what_a_team_writes_is_written_once_however_often_it_is_sent(
    begun: Callable[..., AccountPlan], cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    page, browser = f"/asiakassuunnitelmat/{begun().pk}/", client_of(cast.adviser)
    writes = (
        ("toimi", AccountAction, {"what": "Soitto", "person": str(cast.adviser.someone.pk), "by_day": in_days(2).isoformat()}),
        ("katselmus", AccountReview, {"words": "Etenee", "review_on": in_days(200).isoformat()}),
    )
    for address, model, given in writes:
        form = browser.get(f"{page}{address}")
        assert [browser.submit(form, given).status_code for _time in range(2)] == [302, 302]
        assert model._default_manager.count() == 1, address


def test_review_moves_the_next_one_and_what_is_due_is_told_once(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    plan = begun()
    with act_as(cast.adviser.actor) as actor:
        add_action(by=actor, plan=plan, what="Soitto", person_id=cast.adviser.someone.pk, by_day=in_days(2))
    later = timezone.now() + timedelta(days=200)
    with act_as_house("what is due") as house:
        assert (remind(by=house, at=later), remind(by=house, at=later)) == (2, 0)
    turns = OutgoingMail.objects.filter(kind="relations.plan").order_by("id").values_list("facts__turn", flat=True)
    assert list(turns) == ["due", "review"]
    with act_as(cast.adviser.actor) as actor:
        review_plan(by=actor, plan=plan, words="Etenee", review_on=in_days(400), at=later)
    plan.refresh_from_db()
    assert (plan.review_on, plan.reminded_at) == (in_days(400), None)


def test_figures_show_nothing_of_fewer_than_five_plans(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    for _ in range(4):
        begun(of=CompanyFactory.create(), team=(cast.partner,))
    with act_as(cast.steering.actor) as actor:
        assert plan_figures(actor, cast.here.region) is None
    last = begun(of=CompanyFactory.create())
    AccountAction.objects.create(plan=last, what="Myöhässä", person=cast.adviser.someone, by_day=in_days(-3))
    with act_as(cast.steering.actor) as actor:
        found = plan_figures(actor, cast.here.region)
        assert found is not None
        assert (found.plans, found.organisations, found.actions, found.late) == (5, 2, 1, 1)
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        plan_figures(actor, cast.here.region)


def _agreed(cast: Cast, *texts: str) -> list[PlanCriterion]:
    with act_as(cast.coordinator.actor) as by:
        return [add_criterion(by=by, region=cast.here.region, texts={"fi": text}) for text in texts]


def test_criteria_are_agreed_on_by_the_coordinator_once(cast: Cast) -> None:
    first, again = _agreed(cast, "Työllistää paljon", " Työllistää  paljon ")
    assert first == again
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        add_criterion(by=actor, region=cast.here.region, texts={"fi": "Oma peruste"})
    with act_as(cast.coordinator.actor) as by:
        end_criterion(by=by, criterion=first)
        with pytest.raises(RuleBroken):
            add_criterion(by=by, region=cast.here.region, texts={"sv": "Utan finska"})
    assert not agreed_criteria({cast.here.region.pk})


def test_plan_is_begun_by_an_agreed_criterion_or_says_why_else(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    jobs, growth = _agreed(cast, "Työllistää paljon", "Kasvaa nopeasti")
    with pytest.raises(RuleBroken, match="peruste"):
        begun()
    plan = begun(criteria=[jobs.pk])
    with act_as(cast.adviser.actor) as actor:
        review_plan(by=actor, plan=plan, words="Kasvu alkoi", review_on=in_days(300), criteria=[jobs.pk, growth.pk])
        assert [met for _criterion, met in plan_page(actor, plan.pk).criteria] == [True, True]
    with act_as(cast.coordinator.actor) as by:
        end_criterion(by=by, criterion=growth)
    with act_as(cast.adviser.actor) as actor:  # what it stands on is shown still, but nothing new is built on it
        assert [each.pk for each, _met in plan_page(actor, plan.pk).criteria] == [jobs.pk, growth.pk]
    with pytest.raises(RuleBroken):
        begun(of=CompanyFactory.create(), criteria=[growth.pk])
    other = begun(of=CompanyFactory.create(), why="Omistaja vaihtuu")
    assert other.criteria == []
    form = PlanForm(aims="Vienti alkuun", starts_on=other.starts_on, ends_on=other.ends_on, review_on=other.review_on)
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken, match="peruste"):
        change_plan(by=actor, plan=other, form=form)


def test_plan_is_looked_at_once_a_year(begun: Callable[..., AccountPlan], cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        begun(review_on=in_days(400))
    plan = begun()
    with act_as(cast.adviser.actor) as actor:
        with pytest.raises(RuleBroken):
            review_plan(by=actor, plan=plan, words="Hyvin menee", review_on=in_days(400))
        assert [row.is_due for row in listed(actor)] == [False]
        AccountPlan.objects.filter(pk=plan.pk).update(judged_on=in_days(-400))
        assert [row.is_due for row in listed(actor)] == [True]


def test_criteria_are_read_by_the_network_and_ticked_on_the_forms(cast: Cast, company: Company, client_of: Callable[[Member], Client]) -> None:
    page = f"/asiakassuunnitelmat/perusteet/?region={cast.here.region.code}"
    coordinator, adviser = client_of(cast.coordinator), client_of(cast.adviser)
    assert coordinator.submit(coordinator.get(page), {"text_fi": "Työllistää paljon"}).status_code == 302
    assert "Työllistää paljon" in adviser.get(page).content.decode()
    assert adviser.post(page, {"text_fi": "Oma"}).status_code == 403
    form = adviser.get(f"/yritykset/{company.business_id}/asiakassuunnitelma")
    made = adviser.submit(form, {"aims": "Vienti alkuun", "criteria": str(PlanCriterion.objects.get().pk)})
    assert made.status_code == 302
    plan = AccountPlan.objects.get()
    shown = adviser.get(f"/asiakassuunnitelmat/{plan.pk}/").content.decode()
    assert "Täyttyy" in shown
    assert "1/1" in adviser.get("/asiakassuunnitelmat/").content.decode()
    assert coordinator.post(f"/asiakassuunnitelmat/perusteet/{plan.criteria[0]}/pois").status_code == 302
