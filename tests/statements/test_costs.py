"""What the pages of statements cost the database does not grow with what they show."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.desk.access.links import first_token
from luukku.desk.models import Case, Leg
from luukku.statements.access import get_statement
from luukku.statements.actions.asking import Asking, Giver, Outside, ask
from luukku.statements.actions.forms import take_ready_made
from luukku.statements.actions.giving import TextDraft, accept, correct, sign
from luukku.statements.models import Plan, Statement
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.statements.conftest import GIVEN

LEAST_FOR_A_FIGURE = 5


def costs_the_same(browser: Client, address: str, more: Callable[[], object], *, at_most: int) -> None:
    """The page, before and after there is more on it."""
    assert browser.get(address).status_code == 200  # names are remembered from here on
    with sql_count(at_most=at_most) as few:
        first = browser.get(address).content
    more()
    with sql_count(few.number):
        then = browser.get(address).content
    assert len(then) != len(first), "nothing else is shown, so nothing is proved"


@pytest.fixture
def many(asked: Callable[..., Plan], cast: Cast) -> Callable[[], None]:
    """`many()`: four more plans are asked about, of the partner and of a bank; one is accepted, one given."""

    def work() -> None:
        for number in range(4):
            plan = asked(givers=[Giver(cast.partner_desk), Giver(outside=Outside(f"Pankki {number} Oy", "pankki@bank.example"))])
            if number % 2:
                with act_as(cast.partner.actor) as actor:
                    mine = get_statement(actor, Statement.objects.get(plan=plan, to_desk=cast.partner_desk).pk)
                    (accept(by=actor, statement=mine) if number == 1 else sign(by=actor, statement=mine, draft=GIVEN))

    return work


@pytest.mark.parametrize("name", ["adviser", "partner", "desklead"])
def test_list_costs_the_same_however_long_it_is(name: str, many: Callable[[], None], cast: Cast, client_of: Callable[[Member], Client]) -> None:
    many()
    costs_the_same(client_of(getattr(cast, name)), "/lausunnot/", many, at_most=12)


def test_case_with_many_statements_costs_as_one_with_few(
    many: Callable[[], None], case: Case, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    many()
    costs_the_same(client_of(cast.adviser), f"/asia/{case.number}/", many, at_most=60)


def test_her_page_of_a_plan_costs_the_same_however_many_were_asked(
    asked: Callable[..., Plan], mine: Leg, case: Case, cast: Cast, client: Client
) -> None:
    plan = asked()

    def ask_banks() -> None:
        banks = [Giver(outside=Outside(f"Pankki {number} Oy", "pankki@bank.example")) for number in range(4)]
        with act_as(cast.adviser.actor) as actor:
            ask(by=actor, leg=mine, asking=Asking(plan.form, "Lainaatteko?", banks, "phone", plan=plan))

    ask_banks()
    costs_the_same(client, f"/s/{first_token(case)}/lausunnot/{plan.pk}/", ask_banks, at_most=20)


def test_statement_costs_the_same_however_often_it_was_corrected(statement: Statement, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    def sign_twice() -> None:
        for why in ("Kuukaudet olivat väärin", "Luku oli väärin"):
            with act_as(cast.partner.actor) as actor:
                draft = correct(by=actor, statement=get_statement(actor, statement.pk), why=why)
                words = TextDraft(GIVEN.stance, GIVEN.grounds, answers=GIVEN.answers, why=why, seen=draft.edited_at)
                sign(by=actor, statement=get_statement(actor, statement.pk), draft=words)

    with act_as(cast.partner.actor) as actor:
        sign(by=actor, statement=get_statement(actor, statement.pk), draft=GIVEN)
    sign_twice()
    costs_the_same(client_of(cast.partner), f"/lausunnot/{statement.pk}/", sign_twice, at_most=15)


def test_forms_and_figures_cost_the_same_however_many_they_are(asked: Callable[..., Plan], cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.coordinator)
    take(cast, "start-up-grant")
    costs_the_same(browser, "/lausunnot/lomakkeet/", lambda: take(cast, "small-loan"), at_most=10)
    then = timezone.now() - timedelta(days=45)
    givers = [Giver(cast.partner_desk), Giver(outside=Outside("Pankki Oy", "pankki@bank.example"))]

    def ask_five(number: int) -> None:
        for _ in range(LEAST_FOR_A_FIGURE):
            asked(at=then, givers=givers[:number])

    ask_five(1)
    costs_the_same(browser, "/lausunnot/luvut/", lambda: ask_five(2), at_most=15)


def take(cast: Cast, code: str) -> None:
    with act_as(cast.coordinator.actor) as actor:
        take_ready_made(by=actor, region=cast.here.region, code=code)
