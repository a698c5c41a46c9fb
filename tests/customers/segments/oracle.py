"""The segments, slow and obvious: the ministry's division read aloud, unknown figures put in their place first."""

from decimal import Decimal
from typing import Any

HUGE = 10**12


def segment_of(facts: dict[str, Any]) -> str:
    """From the same keys as the command's JSON."""
    marks = facts.get("mark") or []
    if facts.get("founded") is False:
        return "founder"
    if "focus" in marks:
        return "focus"
    persons, turnover, balance = _filled(facts)
    few = persons < 250
    small_turnover = turnover <= 50 * 1000 * 1000
    small_balance = balance <= 43 * 1000 * 1000
    if few and small_turnover:
        return _small(facts, persons, marks)
    if few and small_balance:
        return _small(facts, persons, marks)
    if facts.get("foreign_owned"):
        return "foreign-investor"
    if "large-fast-growing" in marks:
        return "large-fast-growing"
    return "large"


def _small(facts: dict[str, Any], persons: int, marks: list[str]) -> str:
    if facts.get("export") in {"seeking", "significant"}:
        if "growth-track" in marks:
            return "growth-track"
        if "fast-growth" in marks:
            return "fast-growth"
        return "growth-international"
    if persons < 10:
        return "local-small"
    return "domestic-sme"


def _filled(facts: dict[str, Any]) -> tuple[int, Decimal, Decimal]:
    """No figure of money: a tiny company's. One: it alone decides, so the other is huge. No persons: one, or ten with more than two millions."""
    persons, turnover, balance = facts.get("persons"), facts.get("turnover"), facts.get("balance")
    if turnover is None and balance is None:
        turnover = balance = 0
    elif turnover is None:
        turnover = HUGE
    elif balance is None:
        balance = HUGE
    assert turnover is not None
    assert balance is not None
    if persons is None:
        persons = 10 if turnover > 2_000_000 and balance > 2_000_000 else 1
    return int(persons), Decimal(turnover), Decimal(balance)
