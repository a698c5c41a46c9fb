"""Invented companies in the form in which the register's interface answers: names, municipalities and industries skewed as in life.

The same seed gives the same companies. Business IDs are of a range that has not been given to anybody yet, with right check digits.
"""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, count, islice
from pathlib import Path
from typing import Any, NamedTuple

from luukku.core.business_id import clean_business_id

DATA = Path(__file__).resolve().parent / "data"
FIRST_NUMBER = 9_000_000
FORMS = (("16", "Oy", 58), ("26", "Tmi", 24), ("5", "Ky", 4), ("13", "Ay", 2), ("2", "As Oy", 11), ("14", "Osk", 1))
FORM_NAMES = {
    "16": ("Osakeyhtiö", "Aktiebolag", "Limited company"), "26": ("Yksityinen elinkeinonharjoittaja", "Enskild näringsidkare", "Private trader"),
    "5": ("Kommandiittiyhtiö", "Kommanditbolag", "Limited partnership"), "13": ("Avoin yhtiö", "Öppet bolag", "General partnership"),
    "2": ("Asunto-osakeyhtiö", "Bostadsaktiebolag", "Housing company"), "14": ("Osuuskunta", "Andelslag", "Co-operative"),
}  # fmt: skip
STREETS = ("Asematie", "Kauppakatu", "Teollisuustie", "Koulukatu", "Rantatie", "Kirkkokatu", "Myllytie", "Puistokatu", "Satamatie", "Urheilutie")
_DAY = date(2026, 11, 1)


class Industry(NamedTuple):
    code: str
    weight: float
    size: int
    finnish: Sequence[str]
    swedish: Sequence[str]


class Place(NamedTuple):
    code: str
    name: str
    weight: int


@cache
def words() -> dict[str, Any]:
    return dict(json.loads((DATA / "companies.json").read_text(encoding="utf-8")))


@cache
def industries() -> list[Industry]:
    return [Industry(*row) for row in words()["industries"]]


def business_ids(first: int = FIRST_NUMBER) -> Iterator[str]:
    """Business IDs with right check digits, in order."""
    for number in count(first):
        found = next((right for end in range(10) if (right := clean_business_id(f"{number}-{end}"))), None)
        if found:
            yield found


def answers(how_many: int, places: Sequence[Place], *, seed: int = 1, first: int = FIRST_NUMBER) -> Iterator[dict[str, Any]]:
    """Companies as the register's interface tells them, one by one."""
    maker = _Maker(random.Random(seed), places)  # noqa: S311 - nothing hangs on the luck
    for business_id in islice(business_ids(first), how_many):
        yield maker.company(business_id)


class _Maker:
    def __init__(self, draw: random.Random, places: Sequence[Place]) -> None:
        self.draw, self.places = draw, places
        self.place_weights = list(accumulate(place.weight for place in places))
        self.industry_weights = list(accumulate(each.weight for each in industries()))
        self.form_weights = list(accumulate(form[2] for form in FORMS))

    def company(self, business_id: str) -> dict[str, Any]:
        place = self.draw.choices(self.places, cum_weights=self.place_weights)[0]
        kind = self.draw.choices(industries(), cum_weights=self.industry_weights)[0]
        form = self.draw.choices(FORMS, cum_weights=self.form_weights)[0][0]
        founded = _DAY - timedelta(days=int(self.draw.expovariate(1 / 4200)) % 32000)
        since = founded.isoformat()
        closed = self.draw.random() < 0.04 and founded.year < 2024
        told = {
            "businessId": {"value": business_id, "registrationDate": since, "source": "3"},
            "names": self._names(place, kind, form, founded),
            "mainBusinessLine": {"type": kind.code, "typeCodeSet": "TOIMI4", "registrationDate": "2026-01-01", "source": "2"},
            "companyForms": [{"type": form, "descriptions": _described(form), "registrationDate": since, "version": 1, "source": "1"}],
            "companySituations": self._situations(),
            "registeredEntries": self._entries(form, since),
            "addresses": [self._address(place, since)],
            "tradeRegisterStatus": "4" if closed else "1",
            "status": "2",
            "registrationDate": since,
            "lastModified": "2026-10-01T08:00:00",
        }
        return told | ({"endDate": f"{self.draw.randint(2024, 2026)}-0{self.draw.randint(1, 9)}-15"} if closed else {})

    def _invented(self) -> str:
        """A word that is nobody's name: three or four syllables, about as many as companies have."""
        w = words()
        middles = "".join(self.draw.choices(w["middle"], k=self.draw.choice((0, 1, 1, 2))))
        return f"{self.draw.choice(w['first'])}{middles}{self.draw.choice(w['last'])}".capitalize()

    def _names(self, place: Place, kind: Industry, form: str, founded: date) -> list[dict[str, Any]]:
        found = [_name(self._name(place, kind, form), "1", founded)]
        if self.draw.random() < 0.12:
            changed = founded + timedelta(days=self.draw.randint(400, 3000))
            if changed < _DAY:
                found[0]["registrationDate"] = changed.isoformat()
                found.append(
                    _name(self._name(place, kind, form), "1", founded) | {"endDate": (changed - timedelta(days=1)).isoformat(), "version": 2}
                )
        auxiliary = self.draw.choices((0, 1, 2, 3), (78, 14, 6, 2))[0]
        found.extend(_name(f"{self._invented()} {self.draw.choice(kind.finnish)}", "3", founded) for _ in range(auxiliary))
        if self.draw.random() < 0.05:
            found.append(_name(f"{self._invented()} Ab", "2", founded))
        return found

    def _name(self, place: Place, kind: Industry, form: str) -> str:
        swedish = place.code in words()["swedish_speaking"] and self.draw.random() < 0.6
        trade = self.draw.choice(kind.swedish if swedish else kind.finnish)
        surname = self.draw.choice(words()["surnames"])
        if form == "2":
            return f"{'Bostads Ab' if swedish else 'Asunto Oy'} {place.name} {self._invented()}"
        if form == "26":
            given = self.draw.choice(words()["given"])
            return self.draw.choice((f"Tmi {given} {surname}", f"{trade} {given} {surname}", f"{self._invented()} Tmi"))
        end = {
            "16": "Ab" if swedish else "Oy",
            "5": "Kb" if swedish else "Ky",
            "13": "Öb" if swedish else "Ay",
            "14": "Andelslag" if swedish else "Osk",
        }[form]
        own = self._invented()
        body = self.draw.choice((f"{trade} {surname}", f"{own} {trade}", own, f"{own}{trade.lower()}", f"{surname} & {own}"))
        return f"Oy {body} Ab" if swedish and form == "16" and self.draw.random() < 0.4 else f"{body} {end}"

    def _situations(self) -> list[dict[str, str]]:
        kind = self.draw.choices(("", "SELTILA", "KONK", "SANE"), (970, 15, 10, 5))[0]
        return [{"type": kind, "registrationDate": "2026-03-01", "source": "1"}] if kind else []

    def _entries(self, form: str, since: str) -> list[dict[str, str]]:
        kinds = [("1", "1"), ("80", "6")] + ([("55", "5")] if form != "2" else []) + ([("41", "7")] if self.draw.random() < 0.3 else [])
        return [{"type": code, "registrationDate": since, "register": register, "authority": "1"} for code, register in kinds]

    def _address(self, place: Place, since: str) -> dict[str, Any]:
        return {
            "type": 1, "street": self.draw.choice(STREETS), "buildingNumber": str(self.draw.randint(1, 90)),
            "postCode": f"{self.draw.randint(1, 990):03}00", "registrationDate": since,
            "postOffices": [{"city": place.name.upper(), "languageCode": "1", "municipalityCode": place.code}], "source": "0",
        }  # fmt: skip


def _name(name: str, kind: str, since: date) -> dict[str, Any]:
    return {"name": name, "type": kind, "registrationDate": since.isoformat(), "version": 1, "source": "1"}


@cache
def _described(form: str) -> list[dict[str, str]]:
    return [{"languageCode": str(n), "description": text} for n, text in enumerate(FORM_NAMES[form], 1)]
