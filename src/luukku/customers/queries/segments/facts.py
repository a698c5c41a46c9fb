"""What rules ask of a company, and what is supposed where a figure is not known.

The EU's limit of small and medium-sized companies: fewer than 250 persons, and turnover at most 50 M€ or balance sheet at most 43 M€
(Commission Recommendation 2003/361/EC, annex, article 2). A figure that is not known moves no company over a limit: it is beyond by its
persons, or when each of turnover and balance sheet that is known is above its limit.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luukku.customers.enums import Export, Mark

Money = int | Decimal

SME_PERSONS_BELOW = 250
SME_TURNOVER, SME_BALANCE = 50_000_000, 43_000_000
MICRO_MONEY = 2_000_000  # of a company with fewer than ten persons, turnover or balance sheet, by the same article
MOST_PERSONS, MOST_MONEY = 10_000_000, 10**13


class FactsWrong(ValueError):
    """What was given as facts cannot be read; the sentence says what to mend."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Persons in work years, turnover and balance sheet in euros; None: not known."""

    persons: int | None = None
    turnover: Money | None = None
    balance: Money | None = None
    founded: bool = True
    export: str = Export.NONE.value
    foreign_owned: bool = False
    marks: frozenset[str] = frozenset()

    @property
    def within_sme(self) -> bool:
        """Whether it is within the EU's limit, by the figures that are known."""
        if self.persons is not None and self.persons >= SME_PERSONS_BELOW:
            return False
        known = [(self.turnover, SME_TURNOVER), (self.balance, SME_BALANCE)]
        held = [figure <= limit for figure, limit in known if figure is not None]
        return not held or any(held)

    @property
    def supposes_persons(self) -> bool:
        """Whether rules about persons go by a supposed number."""
        return self.founded and self.persons is None

    def supposed(self) -> "Facts":
        """With a number of persons to go by: one, as nearly all companies have fewer than ten; ten when turnover or balance sheet is known and
        none known is as small as theirs."""
        if self.persons is not None:
            return self
        money = [figure for figure in (self.turnover, self.balance) if figure is not None]
        return replace(self, persons=10 if money and min(money) > MICRO_MONEY else 1)


_KNOWN = ("persons", "turnover", "balance", "founded", "export", "foreign_owned", "mark")


def read_facts(text: str) -> Facts:
    """Facts from a JSON object: persons, turnover, balance (numbers; left out or null: not known), founded and foreign_owned (true or false),
    export, and mark (one word or a list). Part of a work year makes no person more: 9.5 is fewer than ten. Raises FactsWrong."""
    try:
        given = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise FactsWrong(_("This is not JSON: %(error)s") % {"error": error}) from None
    if not isinstance(given, dict):
        raise FactsWrong(_('Give one JSON object, such as {"persons": 9, "export": "none"}.'))
    unknown = sorted(set(given) - set(_KNOWN))
    if unknown:
        raise FactsWrong(_("There is no fact %(names)s. Known are: %(known)s.") % {"names": ", ".join(unknown), "known": ", ".join(_KNOWN)})
    persons = _number(given, "persons", MOST_PERSONS)
    return Facts(
        persons=None if persons is None else int(persons),
        turnover=_number(given, "turnover", MOST_MONEY),
        balance=_number(given, "balance", MOST_MONEY),
        founded=_yes_or_no(given, "founded", otherwise=True),
        foreign_owned=_yes_or_no(given, "foreign_owned", otherwise=False),
        export=Export.NONE.value if given.get("export") is None else _one_of(given["export"], "export", Export.values),
        marks=_marks(given.get("mark")),
    )


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _number(given: Mapping[str, Any], name: str, most: int) -> Money | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= most:
        raise FactsWrong(_("%(name)s: write a number from 0 on, or leave it out when it is not known.") % {"name": name})
    return value


def _yes_or_no(given: Mapping[str, Any], name: str, *, otherwise: bool) -> bool:
    value = given.get(name)
    if value is None:
        return otherwise
    if not isinstance(value, bool):
        raise FactsWrong(_("%(name)s: write true or false.") % {"name": name})
    return value


def _one_of(value: Any, name: str, known: list[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise FactsWrong(_("%(name)s: write one of %(known)s.") % {"name": name, "known": ", ".join(known)})
    return value


def _marks(value: Any) -> frozenset[str]:
    if value is None or value == "":
        return frozenset()
    return frozenset(_one_of(each, "mark", Mark.values) for each in (value if isinstance(value, list) else [value]))
