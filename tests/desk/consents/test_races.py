"""Two at once on a consent, with real threads and commits: the database decides, nobody waits for ever, and what it opens follows from what stands."""

from collections.abc import Callable

import pytest

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.customers.actions.consenting import Agreement
from luukku.customers.enums import FieldGroup
from luukku.customers.models import Consent, Contact, LegalGround
from luukku.desk.access import get_handover
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.consents import agree, take_back
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, CaseSummary, Leg
from luukku.network.enums import Role
from luukku.network.models import Participation
from tests.cast import Cast, Member, assemble, member
from tests.desk.test_races import at_once
from tests.factories.network import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
NETWORK = Agreement("passing", "link", "network")


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def third(cast: Cast) -> Member:
    """An adviser of one more party, who has no part in anything."""
    other = OrganisationFactory.create(code="kolmas")
    Participation.objects.create(organisation=other, region=cast.here.region)
    return member("third", "Kolmas", Role.ADVISER, organisation=other, region=cast.here.region)


@pytest.fixture
def agreed(cast: Cast, third: Member, need: Callable[..., NeedForm]) -> tuple[Case, Actor, Consent]:
    for group in FieldGroup.values:
        LegalGround.objects.create(organisation_type=cast.partners.type, purpose="service", group=group, ground="consent")
    with act_as(PUBLIC):
        case = send_need(by=PUBLIC, need=need())
        holder = link_actor(first_token(case))
    assert holder is not None
    with act_as(holder):
        return case, holder, agree(by=holder, case=case, agreement=NETWORK)


def reads(who: Member) -> bool:
    with act_as(who.actor):
        contact, summary = Contact.objects.exists(), CaseSummary.objects.exists()
    assert contact is summary
    return contact


def acting(who: Actor, act: Callable[[Actor], object]) -> Callable[[], object]:
    def work() -> object:
        with act_as(who) as actor:
            return act(actor)

    return work


def test_withdrawal_while_a_handover_is_accepted_closes_for_all_but_the_receiver(
    agreed: tuple[Case, Actor, Consent], cast: Cast, third: Member
) -> None:
    case, holder, consent = agreed
    with act_as(cast.adviser.actor) as actor:
        leg = take_up(by=actor, leg=Leg.objects.get(case=case))
        handover = hand_over(by=actor, leg=leg, passing=Passing(reason="Kuuluu muualle.", to_desk=cast.partner_desk, consent="phone"))
    assert reads(third)
    results = at_once(
        acting(holder, lambda actor: take_back(by=actor, case=case, consent=consent, way="link")),
        acting(cast.partner.actor, lambda actor: accept(by=actor, handover=get_handover(actor, handover.pk))),
    )
    assert not [each for each in results if isinstance(each, Exception)], results
    assert not reads(third)
    assert reads(cast.partner)
    assert min(Contact.objects.get(customer=case.customer).readers) > 0


def test_agreeing_twice_at_once_leaves_one_consent_in_force(agreed: tuple[Case, Actor, Consent], cast: Cast) -> None:
    case, holder, _ = agreed
    results = at_once(*[acting(holder, lambda actor: agree(by=actor, case=case, agreement=NETWORK)) for _ in range(3)])
    assert not [each for each in results if isinstance(each, Exception)], results
    assert Consent.objects.in_force().count() == 1
    assert Consent.objects.count() == 4


def test_taking_back_while_staff_write_down_another_leaves_what_stands(agreed: tuple[Case, Actor, Consent], cast: Cast, third: Member) -> None:
    case, holder, consent = agreed
    named = Agreement("passing", "phone", "named", [cast.partners.pk])
    results = at_once(
        acting(holder, lambda actor: take_back(by=actor, case=case, consent=consent, way="link")),
        acting(cast.adviser.actor, lambda actor: agree(by=actor, case=case, agreement=named)),
    )
    assert not [each for each in results if isinstance(each, Exception)], results
    assert [each.scope for each in Consent.objects.in_force()] == ["named"]
    assert reads(cast.partner)
    assert not reads(third)
