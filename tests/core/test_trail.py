"""The trail: what an event holds, what it refuses, and that nobody rewrites it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from luukku.core.actor import HOUSE, Actor, act_as_house
from luukku.core.models import Event
from luukku.core.trail import _fact, record
from tests.cast import Cast, Member

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
As = Callable[[Member], AbstractContextManager[Actor]]


def test_an_event_tells_who_by_ids_and_what_by_codes(cast: Cast, as_: As) -> None:
    with as_(cast.adviser) as actor:
        record("desk.renamed", cast.here.desk, by=actor, region_id=cast.here.region.pk, days=2, due=date(2026, 12, 29), kept=True, channel="walk-in")
    event = Event.objects.get()
    assert (event.action, event.subject_kind, event.subject_id) == ("desk.renamed", "network.desk", cast.here.desk.pk)
    assert (event.actor_kind, event.person_id, event.organisation_id) == ("person", cast.adviser.someone.pk, cast.here.organisation.pk)
    assert event.facts == {"days": 2, "due": "2026-12-29", "kept": True, "channel": "walk-in"}


@pytest.mark.parametrize("fact", ["Fanny Founder", "fanny@cast.example", "åäö", "x" * 41, ["a"], {"a": 1}, b"x", object()])
def test_words_and_names_are_refused(cast: Cast, fact: Any) -> None:
    with pytest.raises(ValueError, match="numbers, dates and short codes"):
        record("desk.renamed", cast.here.desk, by=HOUSE, words=fact)
    assert not Event.objects.exists()


@given(st.text(min_size=1).filter(lambda text: any(sign.isspace() or sign in "@()'\"" for sign in text)))
def test_no_text_with_a_gap_or_an_address_passes(text: str) -> None:
    with pytest.raises(ValueError, match="short codes"):
        _fact("words", text)


@pytest.mark.parametrize("statement", ["update core_event set action = 'other'", "delete from core_event"])
@pytest.mark.parametrize("who", ["owner", "house", "adviser"])
def test_nobody_changes_it(cast: Cast, as_: As, statement: str, who: str) -> None:
    record("desk.renamed", cast.here.desk, by=HOUSE)
    acting: dict[str, Callable[[], AbstractContextManager[object]]] = {
        "owner": transaction.atomic,
        "house": lambda: act_as_house("try to rewrite the trail"),
        "adviser": lambda: as_(cast.adviser),
    }
    with pytest.raises(DatabaseError), acting[who]():
        _run(statement)
    assert Event.objects.get().action == "desk.renamed"


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
