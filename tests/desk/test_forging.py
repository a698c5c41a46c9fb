"""Rows that a request forges by raw SQL: principals, sign-ins and parts of other people's matters, and the trail that tells of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.customers.models import Contact, Customer
from luukku.desk.actions.talking import write
from luukku.desk.models import Case, Leg
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory

FORGED_CASE = """
insert into desk_case (number, door_principal, region_id, subject, own_words, language, channel, state, segment, stage, company_name, business_id,
  contacted_at, created_at, logged_by_id, readers)
select 'X-26-0001', {principal}, region_id, 'x', 'x', 'fi', 'web', 'new', '', '', '', '', now(), now(), organisation_id, '{{}}'
from network_desk where id = %(own_desk)s
"""


def forged(statement: str, values: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("whose", ["her organisation's", "another organisation's", "another customer's", "her own"])
def test_a_door_cannot_be_somebodys_principal(full: Case, cast: Cast, whose: str) -> None:
    """A link to such a door, whose secret she has chosen herself, would read all that the other reads."""
    assert full.customer is not None
    principal = {
        "her organisation's": cast.there.organisation.principal, "another organisation's": cast.here.organisation.principal,
        "another customer's": Customer.objects.get(pk=full.customer.pk).principal, "her own": cast.outsider.someone.principal,
    }[whose]  # fmt: skip
    with act_as(cast.outsider.actor), pytest.raises(DatabaseError, match="a door of its own"):
        forged(FORGED_CASE.format(principal=principal), {"own_desk": cast.there.desk.pk})


def test_principals_are_given_and_never_chosen(full: Case, cast: Cast) -> None:
    foreign = cast.here.organisation.principal
    with act_as(cast.outsider.actor) as actor:
        Customer(principal=foreign + 5_000_000).save()
        forged("update customers_customer set principal = -principal", {})
        forged("update network_organisation set principal = -principal", {})
        forged("update network_person set principal = -principal", {})
        forged(
            "insert into desk_kiosk (desk_id, principal, digest, place, renewed_at, readers) values (%(own_desk)s, 7000000, 'x', 'x', now(), '{}')",
            {"own_desk": cast.there.desk.pk},
        )
        assert actor.principals == cast.outsider.actor.principals
    for table in ("customers_customer", "network_organisation", "network_person", "desk_kiosk"):
        with connection.cursor() as cursor:
            cursor.execute(f"select min(principal), max(principal) from {table}")
            least, most = cursor.fetchone()
        assert 1000 <= least <= most < 5_000_000, table


@pytest.mark.parametrize(
    "statement",
    [
        "update customers_customer set user_id = %(user)s where id = %(customer)s",
        "insert into customers_customer (user_id, language, created_at) values (%(user)s, 'fi', now())",
        "delete from customers_customer where id = %(customer)s",
    ],
)
def test_nobody_becomes_another_customer(full: Case, cast: Cast, statement: str) -> None:
    with act_as(cast.outsider.actor), pytest.raises(DatabaseError, match=r"by herself|permission denied"):
        forged(statement, {"user": cast.outsider.user.pk, "customer": full.customer_id})


def test_contact_data_stay_with_their_customer(full: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor):
        bare = Customer.objects.create()
        forged("update customers_contact set customer_id = %(bare)s", {"bare": bare.pk})
    assert Contact.objects.filter(customer=full.customer).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "insert into desk_message (case_id, leg_id, direction, channel, body, created_at, readers) values (%(own)s, %(leg)s, 'in', 'web', 'x', now(), '{}')",
        "insert into desk_note (case_id, leg_id, author_id, body, created_at, readers) values (%(own)s, %(leg)s, %(person)s, 'x', now(), '{}')",
        "insert into desk_proposal (case_id, leg_id, service_id, rank, score, why_kind, why_words, readers) values (%(own)s, %(leg)s, %(service)s, 9, 1, '', '{}', '{}')",
        "update desk_attachment set message_id = %(message)s, note_id = null where case_id = %(own)s",
        "update desk_attachment set note_id = %(note)s, message_id = null where case_id = %(own)s",
    ],
)
def test_what_hangs_on_ones_own_case_hangs_on_no_part_of_another(full: Case, send: Callable[..., Case], cast: Cast, statement: str) -> None:
    own = send(region=cast.there.region)
    with act_as(cast.outsider.actor) as actor:
        write(by=actor, case=own, body="Oma", files=[SimpleUploadedFile("oma.txt", b"3")])
    given = {
        "own": own.pk, "leg": Leg.objects.get(case=full).pk, "person": cast.outsider.someone.pk, "service": ServiceFactory.create().pk,
        "message": full.messages.values_list("pk", flat=True)[0], "note": full.notes.values_list("pk", flat=True)[0],
    }  # fmt: skip
    with act_as(cast.outsider.actor), pytest.raises(DatabaseError, match="own case"):
        forged(statement, given)


def test_the_trail_of_a_case_is_read_by_those_who_read_the_case(full: Case, holder: Actor, cast: Cast) -> None:
    """It names nobody, but tells which service, which face, when and by whom."""
    told = "select count(*) from core_event where subject_kind = 'desk.case'"
    for actor, reads in ((cast.adviser.actor, True), (holder, True), (cast.outsider.actor, False), (cast.coordinator.actor, False), (PUBLIC, False)):
        with act_as(actor), connection.cursor() as cursor:
            cursor.execute(told)
            assert bool(cursor.fetchone()[0]) is reads
