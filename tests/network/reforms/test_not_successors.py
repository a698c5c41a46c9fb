"""What customers told one organisation does not go to another that is not its successor in law, unless they say so: whoever sits there alone reads none."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.complaints.models import Complaint
from luukku.core.actor import HOUSE, act_as
from luukku.customers.enums import ConsentKind
from luukku.customers.models import Consent, ConsentText
from luukku.desk.access import visible_cases
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg, Message
from luukku.network.access import actor_of_person
from luukku.network.actions.reforms import carrying_out
from luukku.network.actions.reforms.deciding import undo
from luukku.network.enums import Role
from luukku.network.models import Desk, Organisation, Participation, Reform, Seat
from luukku.relations.actions.account_plans import PlanForm, begin_plan
from luukku.relations.actions.leads import LeadForm, give_lead
from luukku.relations.actions.visits import Plan, plan_visit
from luukku.relations.models import AccountPlan, Lead, Visit
from tests.cast import Cast
from tests.factories.customers import CompanyFactory
from tests.factories.desk import LegFactory, MessageFactory, case_at
from tests.factories.network import OrganisationFactory, PersonFactory, SeatFactory
from tests.network.reforms.test_merging import merge

pytestmark = pytest.mark.django_db


def agreed(case: Case, *organisations: Organisation) -> None:
    """The customer lets these read her data, by name; nobody by name: the whole network."""
    assert case.customer is not None
    named = {"scope": "named", "organisations": [each.pk for each in organisations]} if organisations else {"scope": "network"}
    text = ConsentText.objects.filter(kind="passing").order_by("-version")[0]
    Consent.objects.create(customer=case.customer, kind=ConsentKind.PASSING, region=case.region, text=text, language="fi", way="phone", **named)


@pytest.fixture
def new(cast: Cast) -> Organisation:
    """The receiver, with a person who sits in it alone."""
    made: Organisation = OrganisationFactory.create(code="uusi-kamari", name_fi="Uusi Kamari ry")
    stranger = PersonFactory.create(name="Uuno Uusi")
    SeatFactory.create(person=stranger, role=Role.DESK_LEAD, organisation=made, region=cast.here.region)
    return made


@pytest.fixture
def under_way(cast: Cast) -> Case:
    """A matter with a message, a visit to come, a lead, an account plan and a complaint at the organisation that ends."""
    case = case_at(cast.partner_desk)
    Leg.objects.filter(case=case).update(state=CaseState.TAKEN_UP, handler=cast.partner.someone)
    Case.objects.filter(pk=case.pk).update(logged_by=cast.partners)
    MessageFactory.create(case=case, body="Luottamuksellista")
    company, today, desk = CompanyFactory.create(), timezone.localdate(), cast.partner_desk
    with act_as(cast.partner.actor) as by:
        plan_visit(by=by, company=company, desk=desk, plan=Plan(day=today, visitors=[f"{cast.partners.pk}-{cast.partner.someone.pk}"]))
        form = PlanForm(aims="Kasvu", starts_on=today, ends_on=today + timedelta(days=700), review_on=today + timedelta(days=90))
        begin_plan(by=by, company=company, desk=desk, form=form)
    with act_as(cast.adviser.actor) as by:
        give_lead(by=by, form=LeadForm(company=company, own_desk=cast.here.desk, to_desk=desk, words="Tilat", source="visit"))
    Complaint.objects.create(
        link_digest=b"c" * 32, region=cast.here.region, desk=desk, organisation=cast.partners, about="matter", cause="slow", words="Hidas",
        language="fi", came="form", owner=cast.partner.someone, working_days=5, due_at=timezone.now(), first_due_at=timezone.now(),
    )  # fmt: skip
    return case


def read_by_the_new_alone(new: Organisation) -> dict[str, int]:
    """How many rows, without any scope of ours, somebody reads who sits in the receiver and nowhere else."""
    stranger = Seat.objects.filter(organisation=new, person__name="Uuno Uusi")[0].person
    with act_as(actor_of_person(stranger.pk)) as actor:
        models = (Case, Leg, Message, Visit, Lead, AccountPlan, Complaint)
        found = {model.__name__: model._default_manager.count() for model in models}
        assert visible_cases(actor).count() == found["Case"]
    return {name: count for name, count in found.items() if count}


def test_nothing_confidential_goes_to_who_is_no_successor_and_the_old_one_hands_it_over(cast: Cast, new: Organisation, under_way: Case) -> None:
    reform = merge(cast, cast.partners, new, is_legal=False)
    assert read_by_the_new_alone(new) == {}
    move = reform.moves.get()
    told = move.moved["told"]
    stayed = ("desk.legs_stay", "relations.visits_stay", "relations.leads_stay", "relations.plans_stay", "complaints.stay", "network.goes_on")
    assert {name: told[name] for name in stayed} == dict.fromkeys(stayed, 1)
    assert move.tried == move.moved
    cast.partners.refresh_from_db()
    assert cast.partners.deactivated_at is None
    desk = Desk.objects.get(pk=cast.partner_desk.pk)
    assert (desk.deactivated_at, desk.has_door, desk.is_front) == (None, False, False)
    assert Participation.objects.filter(organisation=cast.partners, valid_until=None).exists()
    with act_as(cast.partner.actor) as actor:  # who keeps her seat to hand it over
        assert visible_cases(actor).filter(pk=under_way.pk).exists()
        assert (Visit.objects.count(), Lead.objects.count(), AccountPlan.objects.count()) == (1, 1, 1)


def test_all_goes_to_a_legal_successor(cast: Cast, new: Organisation, under_way: Case) -> None:
    merge(cast, cast.partners, new)
    found = read_by_the_new_alone(new)
    assert set(found) == {"Case", "Leg", "Message", "Visit", "Lead", "Complaint"}  # an account plan is its team's
    cast.partners.refresh_from_db()
    assert cast.partners.deactivated_at is not None


@pytest.mark.parametrize("how", ["named", "network", "works on it"])
def test_matter_goes_along_where_its_customer_has_allowed_the_receiver(cast: Cast, new: Organisation, how: str) -> None:
    case, other = case_at(cast.partner_desk), case_at(cast.partner_desk)
    if how == "named":
        agreed(case, new)
    elif how == "network":
        Participation.objects.create(organisation=new, region=cast.here.region)
        agreed(case)
    else:
        own = Desk.objects.create(organisation=new, region=cast.here.region, name_fi="Oma tiski")
        LegFactory.create(case=case, desk=own, position=2)
    merge(cast, cast.partners, new, is_legal=False)
    stranger = Seat.objects.filter(organisation=new, person__name="Uuno Uusi")[0].person
    with act_as(actor_of_person(stranger.pk)):
        assert set(Case.objects.values_list("pk", flat=True)) == {case.pk}
    assert Leg.objects.get(case=other).desk == cast.partner_desk


def test_consent_of_the_whole_network_does_not_reach_who_comes_into_it_by_the_reform(cast: Cast, new: Organisation) -> None:
    case = case_at(cast.partner_desk)
    agreed(case)
    merge(cast, cast.partners, new, is_legal=False)
    assert read_by_the_new_alone(new) == {}


def test_what_stayed_is_put_back_whole_when_the_reform_is_undone(
    cast: Cast, new: Organisation, under_way: Case, run_jobs: Callable[..., int]
) -> None:
    before = set(Seat.objects.filter(person=cast.partner.someone).values_list("organisation", "valid_until"))
    reform: Reform = merge(cast, cast.partners, new, is_legal=False)
    undo(by=cast.national.actor, reform=reform)
    assert carrying_out.undo_reform(by=HOUSE, reform_id=reform.pk)
    assert set(Seat.objects.filter(person=cast.partner.someone).values_list("organisation", "valid_until")) == before
    assert read_by_the_new_alone(new) == {}
