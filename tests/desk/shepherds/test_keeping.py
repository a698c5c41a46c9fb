"""A customer gets a shepherd, he acts for her, she ends it: who may, who hears of it, what stays."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.customers.actions.contracts import agree_contract
from luukku.customers.actions.hours import log_hours, take_back_hours
from luukku.customers.models import Shepherd, ShepherdContract
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import send_need
from luukku.desk.actions.shepherding.chasing import chase
from luukku.desk.actions.shepherding.giving import end_shepherd, set_mandate
from luukku.desk.actions.talking import write
from luukku.desk.models import Case, Chase, Leg, Message
from tests.cast import Cast
from tests.desk.shepherds.conftest import seat_of, terms


def mails(kind: str) -> list[dict[str, Any]]:
    return [mail.facts for mail in OutgoingMail.objects.filter(kind=f"desk.{kind}").order_by("id")]


def late(case: Case) -> None:
    Leg.objects.filter(case=case).update(due_at=timezone.now() - timedelta(hours=3), due_kind="taken-up")


def test_customer_and_shepherd_hear_of_the_beginning_and_the_end(case: Case, kept: Shepherd, cast: Cast) -> None:
    assert mails("shepherd") == [{"shepherd": kept.pk}]
    assert mails("shepherd_yours") == [{"person": cast.shepherd.someone.pk, "shepherd": kept.pk}]
    with act_as(cast.adviser.actor) as actor:
        end_shepherd(by=actor, case=case, shepherd=kept)
        end_shepherd(by=actor, case=case, shepherd=kept)
    assert len(mails("shepherd")) == 2
    assert len(mails("shepherd_ended")) == 1


def test_another_takes_over_and_the_former_stays_in_the_history(case: Case, kept: Shepherd, give: Callable[..., Shepherd], cast: Cast) -> None:
    new = give(seat=seat_of(cast.adviser), contract=None)
    kept.refresh_from_db()
    assert (kept.end, kept.ended_at) == ("changed", new.starts_at)
    assert list(Shepherd.objects.filter(customer=case.customer).values_list("person_id", flat=True)) == [new.person_id, kept.person_id]
    assert not Case.objects.filter(readers__contains=[kept.principal]).exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"contract": None}, "who"),
        ({"mandates": []}, "mandates"),
        ({"mandates": ["act"]}, "mandates"),
        ({"way": "page"}, "way"),
        ({"agreed_at": timezone.now() + timedelta(days=2)}, "agreed_on"),
        ({"ends_at": timezone.now() - timedelta(days=2)}, "last_day"),
    ],
)
def test_what_is_impossible_is_said_at_its_field(give: Callable[..., Shepherd], more: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        give(**more)
    assert broken.value.field == field
    assert not Shepherd.objects.exists()


def test_who_does_not_buy_does_not_choose_a_bought_in_shepherd_and_strangers_choose_nobody(give: Callable[..., Shepherd], cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        give(by=cast.adviser)
    with pytest.raises(NotFound):
        give(by=cast.partner)
    assert give(by=cast.adviser, seat=seat_of(cast.desklead), contract=None).person_id == cast.desklead.someone.pk


def test_a_company_has_one_shepherd_whoever_of_it_asks(send: Callable[..., Case], give: Callable[..., Shepherd], cast: Cast) -> None:
    one, two = (send(email=f"{who}@customer.example", business_id="2617416-4") for who in ("yksi", "kaksi"))
    give(of=one, of_company=True)
    with pytest.raises(RuleBroken, match="yrityksellä"):
        give(of=two, of_company=True, seat=seat_of(cast.adviser), contract=None)
    assert give(of=two, of_company=True).business_id == "2617416-4"


def test_message_on_her_behalf_is_hers_with_the_shepherds_name_and_goes_by_the_mandate(
    case: Case, kept: Shepherd, keeper: Actor, cast: Cast, holder: Actor
) -> None:
    with act_as(keeper):
        customer_writes(by=keeper, case=case, body="Hän on tavattavissa perjantaina.")
    message = Message.objects.get(case=case)
    assert (message.direction, message.author_id) == ("in", cast.shepherd.someone.pk)
    assert Leg.objects.get(case=case).answer_awaited
    assert Event.objects.get(action="case.message_in").organisation_id == cast.provider.pk
    with act_as(holder):
        set_mandate(by=holder, case=case, shepherd=kept, kind="act", allowed=False)
    with act_as(keeper), pytest.raises(NotAllowed):
        customer_writes(by=keeper, case=case, body="Vielä tämä.")


def test_shepherd_does_not_handle_the_matter(case: Case, keeper: Actor) -> None:
    with act_as(keeper):
        for act in (lambda: take_up(by=keeper, leg=Leg.objects.get(case=case)), lambda: write(by=keeper, case=case, body="Hei")):
            with pytest.raises(NotAllowed):
                act()


def test_chase_reaches_handler_and_lead_once_a_day_and_only_when_late(case: Case, keeper: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
    with act_as(keeper), pytest.raises(RuleBroken, match="ei ole myöhässä"):
        chase(by=keeper, case=case)
    late(case)
    with act_as(keeper):
        chase(by=keeper, case=case)
        with pytest.raises(RuleBroken, match="jo kiirehditty"):
            chase(by=keeper, case=case)
    assert [each["person"] for each in mails("chased")] == [cast.adviser.someone.pk, cast.desklead.someone.pk]
    assert Leg.objects.get(case=case).answer_awaited
    with act_as(keeper):
        chase(by=keeper, case=case, at=timezone.now() + timedelta(days=1))
    assert (Chase.objects.count(), Event.objects.filter(action="case.chased").count()) == (2, 2)


def test_chase_needs_the_customers_mandate(case: Case, give: Callable[..., Shepherd], cast: Cast) -> None:
    give(mandates=["see", "act"])
    late(case)
    with act_as(cast.shepherd.actor) as actor, pytest.raises(NotAllowed):
        chase(by=actor, case=case)


def test_new_matter_of_the_customer_is_told_to_the_shepherd(case: Case, kept: Shepherd, need: Callable[..., Any], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        new = send_need(by=actor, need=need(customer=case.customer))
    assert [each["shepherd"] for each in mails("shepherd_new_case")] == [kept.pk]
    with act_as(cast.shepherd.actor):
        assert Case.objects.filter(pk=new.pk).exists()


def test_hours_are_counted_against_the_contract_and_taken_back_ones_are_not(
    contract: ShepherdContract, kept: Shepherd, keeper: Actor, cast: Cast
) -> None:
    today = timezone.localdate()
    with act_as(keeper):
        for hours in (Decimal("1.5"), Decimal("0.25")):
            entry = log_hours(by=keeper, shepherd=kept, day=today, hours=hours, words="Tapaaminen")
        take_back_hours(by=keeper, hours=entry)
        take_back_hours(by=keeper, hours=entry)
    contract.refresh_from_db()
    assert contract.minutes_used == 90
    for day, hours, field in ((today + timedelta(days=1), Decimal(1), "day"), (today, Decimal(0), "hours"), (today, Decimal(25), "hours")):
        with act_as(keeper), pytest.raises(RuleBroken) as broken:
            log_hours(by=keeper, shepherd=kept, day=day, hours=hours, words="Tapaaminen")
        assert broken.value.field == field
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotFound):
        log_hours(by=actor, shepherd=kept, day=today, hours=Decimal(1), words="Tapaaminen")


@pytest.mark.parametrize("name", ["adviser", "partner", "steering", "shepherd", "outsider", "founder"])
def test_contract_is_made_by_those_who_buy_only(cast: Cast, name: str) -> None:
    with act_as(getattr(cast, name).actor) as actor, pytest.raises(NotAllowed):
        agree_contract(by=actor, region=cast.here.region, buyer=cast.here.organisation, provider=cast.provider, terms=terms())


def test_same_number_of_one_buyer_is_refused(contract: ShepherdContract, cast: Cast) -> None:
    with act_as(cast.desklead.actor) as actor, pytest.raises(RuleBroken) as broken:
        agree_contract(by=actor, region=cast.here.region, buyer=cast.here.organisation, provider=cast.provider, terms=terms())
    assert broken.value.field == "reference"
