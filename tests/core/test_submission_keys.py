"""A form's key counts together with what the form says."""

import uuid

import pytest

from luukku.core.submissions import key_of, once

pytestmark = pytest.mark.django_db


def test_same_key_with_other_words_does_its_own_work() -> None:
    key, made = uuid.uuid4(), iter((1, 2, 3))
    assert once(key, lambda: next(made), "write", "first words") == 1
    assert once(key, lambda: next(made), "write", "first words") == 1
    assert once(key, lambda: next(made), "write", "other words") == 2


def test_one_key_in_two_forms_gives_each_its_own_result() -> None:
    key = uuid.uuid4()
    assert once(key, lambda: 7, "note", 1) == 7
    assert once(key, lambda: 8, "message", 1) == 8


def test_key_that_is_none_stays_none() -> None:
    assert key_of("not a key", "words") is None
