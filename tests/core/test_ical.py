"""Calendar texts by the rules of RFC 5545 and 5546, read back with another's eyes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.core.ical import Event, Method, Party, calendar

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
START = datetime(2026, 11, 26, 14, tzinfo=UTC)


def event(**fields: Any) -> Event:
    given: dict[str, Any] = {
        "uid": "a1@luukku.example", "sequence": 3, "starts_at": START, "ends_at": START + timedelta(minutes=45), "changed_at": NOW,
        "created_at": NOW, "summary": "Koskimaa: Äino Ödvis; er, ja muut", "description": "Katso:\nhttps://luukku.example/s/x", "location": "Katu 1, Å",
        "organizer": Party("luukku@koskimaa.example", 'Koskimaan luukku; "yrityspalvelut"'), "attendee": Party("maija@customer.example"),
    }  # fmt: skip
    return Event(**given | fields)


def read(text: str) -> Any:
    found: Any = icalendar.Calendar.from_ical(text)
    return found


@pytest.mark.parametrize(("method", "status"), [("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")])
def test_message_has_what_the_method_demands(method: Method, status: str) -> None:
    """RFC 5546 3.2.2 and 3.2.5: one UID, organizer, attendee, DTSTAMP, SEQUENCE, start; CANCEL says CANCELLED."""
    text = calendar([event(cancelled=method == "CANCEL")], method=method, now=NOW)
    whole = read(text)
    found = whole.walk("VEVENT")
    assert len(found) == 1
    each = found[0]
    assert (whole["METHOD"], whole["VERSION"], each["STATUS"]) == (method, "2.0", status)
    for once in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "ORGANIZER", "ATTENDEE", "SUMMARY"):
        assert text.count(f"\r\n{once}:") + text.count(f"\r\n{once};") == (3 if once == "DTSTART" else 1), once  # two in VTIMEZONE
    assert str(each["ORGANIZER"]).startswith("mailto:")
    assert each["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert each["DTSTART"].params["TZID"] == "Europe/Helsinki"
    assert "DTSTART;TZID=Europe/Helsinki:20261126T160000" in text
    assert each["DTSTAMP"].dt.tzinfo is not None


def test_lines_end_with_crlf_and_are_at_most_75_octets() -> None:
    text = calendar([event(description="ä" * 400)], method="REQUEST", now=NOW)
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert read(text).walk("VEVENT")[0]["DESCRIPTION"] == "ä" * 400


def test_every_named_zone_is_described() -> None:
    whole = read(calendar([event()], method="REQUEST", now=NOW))
    assert [str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    assert whole.get_missing_tzids() == set()


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2037, 12, 31)))
def test_our_zone_is_helsinkis(moment: datetime) -> None:
    """Who knows the zone only from our text sees the same moment."""
    at = moment.replace(tzinfo=UTC)
    text = calendar([event(starts_at=at, ends_at=at + timedelta(hours=1))], method="REQUEST", now=NOW)
    zone = read(text).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    local = at.astimezone(ZoneInfo("Europe/Helsinki"))
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():  # an hour that comes twice has no other name in the text
        assert local.replace(tzinfo=None).replace(tzinfo=zone).utcoffset() == local.utcoffset()


@pytest.mark.parametrize("words", ["a\r\nATTENDEE:mailto:evil@x", "x;y,z\\n", "rivi\nrivi"])
def test_words_cannot_add_lines_of_their_own(words: str) -> None:
    text = calendar([event(summary=words, attendee=Party("a@x.example", words.replace("\r\n", " ")))], method="REQUEST", now=NOW)
    found = read(text).walk("VEVENT")[0]
    assert text.count("\r\nATTENDEE") == 1
    assert not isinstance(found["ATTENDEE"], list)
