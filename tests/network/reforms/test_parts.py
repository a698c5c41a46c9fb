"""What goes along besides people and matters, what ends, and what a customer's word is worth after it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone

from luukku.catalogue.models import ServiceProvider
from luukku.core.actor import HOUSE, Actor
from luukku.customers.enums import FieldGroup, Purpose
from luukku.customers.models import Circle, LegalGround
from luukku.desk.models import Leg, PartnerKey, StatusLink
from luukku.governance.models import Membership
from luukku.network.actions.reforms import carrying_out
from luukku.network.actions.reforms.deciding import Part, decide, prepare
from luukku.network.enums import Role
from luukku.network.models import Organisation, Premises, Reform, Seat
from luukku.network.models.reforms import ReformKind
from tests.cast import Cast, Member
from tests.factories.customers import ContactFactory
from tests.factories.desk import CaseFactory, LegFactory, MessageFactory, case_at
from tests.factories.network import PersonFactory, SeatFactory
from tests.network.reforms.test_merging import merge
from tests.network.reforms.test_not_successors import agreed

pytestmark = pytest.mark.django_db
As = Callable[[Member | Actor], AbstractContextManager[Actor]]


def circles_of(member: Member) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("select unnest(wall.customers_circles(%s, %s))", [member.someone.pk, timezone.localdate()])
        return {number for (number,) in cursor.fetchall()}


@pytest.mark.parametrize("is_legal", [True, False])
def test_what_a_customer_allowed_one_organisation_holds_for_its_legal_successor_only(cast: Cast, is_legal: bool) -> None:
    named = set(Circle.objects.filter(organisation=cast.partners).values_list("number", flat=True))
    assert named
    LegalGround.objects.get_or_create(
        organisation_type=cast.here.organisation.type, purpose=Purpose.SERVICE, group=FieldGroup.CONTACT, until=None, defaults={"ground": "consent"}
    )
    before = circles_of(cast.adviser)
    merge(cast, cast.partners, cast.here.organisation, is_legal=is_legal)
    assert not before & named
    assert bool(circles_of(cast.adviser) & named) is is_legal


def test_keys_of_partners_systems_end_and_are_not_moved(cast: Cast) -> None:
    PartnerKey.objects.create(organisation=cast.partners, name="Asiakasrekisteri", digest=b"1" * 32)
    reform = merge(cast, cast.partners, cast.here.organisation)
    key = PartnerKey.objects.get()
    assert key.ended_at is not None
    assert key.organisation == cast.partners
    assert reform.moves.get().moved["told"]["desk.keys_end"] == 1


def test_what_was_said_before_the_old_organisation_came_in_stays_unread_by_the_new_one(cast: Cast, as_: As) -> None:
    case = CaseFactory.create(region=cast.here.region)
    LegFactory.create(case=case, desk=cast.partner_desk)
    hidden = MessageFactory.create(case=case, withheld=[cast.partners.principal])
    shown = MessageFactory.create(case=case, body="Tervetuloa")
    merge(cast, cast.partners, cast.here.organisation)
    with as_(cast.adviser):
        assert list(case.messages.values_list("pk", flat=True)) == [shown.pk]
    assert hidden.pk


def test_premises_services_and_a_double_seat_follow(cast: Cast) -> None:
    Premises.objects.create(organisation=cast.partners, name="Kauppatori 1")
    SeatFactory.create(person=cast.partner.someone, role=Role.ADVISER, organisation=cast.here.organisation, region=cast.here.region)
    reform = merge(cast, cast.partners, cast.here.organisation)
    assert Premises.objects.get().organisation == cast.here.organisation
    assert reform.moves.get().moved["told"]["network.same_seat"] == 1
    assert Seat.objects.filter(person=cast.partner.someone, valid_until=None).count() == 1
    assert not Membership.objects.filter(organisation=cast.partners).exists()
    assert not ServiceProvider.objects.filter(organisation=cast.partners).exists()


def test_part_of_an_organisation_goes_and_the_rest_stays(cast: Cast, as_: As) -> None:
    stays = PersonFactory.create(name="Sari Stays")
    SeatFactory.create(person=stays, role=Role.ADVISER, organisation=cast.partners, region=cast.here.region)
    gone, left = (CaseFactory.create(region=cast.here.region, customer=ContactFactory.create().customer) for _ in range(2))
    for case, handler in ((gone, cast.partner.someone), (left, stays)):
        LegFactory.create(case=case, desk=cast.partner_desk, state="taken-up", handler=handler)
    agreed(gone, cast.there.organisation)
    part = Part(source=cast.partners, target=cast.there.organisation, everything=False, people=[cast.partner.someone.pk])
    reform = prepare(by=cast.national.actor, kind=ReformKind.SPLIT, day=timezone.localdate(), parts=[part])
    carrying_out.try_reform(by=HOUSE, reform_id=reform.pk)
    decide(by=cast.national.actor, reform=Reform.objects.get())
    while carrying_out.carry_on(by=HOUSE, reform_id=reform.pk):
        pass
    assert Leg.objects.get(case=left).desk == cast.partner_desk
    moved = Leg.objects.get(case=gone)
    assert (moved.desk.organisation, moved.desk.region, moved.handler) == (cast.there.organisation, cast.here.region, cast.partner.someone)
    assert Organisation.objects.get(pk=cast.partners.pk).deactivated_at is None
    with as_(cast.partner):
        assert set(Leg.objects.values_list("case", flat=True)) == {gone.pk}


def test_customer_hears_who_goes_on_with_her_matter(cast: Cast, run_jobs: Callable[..., int]) -> None:
    case = case_at(cast.partner_desk, customer=cast.founder.customer)
    StatusLink.objects.create(case=case, digest=b"2" * 32)
    merge(cast, cast.partners, cast.here.organisation)
    run_jobs()
    told = [sent for sent in django_mail.outbox if sent.to == ["founder@cast.example"]]
    assert len(told) == 1
    assert case.number in told[0].subject
    assert cast.here.organisation.name_fi in told[0].body
    assert case.subject not in told[0].body
