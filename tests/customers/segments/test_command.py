"""`luukku segment` as it is called."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def _said(text: str, **options: str) -> dict[str, object]:
    out = StringIO()
    call_command("segment", json=text, stdout=out, **options)
    found: dict[str, object] = json.loads(out.getvalue())
    return found


@pytest.mark.django_db
def test_segment_is_said_with_the_rule_that_decided() -> None:
    said = _said('{"persons":9,"turnover":1400000,"balance":900000,"founded":true,"export":"none","foreign_owned":false}', lang="en")
    assert said == {
        "segment": "local-small",
        "name": "Locally operating small companies",
        "rule": "at most 9 persons",
        "rule_number": 9,
        "facts": "9 persons, turnover 1.4\u00a0M€, balance sheet 900,000\u00a0€, no export",
        "supposed": [],
    }


@pytest.mark.django_db
def test_unknown_persons_are_said_to_be_supposed() -> None:
    assert _said('{"export": "none"}')["supposed"] == ["persons"]


@pytest.mark.django_db
def test_wrong_facts_fail_with_what_is_wrong() -> None:
    with pytest.raises(CommandError, match="persons"):
        _said('{"persons": "nine"}')
