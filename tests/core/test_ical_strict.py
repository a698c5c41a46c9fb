"""What our calendars say is read by a reader that shares nothing with the library that writes them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.core.ical import Method, Party, calendar, calendar_of
from tests.core.test_ical import NOW, event
from tests.harness.rfc5545 import problems

WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=200)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_invitation_update_and_cancellation_are_valid(method: Method) -> None:
    for sequence in (0, 1, 7):
        assert problems(calendar([event(sequence=sequence, cancelled=method == "CANCEL")], method=method, now=NOW)) == []


def test_published_event_and_feeds_are_valid() -> None:
    assert problems(calendar_of(event(attendee=None), NOW, method="PUBLISH")[1]) == []
    mine = [event(uid=f"{number}@luukku.example", organizer=None, attendee=None) for number in range(3)]
    assert problems(calendar(mine, method="PUBLISH", now=NOW, name="Omat ajat; ja muut")) == []
    assert problems(calendar([], method="PUBLISH", now=NOW, name="Tyhjä")) == []


@given(summary=WORDS, description=WORDS, location=WORDS, name=WORDS)
def test_whatever_people_write_the_calendar_stays_valid(summary: str, description: str, location: str, name: str) -> None:
    party = Party("luukku@koskimaa.example", name)
    made: dict[str, Any] = {"summary": summary, "description": f"{description}\nhttps://luukku.example/x", "location": location, "organizer": party}
    assert problems(calendar([event(**made)], method="REQUEST", now=NOW)) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("\r\n", "\n", "CRLF"), ("UID:a1@luukku.example\r\n", "", "UID is missing"), ("VERSION:2.0", "VERSION:3.0", "VERSION"),
        ("END:VEVENT\r\n", "", "END without its BEGIN"), ("STATUS:CONFIRMED", "STATUS:MAYBE", "STATUS"),
        ("SEQUENCE:3", "SEQUENCE:3\r\nSEQUENCE:4", "more than once"), ("\\;", ";", "not escaped"), ("DTEND;", "DTEND;X=1;", ""),
        ("BEGIN:VTIMEZONE", "BEGIN:VZONE", "END without its BEGIN"), ("METHOD:REQUEST", "METHOD:CANCEL", "says CANCELLED"),
        ("mailto:maija", "maija", "no address"), ("TZID:Europe/Helsinki", "TZID:Europe/Oulu", "known zone"),
    ],
)  # fmt: skip
def test_reader_finds_what_is_wrong(before: str, after: str, told: str) -> None:
    text = calendar([event()], method="REQUEST", now=NOW)
    assert before in text
    found = problems(text.replace(before, after))
    assert any(told in each for each in found) if told else found == []
