"""The agreement drives access: what a party sees and does begins and ends with its part."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from luukku.agreements import access
from luukku.agreements.actions.carrying import begin_parts
from luukku.agreements.actions.signing import send_out
from luukku.agreements.actions.sweeping import sweep
from luukku.agreements.models import Agreement, Document, Notice, Party
from luukku.agreements.queries.opened import open_legs
from luukku.core.actor import HOUSE, act_as, act_as_house
from luukku.core.errors import RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.access import visible_cases
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, Leg
from luukku.governance.models import ClockEntry
from luukku.network.models import Desk, Participation, Seat
from tests.agreements.conftest import day, in_force_now
from tests.cast import Cast
from tests.desk.conftest import case, leg, need, send
from tests.factories.network import SeatFactory

__all__ = ("case", "leg", "need", "send")


def night(today: date) -> dict[str, int]:
    with act_as_house("the night's sweep") as house:
        return sweep(by=house, today=today)


def rows(actor: Any, table: str) -> int:
    """By SQL that forgets its scope."""
    with act_as(actor), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def theirs(cast: Cast, case: Case) -> Leg:
    """An open part of a case that lies with the second organisation, in hand there."""
    found = Leg.objects.get(case=case)
    found.desk = cast.partner_desk
    found.save(update_fields=["desk"])
    with act_as(cast.partner.actor) as by:
        return take_up(by=by, leg=found)


def test_the_day_after_the_last_both_walls_are_closed_and_the_open_matter_is_with_another(
    cast: Cast, in_force: Agreement, theirs: Leg, left: Callable[..., Document]
) -> None:
    """By a seat in another region its people still work for the organisation, and read nothing of this region."""
    SeatFactory.create(person=cast.partner.someone, role="adviser", organisation=cast.partners, region=cast.there.region)
    assert rows(cast.partner.actor, "desk_case") == 1
    left(day(-1), cast.here.desk)
    assert not Participation.objects.on(day(0)).filter(organisation=cast.partners, region=cast.here.region).exists()
    assert Desk.objects.get(pk=cast.partner_desk.pk).deactivated_at is not None
    assert not Seat.objects.on(day(0)).filter(organisation=cast.partners, region=cast.here.region).exists()
    actor = cast.partner.actor
    assert actor.organisation_ids == {cast.partners.pk}
    for table in ("desk_case", "desk_leg", "desk_message", "customers_contact", "agreements_agreement", "agreements_document", "agreements_party"):
        assert rows(actor, table) == 0, table
    with act_as(actor):
        assert not visible_cases(actor).exists()
        assert not access.visible_agreements(actor).exists()
    theirs.refresh_from_db()
    assert theirs.desk == cast.here.desk
    assert theirs.state == "new"
    with act_as(cast.adviser.actor) as by:
        assert take_up(by=by, leg=theirs).handler == cast.adviser.someone


def test_until_the_last_day_nothing_ends(cast: Cast, in_force: Agreement, theirs: Leg, left: Callable[..., Document]) -> None:
    left(day(3))
    night(day(3))
    assert rows(cast.partner.actor, "desk_case") == 1
    assert rows(cast.partner.actor, "agreements_agreement") == 1
    assert Party.objects.get(organisation=cast.partners).left_at is None
    night(day(4))
    assert Party.objects.get(organisation=cast.partners).left_at is not None
    assert Leg.objects.get(pk=theirs.pk).desk == cast.here.desk  # the front desk, for no other was named


def test_leaving_at_once_with_open_matters_is_refused_with_their_numbers(
    cast: Cast, in_force: Agreement, theirs: Leg, left: Callable[..., Document]
) -> None:
    with pytest.raises(RuleBroken, match=theirs.case.number):
        left(day(0))
    assert Document.objects.get(kind="leave").state == "draft"


def test_open_matters_are_told_of_before_the_last_day_once(cast: Cast, in_force: Agreement, theirs: Leg, left: Callable[..., Document]) -> None:
    left(day(20))
    before = OutgoingMail.objects.filter(kind="agreements.notice").count()
    assert night(day(0))["open"] == 1
    assert night(day(0))["open"] == 0
    assert night(day(6))["open"] == 1  # fourteen days before
    assert OutgoingMail.objects.filter(kind="agreements.notice").count() > before
    assert Notice.objects.count() == 2


def test_open_matters_are_seen_by_number_by_coordinator_and_own_people_alone(cast: Cast, in_force: Agreement, theirs: Leg) -> None:
    for who, n in ((cast.coordinator, 1), (cast.partner, 1), (cast.outsider, 0), (cast.area, 0), (cast.adviser, 0), (cast.steering, 0)):
        with act_as(who.actor):
            assert len(open_legs(cast.partners.pk, cast.here.region.pk)) == n, who.name


def test_a_part_that_begins_later_begins_on_its_day(cast: Cast) -> None:
    agreement = in_force_now(cast, first_day=day(5))
    assert not Agreement.objects.in_force(day(4)).exists()
    with act_as_house("before and on the day"):
        assert begin_parts(by=HOUSE, today=day(4)) == 0
        assert begin_parts(by=HOUSE, today=day(5)) == Party.objects.filter(agreement=agreement).count()


def test_when_the_agreement_ends_all_parts_end_and_the_front_desk_stays_until_it_is_free(cast: Cast, theirs: Leg) -> None:
    agreement = in_force_now(cast, last_day=day(10))
    assert ClockEntry.objects.filter(region=cast.here.region, kind="due").count() == 1
    assert night(day(4))["ending"] == 1
    found = night(day(11))
    agreement.refresh_from_db()
    cast.here.region.refresh_from_db()
    assert not cast.here.region.is_live
    assert Party.objects.get(agreement=agreement, organisation=cast.partners).left_at is not None
    assert Party.objects.get(agreement=agreement, organisation=cast.here.organisation).left_at is None
    assert found["stuck"] == 1
    assert Leg.objects.get(pk=theirs.pk).desk == cast.here.desk
    assert agreement.ended_at is None


def test_a_new_agreement_takes_the_place_of_the_old_and_who_is_in_both_goes_on(cast: Cast, in_force: Agreement, theirs: Leg) -> None:
    follower = in_force_now(cast, title="Uusi sopimus", first_day=day(0))
    in_force.refresh_from_db()
    assert in_force.last_day == day(-1)
    assert follower.follows == in_force
    assert Party.objects.get(agreement=in_force, organisation=cast.partners).left_at is not None
    assert Desk.objects.get(pk=cast.partner_desk.pk).deactivated_at is None
    assert rows(cast.partner.actor, "desk_case") == 1


def test_a_changed_text_must_be_signed_again(cast: Cast, out: Document) -> None:
    from luukku.agreements.actions.drafting import write_section
    from luukku.agreements.actions.signing import sign, take_back
    from luukku.agreements.models import Section, Signatory
    from tests.agreements.conftest import holder

    first = Signatory.objects.filter(document=out)[0]
    with act_as(holder(first)) as by:
        sign(by=by, document=out, digest=out.digest)
    with act_as(cast.coordinator.actor) as by:
        section = Section.objects.select_related("document__agreement__region").filter(document=out)[0]
        with pytest.raises(RuleBroken):
            write_section(by=by, section=section, body="Muutettu", based_on=section.version)
        take_back(by=by, document=out)
        write_section(by=by, section=section, body="Muutettu", based_on=section.version)
        again = send_out(by=by, document=Document.objects.select_related("agreement__region", "agreement__coordinating").get(pk=out.pk))
    assert again.digest != out.digest
    with act_as(holder(first)) as by:
        with pytest.raises(RuleBroken):
            sign(by=by, document=again, digest=out.digest)
        assert Document.objects.get(pk=out.pk).state == "out"
        sign(by=by, document=again, digest=again.digest)
    first.refresh_from_db()
    assert first.signed_digest == again.digest
