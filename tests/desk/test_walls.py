"""The database's own wall around cases: raw SQL on the connection, with every check of the application left out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.customers.models import Contact
from luukku.desk.actions.talking import write
from luukku.desk.models import Case, Leg
from tests.cast import Cast

TABLES = (
    "desk_case", "desk_leg", "desk_clock", "desk_statuslink", "desk_incomingmail", "desk_message", "desk_note", "desk_attachment", "desk_proposal",
    "desk_outcome", "desk_feedback", "desk_followup", "desk_outcomecheck", "desk_wait", "customers_contact", "core_storedfile",
)  # fmt: skip
INSIDE = {"desk_followup", "desk_note", "desk_proposal"}


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def run(statement: str, *values: int | list[int]) -> int:
    """Rows that a statement touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return int(cursor.rowcount)


@pytest.mark.parametrize("name", ["outsider", "partner", "coordinator", "national", "admin", "steering", "editor", "area"])
def test_foreign_actor_reads_changes_and_deletes_nothing(full: Case, cast: Cast, name: str) -> None:
    Contact.objects.filter(customer=cast.founder.customer).delete()
    rows = {table: count(table) for table in TABLES}
    assert all(rows.values())
    with act_as(getattr(cast, name).actor):
        for table in TABLES:
            assert count(table) == 0, table
            assert run(f"update {table} set readers = wall.principals()") == 0, table
            assert run(f"delete from {table}") == 0, table
    assert rows == {table: count(table) for table in TABLES}


def test_without_an_actor_there_is_nothing(full: Case) -> None:
    with act_as(PUBLIC):
        assert {count(table) for table in TABLES} == {0}


def test_link_sees_her_case_and_never_what_is_inside(full: Case, holder: Actor) -> None:
    with act_as(holder):
        assert {table for table in TABLES if count(table) == 0} == INSIDE
        assert count("desk_attachment") == count("core_storedfile") == 1  # not the note's


def test_link_sees_no_second_case_of_the_same_desk(full: Case, send: Callable[..., Case], holder: Actor) -> None:
    send()
    with act_as(holder):
        assert list(Case.objects.values_list("pk", flat=True)) == [full.pk]
        assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        """insert into desk_leg (case_id, position, desk_id, need, state, waiting_for, next_step, due_kind, not_contacted, answer_awaited,
        received_at, customer_key, readers) values (%(case)s, 9, %(own_desk)s, '', 'new', '', '', '', false, false, now(), '', '{}')""",
        "insert into desk_message (case_id, direction, channel, body, created_at, readers) values (%(case)s, 'in', 'web', 'x', now(), '{}')",
        "insert into desk_note (case_id, author_id, body, created_at, readers) values (%(case)s, %(person)s, 'x', now(), wall.principals())",
        "insert into desk_feedback (case_id, face, comment, may_contact, created_at, readers) values (%(case)s, 1, '', false, now(), '{}')",
        "insert into desk_statuslink (case_id, digest, created_at, readers) values (%(case)s, 'x', now(), '{}')",
        "insert into desk_wait (leg_id, cause, started_at, readers) values (%(leg)s, 'other', now(), '{}')",
        "insert into desk_clock (leg_id, kind, started_at, due_at, \"end\", readers) values (%(leg)s, 'guided', now(), now(), '', '{}')",
        "insert into desk_attachment (case_id, file_id, created_at, readers) select %(case)s, %(file)s, now(), '{}'",
        "update desk_case set customer_id = %(customer)s where id = %(own_case)s",
        "update desk_leg set case_id = %(case)s, position = 8 where case_id = %(own_case)s",
        "update desk_attachment set file_id = %(file)s where case_id = %(own_case)s",
        "update desk_message set case_id = %(case)s where case_id = %(own_case)s",
    ],
)
def test_outsider_cannot_hang_anything_on_a_foreign_case_nor_name_its_customer(
    full: Case, send: Callable[..., Case], cast: Cast, statement: str
) -> None:
    own = send(region=cast.there.region)
    outsider = cast.outsider
    file = full.attachments.values_list("file_id", flat=True)[0]
    given: dict[str, Any] = {
        "case": full.pk, "leg": Leg.objects.get(case=full).pk, "own_desk": cast.there.desk.pk, "person": outsider.someone.pk, "file": file,
        "customer": full.customer_id, "own_case": own.pk,
    }  # fmt: skip
    with act_as(outsider.actor) as actor:
        write(by=actor, case=own, body="Oma", files=[SimpleUploadedFile("oma.txt", b"3")])
    before = Case.objects.get(pk=full.pk).readers
    with act_as(outsider.actor):
        refused = r"row-level security|of others|own word|one's own"
        with pytest.raises(DatabaseError, match=refused), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
        assert not Case.objects.filter(pk=full.pk).exists()
        assert not Contact.objects.filter(customer=full.customer).exists()
    assert Case.objects.get(pk=full.pk).readers == before


def test_readers_and_door_cannot_be_chosen(full: Case, holder: Actor, cast: Cast) -> None:
    before = Case.objects.get(pk=full.pk)
    with act_as(cast.adviser.actor) as actor:
        run("update desk_case set readers = readers || %s::bigint, door_principal = %s", actor.principals[0], actor.principals[0])
        run("update desk_note set readers = %s", list(holder.principals))
        run("update customers_contact set readers = '{1}'")
    after = Case.objects.get(pk=full.pk)
    assert (after.readers, after.door_principal) == (before.readers, before.door_principal)
    with act_as(holder):
        assert count("desk_note") == 0


def test_own_case_takes_a_new_customer_and_a_known_one(full: Case, need: Callable[..., object], cast: Cast) -> None:
    from luukku.desk.actions.intake import send_need

    with act_as(cast.adviser.actor) as actor:
        again = send_need(by=actor, need=need(customer=full.customer))  # type: ignore[arg-type]
    assert again.customer_id == full.customer_id


def test_foreign_customer_cannot_be_named_in_a_need(full: Case, need: Callable[..., object], cast: Cast) -> None:
    from luukku.core.errors import NotFound
    from luukku.desk.actions.intake import send_need

    with act_as(cast.outsider.actor) as actor, pytest.raises(NotFound):
        send_need(by=actor, need=need(region=cast.there.region, customer=full.customer))  # type: ignore[arg-type]


def test_contact_of_a_customer_opens_to_the_second_desk_with_its_case(full: Case, need: Callable[..., object], cast: Cast) -> None:
    from luukku.desk.actions.intake import send_need

    with act_as(cast.partner.actor):
        assert not Contact.objects.filter(customer=full.customer).exists()
    with act_as(cast.adviser.actor) as actor:
        send_need(by=actor, need=need(customer=full.customer, desk=cast.partner_desk))  # type: ignore[arg-type]
    with act_as(cast.partner.actor):
        assert Contact.objects.filter(customer=full.customer).exists()
        assert Case.objects.count() == 1


def test_windows_tell_numbers_to_all_and_lateness_to_the_coordinator_only(full: Case, cast: Cast) -> None:
    Leg.objects.update(state="in-progress", settled_at=None, due_at="2020-01-01T00:00Z", due_kind="informed")
    region = cast.here.region.pk
    for member in cast.staff:
        with act_as(member.actor), connection.cursor() as cursor:
            cursor.execute("select number from wall.desk_late_cases(%s, now())", [region])
            assert bool(cursor.fetchall()) is (member is cast.coordinator), member.name


@pytest.mark.parametrize(
    "statement",
    [
        "select * from customers_contactevent",
        "delete from customers_contactevent",
        """insert into customers_contactevent (pgh_created_at, pgh_label, id, pgh_obj_id, customer_id, name, email, phone, email_key, phone_key)
        select now(), 'update', id, id, customer_id, 'x', '', '', '', '' from customers_contact""",
    ],
)
def test_history_of_contact_data_is_read_and_forged_by_nobody(full: Case, holder: Actor, cast: Cast, statement: str) -> None:
    """Not even by her own organisation, which may lose its part tomorrow."""
    for actor in (cast.adviser.actor, cast.outsider.actor, holder, PUBLIC):
        with act_as(actor), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_history_of_contact_data_is_kept_whoever_changes_them(full: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor):
        Contact.objects.filter(customer=full.customer).update(name="Kaisa Kahvila-Korhonen")
    with act_as_house("see the history"), connection.cursor() as cursor:
        cursor.execute("select pgh_label, name from customers_contactevent where customer_id = %s order by pgh_id", [full.customer_id])
        assert cursor.fetchall() == [("insert", "Kaisa Kahvila"), ("update", "Kaisa Kahvila-Korhonen")]


def test_that_a_company_has_asked_is_seen_by_those_of_its_case_alone(send: Callable[..., Case], cast: Cast) -> None:
    send(company_name="Salainen idea", business_id="2617416-4")
    words = "select count(*) from {} where to_jsonb(x)::text ~ 'Salainen|salainen|2617416'"
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
        tables = [name for (name,) in cursor.fetchall()]
    own = {"customers_relation", "desk_case", "desk_casesummary", "desk_leg"}
    for actor, seen in ((cast.adviser.actor, own), (cast.outsider.actor, set()), (PUBLIC, set())):
        with act_as(actor):
            assert {table for table in tables if _count_if_allowed(words.format(f"{table} x"))} == seen


def _count_if_allowed(statement: str) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return int(cursor.fetchone()[0])
    except DatabaseError:
        return 0
