"""What the database server itself would tell: other sessions' statements, and those that failed."""

import psycopg
import pytest
from django.db import connection

from tests.harness import database

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def as_web() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(database.server().socket_dir), user="luukku_web", dbname=connection.settings_dict["NAME"], autocommit=True)


def test_one_web_process_does_not_see_what_another_one_asks() -> None:
    with as_web() as victim, as_web() as attacker:
        victim.execute("select 'kaisa@customer.example'")
        seen = attacker.execute("select query from pg_stat_activity").fetchall()
    assert seen
    assert "kaisa" not in str(seen)


@pytest.mark.parametrize("statement", ["set track_activities = on", "create temp table network_organisation (principal bigint)"])
def test_the_web_cannot_make_it_talk_nor_put_a_table_before_ours(statement: str) -> None:
    with as_web() as attacker, pytest.raises(psycopg.errors.InsufficientPrivilege):
        attacker.execute(statement)


def test_a_statement_that_fails_is_not_written_down() -> None:
    log = database.server().data / "log"
    with as_web() as web, pytest.raises(psycopg.errors.DivisionByZero):
        web.execute("select 1/0 as kaisa_at_customer_example")
    assert "kaisa_at_customer_example" not in log.read_text(errors="replace")
