"""Two at once on one statement, with real threads and commits: the database decides, and the second is told."""

from collections.abc import Callable

import pytest

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, Leg
from luukku.network.enums import Role
from luukku.statements.access import get_statement, visible_plans
from luukku.statements.actions.asking import Asking, Giver, ask
from luukku.statements.actions.consent import take_back
from luukku.statements.actions.forms import take_ready_made
from luukku.statements.actions.giving import accept, sign
from luukku.statements.actions.withdrawing import withdraw
from luukku.statements.models import Consent, FormVersion, Statement, StatementText
from tests.cast import Cast, Member, assemble, member
from tests.desk.test_races import at_once
from tests.statements.conftest import CUSTOMER_ANSWERS, GIVEN

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (RuleBroken, NotAllowed, NotFound)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def second(cast: Cast) -> Member:
    """Another adviser at the partner's desk."""
    return member("second", "Sanna Second", Role.ADVISER, organisation=cast.partners, region=cast.here.region)


@pytest.fixture
def accepted(cast: Cast) -> Callable[[], Statement]:
    """`accepted()`: a statement that the partner has taken."""

    def making() -> Statement:
        words = "Haluan avata kahvilan."
        with act_as(PUBLIC):
            need = NeedForm(
                region=cast.here.region, municipality=cast.here.municipality, words=words, language="fi", name="K", email="k@customer.example"
            )
            case = send_need(by=PUBLIC, need=need)
        with act_as(cast.adviser.actor) as actor:
            leg = take_up(by=actor, leg=Leg.objects.get(case=case))
            form = take_ready_made(by=actor, region=cast.here.region, code="start-up-grant")
            asking = Asking(form, "Puollatteko?", [Giver(cast.partner_desk)], "phone", "Kahvila", "Kahvila", CUSTOMER_ANSWERS)
            plan = ask(by=actor, leg=leg, asking=asking)
        with act_as(cast.partner.actor) as actor:
            return accept(by=actor, statement=get_statement(actor, Statement.objects.get(plan=plan).pk))

    return making


def acting(who: Actor, act: Callable[[Actor], object]) -> Callable[[], object]:
    def work() -> object:
        with act_as(who) as actor:
            return act(actor)

    return work


def signing(statement: Statement) -> Callable[[Actor], object]:
    return lambda actor: sign(by=actor, statement=get_statement(actor, statement.pk), draft=GIVEN)


def holder(case: Case) -> Actor:
    with act_as(PUBLIC):
        found = link_actor(first_token(case))
    assert found is not None
    return found


def one_refused(results: list[object]) -> bool:
    assert all(not isinstance(each, Exception) or isinstance(each, REFUSED) for each in results), results
    return sum(isinstance(each, REFUSED) for each in results) == 1


def test_two_sign_at_once_and_one_stands(accepted: Callable[[], Statement], cast: Cast, second: Member) -> None:
    for _ in range(3):
        statement = accepted()
        assert one_refused(at_once(acting(cast.partner.actor, signing(statement)), acting(second.actor, signing(statement))))
        assert StatementText.objects.filter(statement=statement).exclude(signed_at=None).count() == 1
        assert not Leg.objects.get(pk=statement.leg_id).is_open


def test_consent_taken_back_while_it_is_signed(accepted: Callable[[], Statement], cast: Cast) -> None:
    """Either it was signed first and stands, or it is not awaited any more; the plan is closed in both."""
    for _ in range(3):
        statement = accepted()
        consent = Consent.objects.get(plan=statement.plan_id)
        hers = acting(holder(statement.case), lambda actor, c=consent: take_back(by=actor, consent=c))  # type: ignore[misc]
        results = at_once(acting(cast.partner.actor, signing(statement)), hers)
        statement.refresh_from_db()
        signed = StatementText.objects.filter(statement=statement).exclude(signed_at=None).exists()
        assert not isinstance(results[1], Exception), results
        assert (statement.state == "given") is signed is not isinstance(results[0], REFUSED), results
        assert not Leg.objects.get(pk=statement.leg_id).is_open
        with act_as(cast.partner.actor) as actor:
            assert not visible_plans(actor).filter(pk=statement.plan_id).exists()


def test_withdrawn_while_it_is_signed(accepted: Callable[[], Statement], cast: Cast) -> None:
    statement = accepted()
    asker = acting(cast.adviser.actor, lambda actor: withdraw(by=actor, statement=get_statement(actor, statement.pk), reason="Ei tarvita"))
    assert one_refused(at_once(acting(cast.partner.actor, signing(statement)), asker))
    statement.refresh_from_db()
    assert statement.state in ("given", "withdrawn")


def test_a_ready_made_form_is_taken_once_by_two(cast: Cast) -> None:
    taking = acting(cast.adviser.actor, lambda actor: take_ready_made(by=actor, region=cast.here.region, code="small-loan"))
    results = at_once(taking, taking)
    assert not [each for each in results if isinstance(each, Exception)], results
    assert FormVersion.objects.count() == 1
