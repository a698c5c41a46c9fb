"""The rules that are in use until a network has its own, on both sides of each boundary, against an oracle written another way."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from luukku.catalogue.enums import Segment
from luukku.customers.enums import Export, Mark
from luukku.customers.queries.segments import DEFAULTS, Facts, FactsWrong, Rule, decide, read_facts
from luukku.customers.queries.segments.words import facts_in_words, money, rule_in_words
from tests.customers.segments.oracle import segment_of

PERSONS = st.sampled_from([0, 1, 9, 10, 11, 249, 250, 251]) | st.integers(0, 2000)
MONEY = st.sampled_from(
    [0, 1_999_999, 2_000_000, 2_000_001, 42_999_999, 43_000_000, 43_000_001, 49_999_999, 50_000_000, 50_000_001, Decimal("43000000.01")]
) | st.integers(0, 10**9)
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "persons": st.none() | PERSONS,
        "turnover": st.none() | MONEY,
        "balance": st.none() | MONEY,
        "founded": st.booleans(),
        "foreign_owned": st.booleans(),
        "export": st.sampled_from(Export.values),
        "mark": st.lists(st.sampled_from(Mark.values), max_size=2),
    },
)


def _json(facts: dict[str, Any]) -> str:
    return json.dumps(facts, default=float)


@given(GIVEN)
@example({"persons": 249, "turnover": 50_000_000, "balance": 43_000_001})
@example({"persons": 249, "turnover": 50_000_001, "balance": 43_000_000})
@example({"persons": 249, "turnover": 50_000_001, "balance": 43_000_001})
@example({"persons": 250, "turnover": 1, "balance": 1})
@example({"turnover": 50_000_001})
@settings(max_examples=600)
def test_default_rules_say_what_the_division_says(facts: dict[str, Any]) -> None:
    assert decide(DEFAULTS, read_facts(_json(facts))).segment == segment_of(facts)


@pytest.mark.parametrize(
    ("facts", "segment"),
    [
        ({"persons": 9, "turnover": 1_400_000, "balance": 900_000, "founded": True, "export": "none", "foreign_owned": False}, "local-small"),
        ({"persons": 10}, "domestic-sme"),
        ({"persons": 9, "export": "considering"}, "local-small"),
        ({"persons": 249, "export": "seeking", "mark": "fast-growth"}, "fast-growth"),
        ({"persons": 249, "export": "significant", "mark": "growth-track"}, "growth-track"),
        ({"persons": 249, "export": "none", "mark": "growth-track"}, "domestic-sme"),
        ({"persons": 250, "export": "significant", "mark": "growth-track"}, "large"),
        ({"persons": 250, "mark": "large-fast-growing"}, "large-fast-growing"),
        ({"persons": 250, "mark": "large-fast-growing", "foreign_owned": True}, "foreign-investor"),
        ({"persons": 3, "foreign_owned": True}, "local-small"),
        ({"persons": 3, "mark": "focus"}, "focus"),
        ({"founded": False, "mark": "focus"}, "founder"),
        ({"persons": 9.5}, "local-small"),
        ({"persons": 249.9, "turnover": 1}, "domestic-sme"),
        ({}, "local-small"),
    ],
)
def test_segment_by_the_first_rule_that_fits(facts: dict[str, Any], segment: str) -> None:
    assert decide(DEFAULTS, read_facts(json.dumps(facts))).segment == segment


def test_size_alone_leads_to_no_marked_segment() -> None:
    sizes = [Facts(persons=each, turnover=10**9, balance=10**9, export="significant") for each in (1, 9, 10, 249, 250, 10_000)]
    assert {decide(DEFAULTS, each).segment for each in sizes}.isdisjoint(Mark.values)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "This is not JSON"),
        ("[]", "Give one JSON object"),
        ('{"persons": NaN}', "This is not JSON"),
        ('{"persons": 1e999}', "persons: write a number"),
        ('{"persons": -1}', "persons: write a number"),
        ('{"persons": true}', "persons: write a number"),
        ('{"turnover": "1 M€"}', "turnover: write a number"),
        ('{"founded": "yes"}', "founded: write true or false"),
        ('{"export": "maybe"}', "export: write one of none, considering, seeking, significant"),
        ('{"mark": "large"}', "mark: write one of focus"),
        ('{"mark": [["focus"]]}', "mark: write one of focus"),
        ('{"turnver": 1}', "There is no fact turnver. Known are: persons"),
    ],
)
def test_facts_that_cannot_be_read_are_named(text: str, said: str) -> None:
    with translation.override("en"), pytest.raises(FactsWrong, match=said):
        read_facts(text)


def test_facts_and_rules_are_read_aloud() -> None:
    facts = Facts(persons=12, turnover=1_400_000, export="seeking")
    with translation.override("en"):
        assert facts_in_words(facts) == "12 persons, turnover 1.4\u00a0M€, export sought"
        assert facts_in_words(Facts(turnover=3_000_000)) == "number of persons not known, supposed ten or more, turnover 3\u00a0M€, no export"
        assert facts_in_words(Facts(founded=False)) == "no company yet"
        assert rule_in_words(DEFAULTS[7]) == "export sought or export significant"
        assert rule_in_words(DEFAULTS[8]) == "at most 9 persons"
        assert rule_in_words(DEFAULTS[9]) == "all others"
        assert money(50_000_001) == "50.000001\u00a0M€"
        assert money(250_000) == "250,000\u00a0€"
    with translation.override("fi"):
        assert facts_in_words(facts) == "12 henkeä, liikevaihto 1,4\u00a0M€, vientiä haetaan"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_condition_has_words(language: str) -> None:
    asked = Rule(
        segment="large", founded=True, marks=("focus",), within_sme=True, foreign_owned=True, export=("none",), persons_min=1, persons_max=2,
        turnover_min=1, turnover_max=2, balance_min=1, balance_max=2,
    )  # fmt: skip
    with translation.override(language):
        assert len(rule_in_words(asked).split(", ")) >= 12


def test_segments_lie_on_their_shelves() -> None:
    assert [each.value for each in Segment.shelves()] == ["founder", "local-small", "domestic-sme", "growth-international", "large"]
    assert Segment.on_shelf("growth-international") == ["growth-international", "growth-track", "fast-growth"]
    assert Segment.on_shelf("focus") == ["focus"]
    assert Segment.on_shelf("nonsense") == []
