"""Who the database thinks is acting: set, nested, put back, whatever happens inside."""

import pytest
from django.db import DatabaseError, connection, transaction

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house, current_actor

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
ANNA, BERIT = Actor("person", (7, 8), person_id=1), Actor("customer", (9,), customer_ids=(2,))
State = tuple[str, str, str]


def state() -> State:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user::text, wall.principals()::text, coalesce(current_setting('luukku.person', true), '')",
        )
        role, principals, person = cursor.fetchone()
        return role, principals, person


BEFORE: State = ("luukku_owner", "{}", "")


def test_the_database_knows_the_actor_inside_and_nobody_after() -> None:
    with act_as(ANNA) as acting:
        assert acting is ANNA
        assert (state(), current_actor()) == (("luukku_web", "{7,8}", "1"), ANNA)
    assert (state(), current_actor()) == (BEFORE, PUBLIC)


def test_an_inner_actor_gives_way_to_the_outer_one() -> None:
    with act_as(ANNA):
        with act_as(BERIT):
            assert state() == ("luukku_web", "{9}", "")
        assert (state(), current_actor()) == (("luukku_web", "{7,8}", "1"), ANNA)


def test_the_house_inside_a_person_gives_her_rights_back_to_her() -> None:
    with act_as(ANNA):
        with act_as_house("try nesting"):
            assert state() == ("luukku_house", "{}", "")
        assert state() == ("luukku_web", "{7,8}", "1")
    assert state() == BEFORE


def test_an_error_inside_puts_the_outer_actor_back() -> None:
    with act_as(ANNA):
        with pytest.raises(ValueError, match="inside"), act_as(BERIT):
            raise ValueError("inside")
        assert (state(), current_actor()) == (("luukku_web", "{7,8}", "1"), ANNA)


def test_a_broken_statement_inside_puts_the_outer_actor_back() -> None:
    with act_as(ANNA):
        with pytest.raises(DatabaseError), act_as(BERIT), connection.cursor() as cursor:
            cursor.execute("select nothing")
        assert state() == ("luukku_web", "{7,8}", "1")


def test_a_deliberate_rollback_inside_puts_the_outer_actor_back() -> None:
    with act_as(ANNA):
        with act_as(BERIT):
            transaction.set_rollback(True)
        assert state() == ("luukku_web", "{7,8}", "1")


def test_a_savepoint_keeps_the_actor() -> None:
    with act_as(ANNA):
        with transaction.atomic():
            assert state() == ("luukku_web", "{7,8}", "1")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select nothing")
        assert state() == ("luukku_web", "{7,8}", "1")


@pytest.mark.django_db(transaction=True)
def test_the_actor_is_gone_with_the_transaction() -> None:
    with act_as(ANNA):
        pass
    assert state() == BEFORE
    with act_as(ANNA):
        transaction.set_rollback(True)
    assert (state(), current_actor()) == (BEFORE, PUBLIC)


def test_the_house_says_why() -> None:
    with pytest.raises(ValueError, match="say why"), act_as_house(""):
        pass


@pytest.mark.parametrize("depth", [3, 7])
def test_any_depth_of_nesting_is_undone_in_turn(depth: int) -> None:
    def nest(level: int) -> None:
        with act_as(Actor("person", (level,), person_id=level)):
            if level < depth:
                nest(level + 1)
            assert state() == ("luukku_web", f"{{{level}}}", str(level))

    nest(1)
    assert state() == BEFORE
