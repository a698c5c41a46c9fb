"""A shepherd reads his own customers' matters while everything holds, nothing inside, and nobody else's: raw SQL and every check left out."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound
from luukku.customers.actions.contracts import agree_contract, change_contract, end_contract
from luukku.customers.models import Contact, Customer, Shepherd, ShepherdContract
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.shepherding.giving import end_shepherd, set_mandate
from luukku.desk.actions.talking import add_note, write
from luukku.desk.models import Case, Leg
from luukku.network.models import Seat
from tests.cast import Cast, Member
from tests.desk.shepherds.conftest import seat_of, terms
from tests.desk.test_walls import INSIDE, TABLES, count, run
from tests.harness.client import Client

SHEPHERDS = ("customers_shepherd", "customers_shepherdmandate", "customers_shepherdhours", "desk_chase", "desk_newscall")


def numbers(actor: Actor) -> set[str]:
    with act_as(actor):
        return set(Case.objects.values_list("number", flat=True))


def test_private_provider_sees_her_own_customer_and_nothing_else(
    full: Case, send: Callable[..., Case], give: Callable[..., Shepherd], cast: Cast
) -> None:
    others = [send(name="Toinen Asiakas", email="toinen@customer.example"), send(region=cast.there.region, email="kolmas@customer.example")]
    assert numbers(cast.shepherd.actor) == set()
    Case.objects.filter(pk=full.pk).update(state="in-progress", settled_at=None)
    give(of=full)
    with act_as(cast.shepherd.actor):
        assert list(Case.objects.values_list("pk", flat=True)) == [full.pk]
        assert list(Contact.objects.values_list("customer_id", flat=True)) == [full.customer_id]
        assert {table for table in TABLES if count(table) == 0} == INSIDE
        for other in others:
            assert run("update desk_case set readers = wall.principals() where id = %s", other.pk) == 0


@pytest.mark.parametrize("name", ["outsider", "partner", "coordinator", "national", "admin", "steering", "editor", "area", "shepherd"])
def test_who_keeps_whom_is_nobody_elses(full: Case, give: Callable[..., Shepherd], cast: Cast, name: str) -> None:
    Case.objects.filter(pk=full.pk).update(state="in-progress", settled_at=None)
    stranger = getattr(cast, name).actor  # the shepherd's own from before she was given anybody
    give(of=full)
    with act_as(stranger):
        for table in SHEPHERDS:
            assert count(table) == 0, table
            assert run(f"update {table} set readers = wall.principals()") == 0, table


def test_nothing_inside_is_read_by_the_shepherd_though_it_is_written_later(case: Case, keeper: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        add_note(by=actor, case=case, body="Sisäinen")
        write(by=actor, case=case, body="Hei")
    with act_as(keeper):
        assert (count("desk_note"), count("desk_message")) == (0, 1)


def test_without_the_mandate_to_see_he_reads_nothing_of_her(case: Case, kept: Shepherd, cast: Cast, holder: Actor) -> None:
    assert numbers(cast.shepherd.actor) == {case.number}
    with act_as(holder):
        set_mandate(by=holder, case=case, shepherd=kept, kind="see", allowed=False)
    assert numbers(cast.shepherd.actor) == set()
    with act_as(cast.shepherd.actor):
        assert Contact.objects.count() == 0
    with act_as(holder):
        set_mandate(by=holder, case=case, shepherd=kept, kind="act", allowed=True)  # who writes sees, too
    assert numbers(cast.shepherd.actor) == {case.number}


def test_end_by_the_customer_closes_at_once_even_for_one_who_is_in_already(case: Case, kept: Shepherd, keeper: Actor, holder: Actor) -> None:
    assert numbers(keeper) == {case.number}
    with act_as(holder):
        end_shepherd(by=holder, case=case, shepherd=kept)
    assert numbers(keeper) == set()
    with act_as(keeper), pytest.raises(NotFound):
        customer_writes(by=keeper, case=case, body="Vielä yksi")


@pytest.mark.parametrize("how", ["seat", "period", "contract", "organisation", "person"])
def test_what_the_calendar_ends_closes_without_anybody_doing_anything(case: Case, kept: Shepherd, cast: Cast, how: str) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    if how == "seat":
        Seat.objects.filter(pk=kept.seat_id).update(valid_until=yesterday)
    elif how == "period":
        Shepherd.objects.filter(pk=kept.pk).update(ends_at=timezone.now())
    elif how == "contract":
        ShepherdContract.objects.update(first_day=date(2020, 1, 1), last_day=yesterday)
    elif how == "organisation":
        cast.provider.deactivated_at = timezone.now()
        cast.provider.save()
    else:
        Seat.objects.filter(pk=kept.seat_id).update(person=cast.editor.someone)
    assert numbers(cast.shepherd.actor) == set()


def test_matters_that_had_ended_before_are_not_opened(send: Callable[..., Case], give: Callable[..., Shepherd], cast: Cast) -> None:
    old = send()
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=old))
        settle(by=actor, case=old, outcomes=[OutcomeForm("advice")], words="Valmis")
    new = send(email="uusi@customer.example")
    Case.objects.filter(pk=new.pk).update(customer=old.customer)
    give(of=new)
    assert numbers(cast.shepherd.actor) == {new.number}
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=new, outcomes=[OutcomeForm("advice")], words="Valmis")
    assert numbers(cast.shepherd.actor) == {new.number}  # it ended while she kept her


def test_only_matters_of_the_company_when_so_agreed(send: Callable[..., Case], give: Callable[..., Shepherd], cast: Cast) -> None:
    firm, own = send(business_id="2617416-4", company_name="Kahvila Oy"), send(email="oma@customer.example")
    Case.objects.filter(pk=own.pk).update(customer=firm.customer)
    give(of=firm, of_company=True)
    assert numbers(cast.shepherd.actor) == {firm.number}


@pytest.mark.parametrize(
    "statement",
    [
        "insert into customers_shepherdmandate (shepherd_id, kind, agreed_at, way, readers) values (%(kept)s, 'act', now(), 'phone', '{}')",
        "update customers_shepherdmandate set ended_at = null",
        "update customers_shepherd set customer_id = %(foreign)s, ends_at = null, person_id = %(person)s",
        """insert into customers_shepherd (customer_id, business_id, person_id, seat_id, organisation_id, starts_at, decided_by_id, decided_at, "end", readers)
        values (%(foreign)s, '', %(person)s, %(seat)s, %(organisation)s, now(), %(person)s, now(), '', wall.principals())""",
    ],
)
def test_shepherd_gives_herself_nothing(case: Case, send: Callable[..., Case], give: Callable[..., Shepherd], cast: Cast, statement: str) -> None:
    kept, foreign = give(mandates=["see"]), send(email="vieras@customer.example")
    seat = seat_of(cast.shepherd)
    given = {"kept": kept.pk, "foreign": foreign.customer_id, "person": seat.person_id, "seat": seat.pk, "organisation": seat.organisation_id}
    with act_as(cast.shepherd.actor):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, given)
        except DatabaseError as error:
            assert any(words in str(error) for words in ("one's own", "himself no mandate", "mandate_once", "row-level"))  # noqa: PT017
    assert numbers(cast.shepherd.actor) == {case.number}
    assert [each.kind for each in kept.mandates.all()] == ["see"]
    kept.refresh_from_db()
    assert kept.customer_id == case.customer_id


def test_ended_relation_is_not_opened_again_nor_deleted(case: Case, kept: Shepherd, cast: Cast) -> None:
    with act_as(cast.desklead.actor) as actor:
        end_shepherd(by=actor, case=case, shepherd=kept)
        run("update customers_shepherd set ended_at = null, \"end\" = ''")
        for table in ("customers_shepherd", "customers_shepherdmandate", "customers_shepherdcontract"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                run(f"delete from {table}")
    kept.refresh_from_db()
    assert kept.end == "us"
    assert numbers(cast.shepherd.actor) == set()


def test_contracts_are_kept_by_the_buyers_lead_and_the_coordinator_and_read_by_the_provider(contract: ShepherdContract, cast: Cast) -> None:
    for member in cast.staff:
        with act_as(member.actor):
            sees = count("customers_shepherdcontract") == 1
            writes = run("update customers_shepherdcontract set minutes = minutes") == 1
        assert (sees, writes) == (
            member in (cast.coordinator, cast.desklead, cast.shepherd),
            member in (cast.coordinator, cast.desklead),
        ), member.name


def test_adviser_of_another_organisation_who_keeps_by_a_contract_reads_it_and_logs_hours_on_it(
    case: Case, give: Callable[..., Shepherd], cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    with act_as(cast.coordinator.actor) as by:
        bought = agree_contract(by=by, region=cast.here.region, buyer=cast.here.organisation, provider=cast.partners, terms=terms(reference="K-7"))
    kept = give(seat=seat_of(cast.partner), contract=bought)
    page = client_of(cast.partner).get(f"/asiakkaani/{kept.pk}/tunnit")
    assert "K-7" in page.content.decode()
    with act_as(cast.partner.actor):
        assert count("customers_shepherdcontract") == 1
    with act_as(cast.desklead.actor) as by:
        end_shepherd(by=by, case=case, shepherd=kept)
    with act_as(cast.partner.actor):
        assert count("customers_shepherdcontract") == 0


def test_relation_follows_its_contract_to_its_end_and_on(case: Case, contract: ShepherdContract, kept: Shepherd, cast: Cast) -> None:
    """The coordinator, who may not know whom it is for, ends and prolongs it all the same."""
    today = timezone.localdate()
    with act_as(cast.coordinator.actor) as actor:
        changed = change_contract(by=actor, contract=contract, terms=terms(last_day=today + timedelta(days=300)))
        assert Shepherd.objects.count() == 0
    kept.refresh_from_db()
    assert kept.ends_at == changed.ends_at
    with act_as(cast.coordinator.actor) as actor:
        ended = end_contract(by=actor, contract=contract, last_day=today)
    kept.refresh_from_db()
    assert kept.ends_at == ended.ends_at
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotAllowed):
        end_contract(by=actor, contract=contract, last_day=today)


def test_a_new_customer_in_the_readers_does_not_show_the_shepherd_to_strangers(case: Case, kept: Shepherd, send: Callable[..., Case]) -> None:
    other = send(email="muu@customer.example")
    stranger = link_actor(first_token(other))
    assert stranger is not None
    with act_as(stranger):
        assert Shepherd.objects.count() == 0
        assert Customer.objects.filter(shepherds__isnull=False).count() == 0
