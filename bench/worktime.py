"""How long one calculation of working time takes, warm. Run: `.venv/bin/python bench/worktime.py`.

Method: 2,000 moments over two years (a third outside opening hours), each asked for 1–10 working days; median and
worst of seven rounds, in CPU time, which other work on the machine hardly changes. The floor is the least any answer needs: the
moment into Helsinki time and its date replaced.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from luukku.core.worktime import OFFICE_HOURS, WorkCalendar, due, working_minutes_between

ROUNDS, MOMENTS = 7, 2_000
AIM_MICROSECONDS = 10.0
Question = Callable[[datetime, int], object]

VARIED = WorkCalendar.of(
    {0: "8-12, 13-16", 1: "8-12, 13-16", 2: "8-19", 3: "10-16", 4: "8-14", 5: "10-13"},
    closing_days=[date(2026, 7, day) for day in range(1, 32)],
    exceptional_days={date(2026, 12, 23): "8-12"},
)


def main(argv: Sequence[str] = ()) -> list[str]:
    """Measure and print one line per question; returns the aims that were missed."""
    chance = random.Random(7)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    asked = [(begin + timedelta(minutes=chance.randrange(2 * 525_600)), chance.randint(1, 10)) for _ in range(MOMENTS)]
    zone = ZoneInfo("Europe/Helsinki")
    show("floor (zone and date)", lambda moment, _: moment.astimezone(zone).replace(day=3), asked)
    missed = []
    for name, calendar in (("default week", OFFICE_HOURS), ("varied week", VARIED)):
        if not show(f"due, {name}", limit_in(calendar), asked, AIM_MICROSECONDS):
            missed.append(f"due, {name}")
        show(f"working minutes, {name}", minutes_in(calendar), asked)
    started = time.perf_counter()
    due(WorkCalendar.of({0: "8-17"}), begin, working_days=10)
    print(f"{'first question of a new calendar':36} {(time.perf_counter() - started) * 1e3:8.2f} ms")
    return missed


def limit_in(calendar: WorkCalendar) -> Question:
    """The question of the promise."""
    return lambda moment, days: due(calendar, moment, working_days=days)


def minutes_in(calendar: WorkCalendar) -> Question:
    """The question of lead times: minutes from the moment over as many weeks."""
    return lambda moment, weeks: working_minutes_between(calendar, moment, moment + timedelta(weeks=weeks))


def show(name: str, question: Question, asked: list[tuple[datetime, int]], aim: float | None = None) -> bool:
    """Print median and worst round, microseconds a question; returns whether the aim is met."""
    for each in asked:
        question(*each)
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for each in asked:
            question(*each)
        rounds.append((time.process_time() - started) / len(asked) * 1e6)
    middle = statistics.median(rounds)
    verdict = "" if aim is None else f"  aim ≤ {aim:g}: {'met' if middle <= aim else 'MISSED'}"
    print(f"{name:36} {middle:8.2f} µs (worst round {max(rounds):.2f}){verdict}")
    return aim is None or middle <= aim


if __name__ == "__main__":
    main()
