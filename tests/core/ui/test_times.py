"""Days and hours, the way of each language; what belongs together never breaks across lines."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from luukku.core.ui import clocks, times

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)  # a Tuesday, 10.20 in Helsinki
THURSDAY = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace(times.NBSP, " ")


@pytest.mark.parametrize(("language", "words"), [("fi", "to 26.11. klo 16.00"), ("sv", "to 26.11. kl. 16.00"), ("en", "Thu 26 Nov, 16:00")])
@time_machine.travel(NOW, tick=False)
def test_moment_is_weekday_date_and_hour_on_one_line(language: str, words: str) -> None:
    with translation.override(language):
        text = times.moment_text(THURSDAY)
    assert plain(text) == words
    assert " " not in text.replace(", ", "")


@pytest.mark.parametrize(("language", "words"), [("fi", "Tänään klo 13.05"), ("sv", "I dag kl. 13.05"), ("en", "Today 13:05")])
@time_machine.travel(NOW, tick=False)
def test_a_moment_of_today_says_today(language: str, words: str) -> None:
    with translation.override(language):
        assert plain(times.near_text(datetime(2026, 11, 24, 11, 5, tzinfo=UTC))) == words


@time_machine.travel(datetime(2026, 11, 24, 22, 30, tzinfo=UTC), tick=False)
def test_today_is_helsinkis_day_not_utcs() -> None:
    with translation.override("fi"):
        assert plain(times.near_text(datetime(2026, 11, 25, 7, 0, tzinfo=UTC))) == "Tänään klo 9.00"


@pytest.mark.parametrize(("tell", "words"), [(times.date_text, "15.11."), (times.day_text, "su 15.11.")])
@time_machine.travel(NOW, tick=False)
def test_moment_after_midnight_is_told_by_its_day_here(tell: Callable[[date], str], words: str) -> None:
    with translation.override("fi"):
        assert plain(tell(datetime(2026, 11, 14, 22, 59, tzinfo=UTC))) == words


@time_machine.travel(NOW, tick=False)
def test_a_day_of_another_year_tells_its_year() -> None:
    with translation.override("fi"):
        assert plain(times.day_text(datetime(2027, 1, 7, tzinfo=UTC).date())) == "to 7.1.2027"


@pytest.mark.parametrize(("language", "words"), [("fi", "1 204"), ("sv", "1 204"), ("en", "1,204")])
def test_a_thousand_is_parted(language: str, words: str) -> None:
    with translation.override(language):
        assert plain(times.number_text(1204)) == words


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (timedelta(hours=-3), "late", "Myöhässä 3 t"),
        (timedelta(days=-2), "late", "Myöhässä 2 pv"),
        (timedelta(minutes=-5), "late", "Myöhässä 1 t"),
        (timedelta(hours=3), "soon", "Tänään klo 13.20"),
        (timedelta(hours=23), "soon", "Huomenna klo 9.20"),
        (timedelta(days=2), "ok", "to 26.11. klo 10.20"),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_clock_says_in_words_and_shape_how_the_promise_stands(left: timedelta, state: str, words: str) -> None:
    with translation.override("fi"):
        assert clocks.clock_state(NOW + left) == state
        html = clocks.clock_html(state, clocks.clock_phrase(NOW + left))
    assert words in plain(html)
    assert f"lu-clock--{state}" in html
    assert "<svg" in html
