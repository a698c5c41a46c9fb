"""The tests marked `engine` also run on another PostgreSQL than the wheel's; where there is none, that is said and counted."""

import os

import pytest


def test_the_engine_was_tried_on_a_second_version() -> None:
    """`make test` tells by LUUKKU_TEST_SECOND whether it has run them; a plain pytest run has not been asked to."""
    told = os.environ.get("LUUKKU_TEST_SECOND", "not asked")
    if told == "none" and os.geteuid() != 0:
        pytest.skip("a stated limitation: only the wheel's PostgreSQL is at hand, and only root can install another")
    assert told != "none", "no second PostgreSQL although we are root: scripts/bootstrap postgres"
