"""A year of the demo's cases: who asks what, and how each goes on. Drawn from a seed, so that a date always gives the same year."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from luukku.catalogue.actions.load_catalogue import default_phrases
from luukku.demo import clock

DATA = Path(__file__).resolve().parent / "data"
CASES = 400
DAYS = 365
# How often services are asked for: a few every week, most a few times a year.
FAVOURITES = (
    "founding-advice", "start-up-grant-application", "wage-subsidy", "family-succession", "development-grant", "food-premises-registration",
    "recruitment-help", "finnvera-loan-and-guarantee", "business-premises", "idea-assessment", "working-capital-crisis-help",
    "event-permits-one-stop", "company-registration", "business-valuation", "rural-business-and-leader", "marketing-and-sales",
)  # fmt: skip
LANGUAGES = {"suupohja": (("fi", 88), ("sv", 4), ("en", 8)), "lansi-uusimaa": (("fi", 60), ("sv", 30), ("en", 10))}
CHANNELS = (("web", 62), ("phone", 22), ("walk-in", 8), ("email", 5), ("missed-call", 3))


@dataclass(frozen=True)
class Story:
    """One case as it will go: who, what, when, and the end it comes to."""

    number: int
    region: str
    language: str
    service: str
    words: str
    name: str
    email: str
    phone: str
    company: str
    municipality: int  # place in the region's list
    channel: str
    at: datetime
    late: bool
    ending: str  # settled, withdrawn, not-for-us, open, new
    rounds: int
    face: int | None
    nobody: bool


@cache
def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "stories.json").read_text(encoding="utf-8"))
    return found


def words(rng: Random, kind: str, language: str) -> str:
    """One of the sentences of a kind, e.g. the first answer."""
    return str(rng.choice(data()["words"][kind][language]))


def stories(today: date, count: int = CASES) -> list[Story]:
    """The year's stories in the order in which they came in; the same for the same day."""
    seed = f"luukku {today.isoformat()}"
    rng = Random(seed)  # noqa: S311 - sample data
    moments = sorted(_moment(rng, today) for _ in range(count))
    with clock.living_on(today):
        return [_story(Random(f"{seed} {number}"), number, at) for number, at in enumerate(moments, start=1)]  # noqa: S311 - sample data


def _pick(rng: Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]


def _moment(rng: Random, today: date) -> datetime:
    """Some day of the year before today, thicker towards it; mostly in the daytime, sometimes at night and on Sundays."""
    back = int(DAYS * rng.random() ** 1.6)
    hour = rng.choices(range(24), [1, 0, 0, 0, 0, 1, 3, 6, 12, 14, 14, 12, 10, 12, 12, 10, 7, 6, 7, 8, 8, 6, 4, 2])[0]
    day = today - timedelta(days=back + 1)
    return datetime(day.year, day.month, day.day, hour, rng.randrange(60), tzinfo=timezone.get_default_timezone())


def _story(rng: Random, number: int, at: datetime) -> Story:
    region = "suupohja" if rng.random() < 0.58 else "lansi-uusimaa"
    language = _pick(rng, LANGUAGES[region])
    phrases = default_phrases(language)
    service = rng.choice(FAVOURITES) if rng.random() < 0.62 else rng.choice(sorted(phrases))
    first, last = (rng.choice(data()["names"][language][part]) for part in ("first", "last"))
    company = rng.choice(data()["companies"][language]) if rng.random() < 0.6 else ""
    form = rng.choice(("Ab", "Kb", "") if language == "sv" else ("Oy", "Ky", "Tmi", "Oy"))
    ending = _ending(rng, at)
    return Story(
        number=number, region=region, language=language, service=service, words=rng.choice(phrases[service]),
        name=f"{first} {last}", email=f"asiakas{number}@sample.example" if rng.random() < 0.9 else "",
        phone=f"040 555 {number:04}", company=f"{company} {form}".strip() if company else "", municipality=rng.randrange(5),
        channel=_pick(rng, CHANNELS), at=at, late=rng.random() < 0.07, ending=ending, rounds=rng.choice((0, 1, 1, 2, 2, 3)),
        face=_face(rng) if ending == "settled" and rng.random() < 0.55 else None, nobody=rng.random() < 0.02,
    )  # fmt: skip


def _face(rng: Random) -> int:
    return rng.choices((1, 2, 3, 4), (5, 8, 32, 55))[0]


def _ending(rng: Random, at: datetime) -> str:
    """Old cases have ended; the last weeks' are open in every state."""
    age = clock.now() - at
    if age < timedelta(days=2):
        return "new" if rng.random() < 0.75 else "open"
    if age < timedelta(days=6) and rng.random() < 0.12:
        return "new"  # nobody has taken hold: late
    if age < timedelta(days=25):
        return "open" if rng.random() < 0.75 else "settled"
    if age < timedelta(days=60) and rng.random() < 0.15:
        return "open"
    return rng.choices(("settled", "withdrawn", "not-for-us"), (88, 7, 5))[0]
