"""An administrator with the whole database in hand tries to tie answers to those who gave them, by everything that the database holds."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from structlog.testing import capture_logs

from luukku.core.actor import act_as, act_as_house
from luukku.surveys.access import token_of
from luukku.surveys.actions.inviting import Invitee
from luukku.surveys.actions.settling import settle
from luukku.surveys.actions.themes import save_theme
from luukku.surveys.models import Box, Invitation, Receipt, Response, Survey, Theme
from luukku.surveys.queries.themes import texts_of
from tests.cast import Cast, Member, assemble
from tests.harness.client import Client
from tests.harness.database import superuser
from tests.surveys.conftest import OUTSIDE, end, make, say, tokens

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 24


def words_of(place: int) -> str:
    return f"Tunnusmerkki{place:02}x"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def answered(cast: Cast) -> Survey:
    """By all who are invited, one after the other, each in a transaction of her own; some by the one tap first."""
    people = [Invitee(None, f"Vastaaja {place}", f"vastaaja{place}@firm.example") for place in range(MANY)]
    survey = make(cast, invitees=people)
    for place, token in enumerate(tokens(survey)):
        if place % 3 == 0:
            say(survey, token, {"q1": 1 + place % 7}, step="part", key=f"sivu{place}")
        say(survey, token, {"q1": 1 + place % 7, "q11": words_of(place) + "y" * (place * 7)}, key=f"sivu{place}")
    return survey


@pytest.fixture
def database(db: None) -> "Iterator[psycopg.Connection[Any]]":
    connection.ensure_connection()
    with superuser(connection.settings_dict["NAME"]) as found:
        yield found


def tables(database: "psycopg.Connection[Any]") -> list[str]:
    rows = database.execute(
        "select oid::regclass::text from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    ).fetchall()
    return [name for (name,) in rows]


def holding(database: "psycopg.Connection[Any]", what: str) -> set[str]:
    """Tables of which some row, written out whole, holds these words."""
    return {
        table for table in tables(database) if database.execute(f"select 1 from {table} t where t::text like %s limit 1", [f"%{what}%"]).fetchone()
    }


def test_while_it_is_open_no_table_and_no_page_of_the_disk_holds_an_answer(answered: Survey, database: "psycopg.Connection[Any]") -> None:
    assert Receipt.objects.count() == MANY
    assert Response.objects.count() == 0
    assert holding(database, "Tunnusmerkki") == set()
    database.execute("checkpoint")
    for table in (
        "surveys_box",
        "surveys_receipt",
        "surveys_response",
        "surveys_invitation",
        "core_event",
        "core_outgoingmail",
        "procrastinate_jobs",
    ):
        for path in ("pg_relation_filepath(%s)", "pg_relation_filepath((select reltoastrelid from pg_class where oid = %s::regclass)::regclass)"):
            row = database.execute(f"select pg_read_binary_file({path})", [table]).fetchone()
            assert row is not None
            assert b"Tunnusmerkki" not in bytes(row[0] or b"")  # rows that were overwritten lie there still


def test_the_length_of_the_box_says_nothing_of_the_answer_that_came_last(cast: Cast) -> None:
    survey, lengths = make(cast), []
    for place, token in enumerate(tokens(survey)):
        say(survey, token, {"q11": "x" * (1 + 900 * place)})
        lengths.append(len(Box.objects.get().sealed))
    assert len(set(lengths)) == 1


def state_of(database: "psycopg.Connection[Any]") -> dict[str, tuple[Any, ...] | None]:
    """Each table as it stands: what its rows say, and which transaction wrote them last."""
    database.rollback()  # so that it sees what others have written since
    return {
        table: database.execute(f"select count(*), md5(string_agg(t::text || xmin::text, ',' order by t::text)) from {table} t").fetchone()
        for table in tables(database)
    }


def test_answer_on_the_page_of_a_signed_in_member_is_written_to_its_box_and_receipt_alone(
    cast: Cast, client_of: Callable[[Member], Client], database: "psycopg.Connection[Any]"
) -> None:
    """Through all that stands between a browser and the box: what counts requests, keeps sessions and writes logs."""
    member = cast.steering
    survey = make(cast, invitees=[Invitee(member.someone.pk), *OUTSIDE])
    token = token_of(Invitation.objects.get(person=member.someone))
    browser = client_of(member)
    page = browser.get(f"/vastaa/{token}/")
    before = state_of(database)
    with capture_logs() as logs:
        sent = browser.submit(page, {"q1": "6", "q11": "Tunnusmerkki jäsenen"}, form="answer")
    assert sent.headers["Location"] == f"/vastaa/{token}/kiitos"
    after = state_of(database)
    changed = {table for table, stands in after.items() if stands != before[table]}
    assert {"surveys_box", "surveys_receipt"} <= changed <= {"surveys_box", "surveys_receipt", "core_ratecount", "django_session"}
    assert holding(database, "Tunnusmerkki") == set()
    assert not [each for each in logs if token in str(each) or "Tunnusmerkki" in str(each)]
    for other in tokens(survey):
        if other != token:
            say(survey, other, {"q1": 2, "q11": "muu"})
    end(cast, survey)
    database.rollback()  # so that it sees what others have written since
    assert holding(database, "Tunnusmerkki") == {"surveys_response"}
    assert holding(database, token) == set()


def _theme(cast: Cast, survey: Survey) -> Theme:
    """One of the answers put under a theme."""
    with act_as(cast.coordinator.actor) as by:
        return save_theme(by=by, survey=survey, variable="q11", name="Tiedonkulku", chosen=frozenset(list(texts_of(survey, "q11"))[:1]))


def test_when_it_has_closed_nothing_joins_answers_and_people(answered: Survey, cast: Cast, database: "psycopg.Connection[Any]") -> None:
    end(cast, answered)
    assert (Receipt.objects.count(), Box.objects.count(), Response.objects.count()) == (0, 0, MANY)
    assert holding(database, "Tunnusmerkki") == {"surveys_response"}
    rows = database.execute(
        "select id::text, xmin::text, cmin::text, to_jsonb(r) - 'id' - 'content' - 'survey_id' from surveys_response r"
    ).fetchall()
    assert len({row[1] for row in rows}) == 1, "one transaction wrote them all"
    assert len({str(row[3]) for row in rows}) == 1, "no column but the answers differs"
    for key, *_rest in rows:
        assert holding(database, key) == {"surveys_response"}, "no other table knows an answer by its key"
    assert database.execute("select 1 from core_event where subject_kind like 'surveys.%' and action like '%answer%'").fetchone() is None
    theme = _theme(cast, answered)
    assert len(theme.marks) == 1
    assert holding(database, "Tunnusmerkki") == {"surveys_response"}, "a theme knows no words"
    for key, stamp, *_rest in rows:
        assert holding(database, key) == {"surveys_response"}, "a theme knows no answer by its key"
        assert database.execute("select xmin::text from surveys_response where id::text = %s", [key]).fetchone() == (stamp,)
    stamps = database.execute("select count(distinct xmin::text) from surveys_invitation").fetchone()
    assert stamps == (1,), "an invitation is not touched when its holder answers"


@pytest.mark.parametrize("order", ["ctid", "id", "xmin::text, ctid"])
def test_no_order_in_which_rows_lie_is_that_of_answering(answered: Survey, cast: Cast, database: "psycopg.Connection[Any]", order: str) -> None:
    """By chance two in {MANY}! times; how far each answer lies from its place is that of a shuffled row."""
    end(cast, answered)
    found = [row[0][:14] for row in database.execute(f"select content ->> 'q11' from surveys_response order by {order}").fetchall()]
    came = [words_of(place)[:14] for place in range(MANY)]
    assert sorted(found) == came
    assert found not in (came, came[::-1])
    away = sum(abs(place - came.index(each)) for place, each in enumerate(found)) / MANY
    assert away > 3, "a shuffled row of 24 is 8 places off on the average"


def test_answers_of_two_rounds_are_not_in_one_order(cast: Cast) -> None:
    """The lot is drawn anew each time: nobody learns the shuffle by sending answers of her own."""
    orders = []
    for _round in range(2):
        survey = make(cast, invitees=[Invitee(None, "", f"v{place}@firm.example") for place in range(12)])
        for place, token in enumerate(tokens(survey)):
            say(survey, token, {"q1": 1 + place % 7, "q11": words_of(place)})
        end(cast, survey)
        orders.append([each.content["q11"] for each in Response.objects.filter(survey=survey).order_by("id")])
    assert orders[0] != orders[1]


def test_settled_twice_the_answers_come_out_once(cast: Cast) -> None:
    survey = make(cast)
    for token in random.sample(tokens(survey), 4):
        say(survey, token, {"q1": 4})
    end(cast, survey)
    with act_as_house("test"):
        assert settle(survey.pk) == 0
    assert (Response.objects.count(), Invitation.objects.filter(survey=survey).count()) == (4, 5)
