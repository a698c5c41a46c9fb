"""What the common work costs: who has confirmed what, who has left, and what a closed year stays."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import RuleBroken
from luukku.core.ui.times import number_text
from luukku.network.actions.organisations import leave_region
from luukku.network.enums import Role
from luukku.network.models import Desk, Organisation
from luukku.network.queries.inhabitants import inhabitants
from luukku.plans.actions.boxes import answer_proposal, send_proposal
from luukku.plans.actions.sharing import BudgetForm, Part, confirm_share, say_used, set_budget
from luukku.plans.models import Plan, Share
from luukku.plans.queries.due import my_due
from tests.cast import Cast, Member
from tests.factories.network import OrganisationFactory, OrganisationTypeFactory, ParticipationFactory, SeatFactory, municipality_of
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def budget(cast: Cast, plan: Plan, euros: int = 1000, hours: int = 40) -> Share:
    """Its sum shared with the partners: three parts of four are our own. Returns our share."""
    parts = [Part(cast.here.organisation, Decimal(3), hours), Part(cast.partners, Decimal(1), 10)]
    with act_as(cast.coordinator.actor) as by:
        set_budget(by=by, plan=plan, form=BudgetForm(Decimal(euros), "customers", parts))
    return Share.objects.select_related("plan").get(plan=plan, organisation=cast.here.organisation)


@pytest.fixture
def head(cast: Cast) -> Member:
    SeatFactory.create(person=cast.desklead.someone, role=Role.ORGANISATION_HEAD, organisation=cast.here.organisation, region=cast.here.region)
    return cast.desklead


def test_party_confirms_what_it_has_seen_and_nothing_that_was_set_meanwhile(client_of: ClientOf, cast: Cast, draft: Plan, head: Member) -> None:
    share, browser, url = budget(cast, draft), client_of(head), f"/suunnitelmat/{draft.pk}/kustannukset"
    seen = browser.get(url)
    budget(cast, draft, euros=8000)
    told = browser.submit(seen, form=f"confirm{share.pk}", follow=True)
    assert "muuttunut" in told.content.decode()
    share.refresh_from_db()
    assert share.confirmed_at is None
    browser.submit(browser.get(url), form=f"confirm{share.pk}")
    share.refresh_from_db()
    assert (share.is_confirmed, share.confirmed_sum) == (True, Decimal(6000))


def test_other_hours_are_confirmed_anew(cast: Cast, draft: Plan, head: Member) -> None:
    share = budget(cast, draft)
    with act_as(head.actor) as by:
        confirm_share(by=by, share=share, seen=(share.planned, share.hours_planned))
    assert budget(cast, draft).is_confirmed, "nothing has changed"
    assert not budget(cast, draft, hours=400).is_confirmed


def test_party_that_left_keeps_what_it_paid_when_the_budget_is_set_anew(client_of: ClientOf, cast: Cast, draft: Plan) -> None:
    budget(cast, draft)
    theirs = Share.objects.get(organisation=cast.partners)
    with act_as(cast.coordinator.actor) as by:
        say_used(by=by, plan=draft, used={theirs.pk: (Decimal(250), 9)})
    Desk.objects.filter(organisation=cast.partners).update(deactivated_at=timezone.now())
    leave_region(by=cast.admin.actor, organisation=cast.partners, region=cast.here.region)
    browser = client_of(cast.coordinator)
    assert browser.submit(browser.get(f"/suunnitelmat/{draft.pk}/kustannukset/muokkaa"), {"common_sum": "2000"}).status_code == 302
    theirs.refresh_from_db()
    assert (theirs.planned, theirs.used, theirs.hours_used) == (Decimal(500), Decimal(250), 9)


def test_figures_that_cannot_be_read_come_back_as_they_were_typed(client_of: ClientOf, cast: Cast, draft: Plan) -> None:
    share, browser = budget(cast, draft), client_of(cast.coordinator)
    other = Share.objects.get(organisation=cast.partners)
    page = browser.get(f"/suunnitelmat/{draft.pk}/kustannukset")
    typed = {f"used-{share.pk}": "noin tonni", f"used-{other.pk}": "412,50"}
    again = browser.submit(page, typed, form="used")
    assert again.status_code == 422
    assert all(f'value="{words}"' in again.content.decode() for words in typed.values())
    assert browser.submit(again, {f"used-{share.pk}": "1 000"}, form="used").status_code == 302
    assert set(Share.objects.values_list("used", flat=True)) == {Decimal(1000), Decimal("412.50")}


def test_closed_year_costs_what_it_did(cast: Cast, draft: Plan, head: Member) -> None:
    share = budget(cast, draft)
    Plan.objects.update(state="closed", approved_at=draft.created_at, closed_at=draft.created_at)
    with act_as(cast.coordinator.actor) as by, pytest.raises(RuleBroken):
        say_used(by=by, plan=draft, used={share.pk: (Decimal(1), 1)})
    with act_as(head.actor) as by, pytest.raises(RuleBroken):
        confirm_share(by=by, share=share, seen=(share.planned, share.hours_planned))


def test_budget_that_somebody_else_has_set_meanwhile_is_not_put_away_unseen(client_of: ClientOf, cast: Cast, draft: Plan) -> None:
    budget(cast, draft)
    browser, url = client_of(cast.coordinator), f"/suunnitelmat/{draft.pk}/kustannukset/muokkaa"
    page = browser.get(url)
    budget(cast, draft, euros=8000)
    again = browser.submit(page, {"common_sum": "3000"})
    text = again.content.decode()
    assert again.status_code == 422
    assert "6\xa0000" in text
    assert 'value="3000"' in text
    assert Share.objects.get(plan=draft, organisation=cast.here.organisation).planned == Decimal(6000)
    assert browser.submit(again).status_code == 302
    assert Share.objects.get(plan=draft, organisation=cast.here.organisation).planned == Decimal(2250)


def test_shares_of_a_new_year_begin_with_those_of_the_year_before(client_of: ClientOf, cast: Cast, draft: Plan) -> None:
    budget(cast, draft)
    following = Plan.objects.create(kind=draft.kind, region=draft.region, year=draft.year + 1, last_year=draft.year + 1)
    browser, url = client_of(cast.coordinator), f"/suunnitelmat/{following.pk}/kustannukset/muokkaa"
    assert browser.submit(browser.get(url), {"common_sum": "2000"}).status_code == 302
    found = {share.organisation: (share.planned, share.hours_planned) for share in Share.objects.filter(plan=following)}
    assert found == {cast.here.organisation: (Decimal(1500), 40), cast.partners: (Decimal(500), 10)}


def test_head_is_told_of_a_share_that_waits_for_her(cast: Cast, draft: Plan, head: Member) -> None:
    def waits(member: Member) -> list[str]:
        with act_as(member.actor) as by:
            return [due.url for due in my_due(by) if due.url.endswith("/kustannukset")]

    share = budget(cast, draft)
    assert waits(head) == [f"/suunnitelmat/{draft.pk}/kustannukset"]
    assert waits(cast.adviser) == []
    with act_as(head.actor) as by:
        confirm_share(by=by, share=share, seen=(share.planned, share.hours_planned))
    assert waits(head) == []
    budget(cast, draft, euros=1200)
    assert waits(head) != []


def test_proposal_whose_answer_is_wanted_waits_for_the_coordinator(cast: Cast, today: date) -> None:
    def waits() -> list[date]:
        with act_as(cast.coordinator.actor) as by:
            return [due.day for due in my_due(by) if "esitykset" in due.url]

    with act_as(cast.coordinator.actor) as by:
        soon = today + timedelta(days=10)
        sent = send_proposal(by=by, region=cast.here.region, to_body="Kaupunginhallitus", words="Tontteja", sent_on=today, answer_by=soon)
        send_proposal(by=by, region=cast.here.region, to_body="Liitto", words="Rahaa", sent_on=today, answer_by=today + timedelta(days=90))
    assert waits() == [soon]
    with act_as(cast.coordinator.actor) as by:
        answer_proposal(by=by, proposal=sent, state="accepted", answered_on=today)
    assert waits() == []


@pytest.fixture
def town(cast: Cast) -> Organisation:
    """A town that takes part in the region, in which its municipality lies."""
    municipality_of(cast.here.region, code="232", name_fi="Kauhajoki", area=cast.here.area)
    made = OrganisationFactory.create(code="kauhajoki", name_fi="Kauhajoen kaupunki", type=OrganisationTypeFactory.create(code="municipality"))
    ParticipationFactory.create(organisation=made, region=cast.here.region)
    return made


@pytest.mark.parametrize(("rule", "typed", "weight"), [("population", "", "known"), ("population", "500", "500"), ("customers", "", "0")])
def test_town_that_shares_by_population_needs_no_figure_typed(
    client_of: ClientOf, cast: Cast, draft: Plan, town: Organisation, rule: str, typed: str, weight: str
) -> None:
    browser, url = client_of(cast.coordinator), f"/suunnitelmat/{draft.pk}/kustannukset/muokkaa"
    page = browser.get(url)
    assert number_text(inhabitants()["232"]) in page.content.decode()
    ours = cast.here.organisation.pk
    said = {"common_sum": "1000", "rule": rule, f"in-{town.pk}": True, f"weight-{town.pk}": typed, f"in-{ours}": True, f"weight-{ours}": "1000"}
    assert browser.submit(page, said).status_code == 302
    share = Share.objects.get(plan=draft, organisation=town)
    assert share.weight == (inhabitants()["232"] if weight == "known" else Decimal(weight))
